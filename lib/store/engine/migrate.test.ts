import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Kysely, type Migration, sql } from 'kysely'
import { expect, test } from 'vitest'
import { describeStores } from '@/lib/store/testing/database'
import { migrate, readiness } from './migrate'
import { migrations } from './migrations'
import { type Db, openDatabase } from './open'

const later = (up: (db: Kysely<unknown>) => Promise<unknown>): Record<string, Migration> => ({
  ...migrations,
  '900-later': { up: async (db) => void (await up(db)) },
})
const addTable = later((db) => sql`create table later (x integer)`.execute(db))
const breakHalfway = later(async (db) => {
  await sql`create table later (x integer)`.execute(db)
  await sql`insert into nowhere values (1)`.execute(db)
})

async function fileOf(db: Db): Promise<string> {
  const { rows } = await sql<{ file: string }>`pragma database_list`.execute(db)
  return rows[0]?.file ?? ''
}

describeStores('migrations', ({ kind, open, again }) => {
  test('run once, also when two processes start at the same time', async () => {
    const db = await open()
    // A second SQLite connection in this process would block it while it waits for the first.
    const other = kind === 'postgres' ? await again() : db
    const done = await Promise.all([migrate(db, addTable), migrate(other, addTable)])
    expect(done.flat()).toEqual(['900-later'])
    expect(await migrate(db, addTable)).toEqual([])
  })

  test('refuse a database of a newer version and leave it unchanged', async () => {
    const db = await open()
    await migrate(db, addTable)
    await expect(migrate(db)).rejects.toMatchObject({ name: 'StoreRefusal', reason: 'newer' })
    await expect(migrate(db)).rejects.toThrow('900-later')
    expect(await readiness(db)).toBe('newer')
  })

  test('that fail leave nothing behind and name the failed migration', async () => {
    const db = await open()
    await expect(migrate(db, breakHalfway)).rejects.toThrow('900-later')
    await expect(sql`select * from later`.execute(db)).rejects.toThrow()
    expect(await readiness(db)).toBe('ready')
    expect(await migrate(db, addTable)).toEqual(['900-later'])
  })

  test('that are missing mean not ready; a closed database is unreachable', async () => {
    const db = await open()
    expect(await readiness(db)).toBe('ready')
    await sql`delete from kysely_migration`.execute(db)
    expect(await readiness(db)).toBe('behind')
    await sql`drop table kysely_migration`.execute(db)
    expect(await readiness(db)).toBe('behind')
    await db.destroy()
    expect(await readiness(db)).toBe('unreachable')
  })

  if (kind === 'sqlite')
    test('a SQLite file with data is copied first, readable by its owner only', async () => {
      const db = await open()
      const file = await fileOf(db)
      expect(readdirSync(dirname(file)).filter((name) => name.includes('.bak'))).toEqual([])
      await db.insertInto('settings').values({ key: 'k', value: 'before' }).execute()
      await expect(migrate(db, breakHalfway)).rejects.toThrow()
      await db.updateTable('settings').set({ value: 'later' }).where('key', '=', 'k').execute()
      await migrate(db, addTable)
      const path = `${file}.before-900-later.bak`
      expect(statSync(path).mode & 0o777).toBe(0o600)
      const copy = await openDatabase({ kind: 'sqlite', path })
      const copied = await copy.selectFrom('settings').select('value').where('key', '=', 'k').execute()
      expect(copied).toEqual([{ value: 'later' }])
      await expect(sql`select * from later`.execute(copy)).rejects.toThrow('no such table')
      await copy.destroy()
      expect(readdirSync(dirname(file)).filter((name) => name.includes('.part'))).toEqual([])
    })

  if (kind === 'sqlite')
    test('a copy is never from after its migration, if another process migrated first', async () => {
      const db = await open()
      const other = await again()
      const copying = async () => expect(await migrate(other, addTable)).toEqual(['900-later'])
      expect(await migrate(db, addTable, { copying })).toEqual([])
      const copy = await openDatabase({ kind: 'sqlite', path: `${await fileOf(db)}.before-900-later.bak` })
      expect((await sql`select name from sqlite_master where name = 'later'`.execute(copy)).rows).toEqual([])
      await copy.destroy()
    })

  if (kind === 'sqlite')
    test('nothing is copied if there is nothing to migrate', async () => {
      const db = await open()
      await migrate(db)
      expect(existsSync(`${await fileOf(db)}.before-001-first.bak`)).toBe(false)
    })
})
