import { statSync } from 'node:fs'
import { sql } from 'kysely'
import { expect, test, vi } from 'vitest'
import { describeStores } from '@/lib/store/testing/database'
import { answer, newApp, storeWithApp } from '@/lib/store/testing/rows'
import { migrate } from './migrate'
import { type Db, openDatabase } from './open'
import { settings } from './settings'

describeStores('the database', (stores) => {
  const { open, again, kind } = stores

  test('migrates once; a second start has nothing to do', async () => {
    const db = await open()
    expect(await migrate(db)).toEqual([])
  })

  test('a second process sees what the first wrote', async () => {
    const db = await open()
    await db.insertInto('settings').values({ key: 'colour', value: 'teal' }).execute()
    const other = await again()
    const found = await other.selectFrom('settings').select('value').where('key', '=', 'colour').execute()
    expect(found).toEqual([{ value: 'teal' }])
  })

  test('returns plain rows for React, numbers as numbers, and bytes as bytes', async () => {
    const store = await storeWithApp(stores)
    const db = await again()
    const big = 2 ** 53 - 1
    await store.apps.upsert(newApp({ id: 'big', sdkAppId: big }))
    const row = await db.selectFrom('apps').selectAll().where('id', '=', 'big').executeTakeFirstOrThrow()
    expect(Object.getPrototypeOf(row)).toBe(Object.prototype)
    expect(row.sdk_app_id).toBe(big)
    expect(row.removed_at).toBeNull()
    const { id } = await store.windows.save(answer())
    const all = Uint8Array.from({ length: 256 }, (_, i) => i)
    await db.updateTable('window_answers').set({ raw: all }).where('window_id', '=', id).execute()
    const { raw } = await db.selectFrom('window_answers').select('raw').executeTakeFirstOrThrow()
    expect(raw).toBeInstanceOf(Uint8Array)
    expect([...raw]).toEqual([...all])
  })

  test('reports written rows, by returning and by number', async () => {
    const db = await open()
    const insert = db.insertInto('settings').values({ key: 'k', value: 'v' })
    expect(await insert.returning(['key', 'value']).execute()).toEqual([{ key: 'k', value: 'v' }])
    const ignored = insert.onConflict((conflict) => conflict.doNothing())
    expect(await ignored.returning('key').execute()).toEqual([])
    const [result] = await db.deleteFrom('settings').where('key', '=', 'k').execute()
    expect(result?.numDeletedRows).toBe(1n)
  })

  test('rolls back everything when a transaction fails', async () => {
    const db = await open()
    const half = db.transaction().execute(async (trx) => {
      await trx.insertInto('settings').values({ key: 'k', value: 'v' }).execute()
      throw new Error('halfway')
    })
    await expect(half).rejects.toThrow('halfway')
    expect(await settings(db).get('k')).toBeNull()
  })

  test('enforces foreign keys', async () => {
    const db = await open()
    const orphan = { app_id: 'nobody', endpoint: 'e', day: '2026-01-01', code: 0, count: 1 }
    await expect(db.insertInto('calls').values(orphan).execute()).rejects.toThrow(/foreign key/i)
  })

  if (kind === 'sqlite')
    test('keeps no read open between queries, so that the log can be emptied', async () => {
      const db = await open()
      await settings(db).set('k', 'v')
      expect(await settings(db).get('k')).toBe('v')
      const { rows } = await sql`pragma wal_checkpoint(TRUNCATE)`.execute(await again())
      expect(rows).toEqual([{ busy: 0, log: 0, checkpointed: 0 }])
    })

  if (kind === 'sqlite')
    test('writes its log back into the file on close; the file is readable by its owner only', async () => {
      const db = await open()
      const file = await sql<{ file: string }>`pragma database_list`.execute(db)
      const path = file.rows[0]?.file ?? ''
      await settings(db).set('k', 'v')
      expect(statSync(`${path}-wal`).size).toBeGreaterThan(0)
      await db.destroy()
      expect(statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0).toBe(0)
      expect(statSync(path).mode & 0o777).toBe(0o600)
    })

  test('answers after a thousand different statements, and the first one again', async () => {
    const db = await open()
    for (const n of [...Array(300).keys(), 0]) {
      const { rows } = await sql<{ n: number }>`select ${sql.lit(n)} as n`.execute(db)
      expect(rows).toEqual([{ n }])
    }
  })

  const killOthers = (db: Db) =>
    sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`.execute(db)

  if (kind === 'postgres')
    test('a PostgreSQL that closes connections, idle or in a transaction, ends neither the process nor the pool', async () => {
      const db = await open()
      const other = await again()
      await killOthers(other)
      await vi.waitFor(() => settings(db).set('k', 'first'))
      let cut = false
      const half = db.transaction().execute(async (trx) => {
        await trx.updateTable('settings').set({ value: 'half' }).execute()
        await killOthers(other)
        cut = true
        await sql`select 1`.execute(trx)
      })
      await expect(half).rejects.toThrow()
      expect(cut).toBe(true)
      await vi.waitFor(async () => expect(await settings(db).get('k')).toBe('first'))
    })

  if (kind === 'postgres')
    test("a PostgreSQL that can't be reached is an error of the query", async () => {
      const db = await openDatabase({ kind: 'postgres', url: 'postgres://nobody@127.0.0.1:1/none' })
      await expect(settings(db).get('k')).rejects.toThrow(/ECONNREFUSED/)
      await db.destroy()
    })
})
