import 'server-only'
import { Migrator, sql } from 'kysely'
import { isPostgres } from '@/lib/store/engine/dialect'
import { migrations } from '@/lib/store/engine/migrations'
import type { Db } from '@/lib/store/engine/open'
import { type Digest, digester, insertRows, readCounter, readRows, setCounter } from './rows'
import { type Table, tablesOf } from './tables'

/** Told about each part of a table: how many of its rows are done. */
export type Progress = (table: string, rows: number) => void

/** A table whose two copies differ. `target` null: the table is missing there. */
export interface Difference {
  table: string
  source: Digest
  target: Digest | null
}

/** Kysely's own lock of its migrations. A server that starts meanwhile waits for it. */
const MIGRATION_LOCK = '3853314791062309107'

/** Returns whether a database has no table, or only those in which an interrupted copy would have counted its migrations. */
export async function isEmpty(db: Db): Promise<boolean> {
  const tables = await tablesOf(db)
  if (tables.some(({ name }) => name !== 'kysely_migration')) return false
  if (tables.length === 0) return true
  const { rows } = await sql`select name from kysely_migration limit 1`.execute(db)
  return rows.length === 0
}

/**
 * Copies every row of one database into an empty one, reads them back and compares, in one transaction on each side: after a
 * kill the target is as empty as before. Returns the digests by table. Throws if something differs, and copies nothing.
 */
export async function copyTables(source: Db, target: Db, progress: Progress): Promise<Map<string, Digest>> {
  // Makes the tables in which migrations are counted, and no other.
  await new Migrator({ db: target, provider: { getMigrations: async () => ({}) } }).migrateToLatest()
  return await atOneMoment(source, (from) =>
    target.transaction().execute(async (to) => {
      await withoutLimits(to)
      if (isPostgres(to)) await sql.raw(`select pg_advisory_xact_lock(${MIGRATION_LOCK})`).execute(to)
      if (!(await isEmpty(to))) throw new Error('the target is not empty')
      for (const name of Object.keys(migrations).sort()) await migrations[name]?.up(to)
      const digests = new Map<string, Digest>()
      for (const table of await tablesOf(from)) digests.set(table.name, await copyTable(from, to, table, progress))
      const wrong = await differences(digests, to, progress)
      if (wrong.length > 0) throw new Error(`the copy differs in ${wrong.map(({ table }) => table).join(', ')}`)
      return digests
    }),
  )
}

/** Compares two databases. Returns the digests of the source, and what differs. Writes nothing. */
export async function compareTables(source: Db, target: Db, progress: Progress) {
  return await atOneMoment(source, (from) =>
    atOneMoment(target, async (to) => {
      const digests = new Map<string, Digest>()
      for (const table of await tablesOf(from)) digests.set(table.name, await digestOf(from, table, progress))
      return { digests, wrong: await differences(digests, to, progress) }
    }),
  )
}

async function copyTable(from: Db, to: Db, table: Table, progress: Progress): Promise<Digest> {
  // Migrations write rows of settings. Other tables are empty, and the audit would refuse a delete.
  const { rows } = await sql`select 1 from ${sql.table(table.name)} limit 1`.execute(to)
  if (rows.length > 0) await sql`delete from ${sql.table(table.name)}`.execute(to)
  const digest = digester(table.columns)
  for await (const part of readRows(from, table)) {
    await insertRows(to, table, part)
    progress(table.name, digest.add(part))
  }
  const counter = await readCounter(from, table)
  if (counter !== null) await setCounter(to, table, counter)
  return digest.result(counter)
}

async function digestOf(trx: Db, table: Table, progress: Progress): Promise<Digest> {
  const digest = digester(table.columns)
  for await (const part of readRows(trx, table)) progress(table.name, digest.add(part))
  return digest.result(await readCounter(trx, table))
}

async function differences(source: Map<string, Digest>, to: Db, progress: Progress): Promise<Difference[]> {
  const tables = new Map((await tablesOf(to)).map((table) => [table.name, table]))
  const wrong: Difference[] = []
  for (const [table, digest] of source) {
    const same = tables.get(table)
    const target = same ? await digestOf(to, same, progress) : null
    if (JSON.stringify(target) !== JSON.stringify(digest)) wrong.push({ table, source: digest, target })
  }
  return wrong
}

/** Lets a database be read as it is now, however long that takes. A SQLite file takes no writes meanwhile. */
async function atOneMoment<T>(db: Db, read: (trx: Db) => Promise<T>): Promise<T> {
  return await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      await withoutLimits(trx)
      return await read(trx)
    })
}

async function withoutLimits(trx: Db): Promise<void> {
  if (!isPostgres(trx)) return
  await sql`set local statement_timeout = 0`.execute(trx)
  await sql`set local idle_in_transaction_session_timeout = 0`.execute(trx)
}
