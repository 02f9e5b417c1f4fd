import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { MasterKeyError, parseMasterKey } from './master-key'
import { createMasterKeyFile, readMasterKeyFile } from './master-key-file'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pl-key-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a created file contains a key and is readable by its owner only', () => {
  const path = join(folder, 'data', 'master.key')
  const text = createMasterKeyFile(path)
  parseMasterKey(text)
  expect(readFileSync(path, 'utf8')).toBe(text)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(statSync(join(folder, 'data')).mode & 0o777).toBe(0o700)
  expect(readdirSync(join(folder, 'data'))).toEqual(['master.key'])
})

test('a second creation returns the existing key', () => {
  const path = join(folder, 'master.key')
  expect(createMasterKeyFile(path)).toBe(createMasterKeyFile(path))
  expect(readdirSync(folder)).toEqual(['master.key'])
})

test('a missing file is null, not an error', () => {
  expect(readMasterKeyFile(join(folder, 'none'))).toBeNull()
})

test.each([0o640, 0o604, 0o644, 0o660, 0o620])('a file of mode %o is refused', (mode) => {
  const path = join(folder, 'master.key')
  const text = createMasterKeyFile(path)
  chmodSync(path, mode)
  expect(() => readMasterKeyFile(path)).toThrow(MasterKeyError)
  expect(() => readMasterKeyFile(path)).not.toThrow(text.slice(0, 10))
})

test('a folder in its place is refused', () => {
  mkdirSync(join(folder, 'master.key'))
  expect(() => readMasterKeyFile(join(folder, 'master.key'))).toThrow(MasterKeyError)
})

test("a path that can't be written is a clear error", () => {
  writeFileSync(join(folder, 'file'), '')
  expect(() => createMasterKeyFile(join(folder, 'file', 'master.key'))).toThrow('master.key cannot be written')
})
