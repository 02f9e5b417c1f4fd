import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { settings as settingsOf } from '@/lib/store/engine/settings'
import { describeStores } from '@/lib/store/testing/database'
import { openMasterKey } from './key-check'
import { MasterKeyError } from './master-key'

const fresh = () => randomBytes(32).toString('base64')

describeStores('the key check', ({ open }) => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pl-key-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  test('the first key is accepted, and the same key again', async () => {
    const settings = settingsOf(await open())
    const text = fresh()
    const first = await openMasterKey({ text, file: null, settings })
    const second = await openMasterKey({ text, file: null, settings })
    expect(first.equals(second)).toBe(true)
  })

  test('a different key ends with 78, changes nothing and reveals nothing', async () => {
    const settings = settingsOf(await open())
    const [right, wrong] = [fresh(), fresh()]
    await openMasterKey({ text: right, file: null, settings })
    const held = await settings.get('master_key_check')
    const error = await openMasterKey({ text: wrong, file: null, settings }).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(MasterKeyError)
    expect(error).toMatchObject({ exitCode: 78 })
    expect(inspect(error)).not.toContain(wrong.slice(0, 12))
    expect(await settings.get('master_key_check')).toBe(held)
    await openMasterKey({ text: right, file: null, settings })
  })

  test('the check value reveals nothing of the key', async () => {
    const settings = settingsOf(await open())
    const text = fresh()
    await openMasterKey({ text, file: null, settings })
    const held = await settings.get('master_key_check')
    expect(held).toMatch(/^[0-9a-f]{64}$/)
    expect(held).not.toBe(Buffer.from(text, 'base64').toString('hex'))
  })

  test('without MASTER_KEY a file is created once and read from then on', async () => {
    const settings = settingsOf(await open())
    const file = join(folder, 'master.key')
    const first = await openMasterKey({ text: null, file, settings })
    const text = readFileSync(file, 'utf8')
    const second = await openMasterKey({ text: null, file, settings })
    expect(first.equals(second)).toBe(true)
    expect(readFileSync(file, 'utf8')).toBe(text)
  })

  test('a lost file is never replaced by a new key', async () => {
    const settings = settingsOf(await open())
    const file = join(folder, 'master.key')
    await openMasterKey({ text: null, file, settings })
    rmSync(file)
    await expect(openMasterKey({ text: null, file, settings })).rejects.toThrow('restore the file')
    expect(existsSync(file)).toBe(false)
  })

  test('of two concurrent first starts with two keys one is refused', async () => {
    const settings = settingsOf(await open())
    const starts = [fresh(), fresh()].map((text) => openMasterKey({ text, file: null, settings }))
    const ends = await Promise.allSettled(starts)
    expect(ends.map((end) => end.status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('without key and file the error names the variable', async () => {
    const settings = settingsOf(await open())
    await expect(openMasterKey({ text: null, file: null, settings })).rejects.toThrow('MASTER_KEY is missing')
  })
})
