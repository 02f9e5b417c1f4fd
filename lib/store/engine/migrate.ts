import 'server-only'
import { type Migration, Migrator, sql } from 'kysely'
import { isPostgres } from './dialect'
import { migrations } from './migrations'
import type { Db } from './open'
import { StoreRefusal } from './refusal'
import { copyBefore, UPGRADING } from './upgrade-copies'
import { UpgradeFailure } from './upgrade-failure'

const TABLE = 'kysely_migration'

/** What a migration reports, for the log: which migrations are missing, and the copy made of a SQLite file. */
export interface UpgradeSteps {
  copying?(next: string): unknown
  copied?(copy: string): unknown
  /** PostgreSQL: the operator's own dump is the only way back. */
  notCopied?(): unknown
}

/**
 * Runs the missing migrations in one transaction and returns their names. A SQLite file with data is first copied to
 * `<file>.before-<migration>.bak`. Throws StoreRefusal if the database is newer than the code, and UpgradeFailure if the
 * copy or a migration of an existing database fails.
 */
export async function migrate(
  db: Db,
  all: Record<string, Migration> = migrations,
  steps: UpgradeSteps = {},
): Promise<string[]> {
  const known = Object.keys(all).sort()
  const applied = await appliedTo(db)
  const newer = applied.find((name) => !known.includes(name))
  if (newer) {
    throw new StoreRefusal('newer', `the database was written by a newer Pushlens (${newer}): start that one instead`)
  }
  const missing = known.filter((name) => !applied.includes(name))
  const [next] = missing
  if (!next) return []
  const copy = applied.length === 0 ? null : await copied(db, next, steps)
  const marked = copy === null ? all : withMark(all, missing, copy)
  const { error, results } = await withoutTimeout(db, (one) =>
    new Migrator({ db: one, provider: { getMigrations: async () => marked } }).migrateToLatest(),
  )
  if (!error) return (results ?? []).map((result) => result.migrationName)
  const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? next
  throw new UpgradeFailure(failed, copy, (await isMarked(db)) ? 'torn' : 'before', error)
}

/** Returns what /readyz reports: whether the database answers, and whether its tables match this code. */
export async function readiness(db: Db): Promise<'ready' | 'behind' | 'newer' | 'unreachable'> {
  const known = Object.keys(migrations)
  try {
    const applied = await appliedTo(db)
    if (applied.some((name) => !known.includes(name))) return 'newer'
    return applied.length === known.length ? 'ready' : 'behind'
  } catch {
    return 'unreachable'
  }
}

/** Returns the names of the migrations that a database has seen; none if it is new. */
async function appliedTo(db: Db): Promise<string[]> {
  const there = isPostgres(db)
    ? sql<{ name: string | null }>`select to_regclass(${TABLE})::text as name`
    : sql<{ name: string | null }>`select name from sqlite_master where name = ${TABLE}`
  if (!(await there.execute(db)).rows[0]?.name) return []
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(TABLE)}`.execute(db)
  return rows.map((row) => row.name)
}

async function copied(db: Db, next: string, steps: UpgradeSteps): Promise<string | null> {
  if (isPostgres(db)) {
    await steps.notCopied?.()
    return null
  }
  await steps.copying?.(next)
  // A server that exits would be started again, and would copy again, without end.
  const copy = await copyBefore(db, next).catch((cause) => {
    throw new UpgradeFailure(next, null, 'before', cause)
  })
  if (copy !== null) await steps.copied?.(copy)
  return copy
}

/**
 * Writes a mark in the transaction of the migrations and removes it there. If it is seen outside, a migration has
 * committed by itself, and the database is between two versions. Its value names the copy from before.
 */
function withMark(all: Record<string, Migration>, missing: string[], copy: string): Record<string, Migration> {
  const [first, last] = [missing[0], missing.at(-1)]
  const marked = missing.map((name): [string, Migration] => [
    name,
    {
      async up(db) {
        if (name === first) await sql`insert into settings (key, value) values (${UPGRADING}, ${copy})`.execute(db)
        await all[name]?.up(db)
        if (name === last) await sql`delete from settings where key = ${UPGRADING}`.execute(db)
      },
    },
  ])
  return { ...all, ...Object.fromEntries(marked) }
}

async function isMarked(db: Db): Promise<boolean> {
  const { rows } = await sql`select key from settings where key = ${UPGRADING}`.execute(db).catch(() => ({ rows: [] }))
  return rows.length > 0
}

/** A migration of a large table takes as long as it takes, and a second replica waits for the first. */
async function withoutTimeout<T>(db: Db, work: (db: Db) => Promise<T>): Promise<T> {
  if (!isPostgres(db)) return await work(db)
  return await db.connection().execute(async (one) => {
    const { rows } = await sql<{ statement_timeout: string }>`show statement_timeout`.execute(one)
    await sql`set statement_timeout = 0`.execute(one)
    try {
      return await work(one)
    } finally {
      await sql`select set_config('statement_timeout', ${rows[0]?.statement_timeout ?? '15s'}, false)`.execute(one)
    }
  })
}
