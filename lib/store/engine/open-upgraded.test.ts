import { existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Migration, sql } from 'kysely'
import { afterEach, expect, test } from 'vitest'
import { freshDatabase, freshFile } from '@/lib/store/testing/database'
import { copyDatabase } from './copy'
import { migrations } from './migrations'
import { type DatabaseUrl, openDatabase } from './open'
import { openUpgraded } from './open-upgraded'
import { putBack } from './put-back'
import { upgradeCopies } from './upgrade-copies'

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

type Up = Migration['up']
const plus = (name: string, up: Up): Record<string, Migration> => ({ ...migrations, [name]: { up } })
const fails = plus('900-later', async (db) => {
  await sql`update settings set value = 'changed' where key = 'k'`.execute(db)
  throw new Error('the column has no room')
})
/** A migration that commits by itself, so that the transaction cannot be rolled back. */
const tears = plus('900-later', async (db) => {
  await sql`update settings set value = 'changed' where key = 'k'`.execute(db)
  await sql`commit`.execute(db)
  throw new Error('the column has no room')
})

async function installed(url: DatabaseUrl): Promise<void> {
  const db = await openUpgraded(url, { alone: true })
  await db.insertInto('settings').values({ key: 'k', value: 'before' }).execute()
  await db.destroy()
}

async function valueIn(url: DatabaseUrl): Promise<string | undefined> {
  const db = await openDatabase(url)
  const row = await db.selectFrom('settings').select('value').where('key', '=', 'k').executeTakeFirst()
  await db.destroy()
  return row?.value
}

const pathOf = (url: DatabaseUrl) => (url.kind === 'sqlite' ? url.path : '')

test.each(['sqlite', 'postgres'] as const)('a migration that fails leaves the old state on %s', async (kind) => {
  const url = kind === 'sqlite' ? freshFile(undo) : await freshDatabase(undo)
  await installed(url)
  await expect(openUpgraded(url, { alone: true, all: fails })).rejects.toMatchObject({
    name: 'UpgradeFailure',
    exitCode: 70,
    left: 'before',
    message: expect.stringMatching(
      /failed at 900-later: the column has no room\. The database is as it was.*Start the/,
    ),
  })
  expect(await valueIn(url)).toBe('before')
  await (await openUpgraded(url, { alone: true })).destroy()
})

test('a migration that has committed by itself: the copy from before is put back', async () => {
  const url = freshFile(undo)
  await installed(url)
  await expect(openUpgraded(url, { alone: true, all: tears })).rejects.toMatchObject({ left: 'put back' })
  expect(await valueIn(url)).toBe('before')
  expect(readdirSync(dirname(pathOf(url))).filter((name) => name.includes('.part'))).toEqual([])
  await (await openUpgraded(url, { alone: true })).destroy()
})

test('a command beside a server replaces no file, but says which copy to restore; the next start puts it back', async () => {
  const url = freshFile(undo)
  await installed(url)
  await expect(openUpgraded(url, { all: tears })).rejects.toThrow('restore --from')
  expect(await valueIn(url)).toBe('changed')
  await (await openUpgraded(url, { alone: true })).destroy()
  expect(await valueIn(url)).toBe('before')
})

test('the copies of the last two upgrades stay, and what a killed process left is deleted', async () => {
  const url = freshFile(undo)
  await installed(url)
  const folder = dirname(pathOf(url))
  const left = join(folder, 'test.db.before-1.bak.0f7b4d6e-6c0e-4a3c-9a63-2f1f4f6f0c11.part')
  writeFileSync(left, '')
  utimesSync(left, 1, 1)
  let all = migrations
  for (const name of ['900-a', '901-b', '902-c']) {
    all = { ...all, [name]: { up: async () => undefined } }
    await (await openUpgraded(url, { all })).destroy()
  }
  const kept = upgradeCopies(pathOf(url))
  expect(kept.map((path) => /before-(.*)\.bak/.exec(path)?.[1])).toEqual(['902-c', '901-b'])
  expect(kept.map((path) => statSync(path).mode & 0o777)).toEqual([0o600, 0o600])
  expect(existsSync(left)).toBe(false)
})

test('a damaged database is not migrated', async () => {
  const url = freshFile(undo)
  await installed(url)
  const db = await openDatabase(url)
  for (let n = 0; n < 400; n++)
    await db
      .insertInto('settings')
      .values({ key: `r${n}`, value: 'x'.repeat(300) })
      .execute()
  await db.destroy()
  const bytes = readFileSync(pathOf(url))
  bytes.fill(0x5a, bytes.length - 8_192 * 3, bytes.length - 8_192)
  writeFileSync(pathOf(url), bytes)
  // The server then serves the page that says so, instead of being started and copying again and again.
  await expect(openUpgraded(url, { alone: true, all: fails })).rejects.toMatchObject({
    ...{ name: 'UpgradeFailure', left: 'before', copy: null },
    message: expect.stringContaining('damaged'),
  })
  expect(upgradeCopies(pathOf(url))).toEqual([])
})

test('a connection that is open while a copy is put back goes on with the old state, and its writes stay', async () => {
  const url = freshFile(undo)
  await installed(url)
  const copy = `${pathOf(url)}.good`
  await copyDatabase(pathOf(url), copy)
  const open = await openDatabase(url)
  await open.updateTable('settings').set({ value: 'later' }).where('key', '=', 'k').execute()
  await putBack(copy, pathOf(url))
  expect(await open.selectFrom('settings').select('value').where('key', '=', 'k').execute()).toEqual([
    { value: 'before' },
  ])
  await open.updateTable('settings').set({ value: 'written' }).where('key', '=', 'k').execute()
  await open.destroy()
  expect(await valueIn(url)).toBe('written')
})

test('a copy is put back over a file that cannot be opened', async () => {
  const url = freshFile(undo)
  await installed(url)
  const copy = `${pathOf(url)}.good`
  writeFileSync(copy, readFileSync(pathOf(url)))
  writeFileSync(pathOf(url), 'no database at all')
  writeFileSync(`${pathOf(url)}-wal`, 'an old log')
  await putBack(copy, pathOf(url))
  expect(await valueIn(url)).toBe('before')
})
