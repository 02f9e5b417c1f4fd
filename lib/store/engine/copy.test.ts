import { mkdtempSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openBackup } from './backup'
import { copyDatabase } from './copy'
import { openUpgraded } from './open-upgraded'

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>()
  return { ...fs, statfsSync: vi.fn(fs.statfsSync) }
})
const MB = 1_048_576

let folder = ''
let file = ''
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pl-copy-'))
  file = join(folder, 'pushlens.db')
  await (await openUpgraded({ kind: 'sqlite', path: file })).destroy()
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

/** Lets so many bytes of the disk be free. */
function free(bytes: number) {
  const real = statfsSync(folder)
  vi.mocked(statfsSync).mockReturnValue({ ...real, bsize: 1, bavail: bytes })
}

test('a copy that would leave too little of the disk is not begun', async () => {
  const { size } = statSync(file)
  const before = readdirSync(folder)
  free(size + 64 * MB - 1)
  await expect(copyDatabase(file, join(folder, 'copy.db'))).rejects.toMatchObject({
    code: 'ENOSPC',
    message: `a copy of the database needs 65 MB of free space in ${folder}, which has 65 MB`,
  })
  await expect(openBackup(file, folder)).rejects.toMatchObject({ code: 'ENOSPC' })
  expect(readdirSync(folder)).toEqual(before)
  free(size + 64 * MB)
  expect(await copyDatabase(file, join(folder, 'copy.db'))).toBe(true)
})

test('a backup is checked in a copy beside the database, which is removed', async () => {
  const opened = await openBackup(file, folder)
  const [copy = ''] = readdirSync(folder).filter((name) => /\.[0-9a-f-]{36}\.part$/.test(name))
  expect([opened.damage, opened.tables, statSync(join(folder, copy)).mode & 0o777]).toEqual([null, 'ready', 0o600])
  await opened.close()
  expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([])
})
