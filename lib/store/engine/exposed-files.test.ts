import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { exposedFiles } from './exposed-files'

const folder = mkdtempSync(join(tmpdir(), 'pl-exposed-'))
afterAll(() => rmSync(folder, { recursive: true }))
const path = join(folder, 'pushlens.db')

test('files that others may read or write are named, private and absent ones are not', () => {
  expect(exposedFiles({ kind: 'sqlite', path })).toEqual([])
  for (const part of ['', '-wal', '-shm']) writeFileSync(path + part, '', { mode: 0o600 })
  expect(exposedFiles({ kind: 'sqlite', path })).toEqual([])
  chmodSync(path, 0o644)
  chmodSync(`${path}-wal`, 0o620)
  expect(exposedFiles({ kind: 'sqlite', path })).toEqual([path, `${path}-wal`])
  expect(exposedFiles({ kind: 'postgres', url: 'postgres://db/x' })).toEqual([])
})
