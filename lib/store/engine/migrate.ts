import 'server-only'
import { randomUUID } from 'node:crypto'
import { renameSync, rmSync } from 'node:fs'
import { type Migration, Migrator, sql } from 'kysely'
import { isPostgres } from './dialect'
import { migrations } from './migrations'
import { createPrivate, type Db } from './open'
import { StoreRefusal } from './refusal'

const TABLE = 'kysely_migration'

/**
 * Runs the missing migrations in one transaction and returns their names. A SQLite file with data is first copied to
 * `<file>.before-<migration>.bak`. Throws StoreRefusal if the database is newer than the code.
 */
export async function migrate(db: Db, all: Record<string, Migration> = migrations): Promise<string[]> {
  const known = Object.keys(all).sort()
  const applied = await appliedTo(db)
  const newer = applied.find((name) => !known.includes(name))
  if (newer) {
    throw new StoreRefusal('newer', `the database was written by a newer Pushlens (${newer}): start that one instead`)
  }
  const [next] = known.filter((name) => !applied.includes(name))
  if (!next) return []
  if (applied.length > 0 && !isPostgres(db)) await backUp(db, next)
  const { error, results } = await new Migrator({ db, provider: { getMigrations: async () => all } }).migrateToLatest()
  if (!error) return (results ?? []).map((result) => result.migrationName)
  const failed = results?.find((result) => result.status === 'Error')?.migrationName
  throw new Error(`migration ${failed ?? ''} failed`, { cause: error })
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

async function appliedTo(db: Db): Promise<string[]> {
  const there = isPostgres(db)
    ? sql<{ name: string | null }>`select to_regclass(${TABLE})::text as name`
    : sql<{ name: string | null }>`select name from sqlite_master where name = ${TABLE}`
  if (!(await there.execute(db)).rows[0]?.name) return []
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(TABLE)}`.execute(db)
  return rows.map((row) => row.name)
}

/** The copy is written under another name and then renamed. It is therefore complete, and from before the migration. */
async function backUp(db: Db, migration: string): Promise<void> {
  const { rows } = await sql<{ name: string; file: string }>`pragma database_list`.execute(db)
  const file = rows.find((row) => row.name === 'main')?.file
  if (!file) return
  const copy = `${file}.before-${migration}.bak`
  const half = `${copy}.${randomUUID()}`
  createPrivate(half)
  try {
    await sql`vacuum into ${half}`.execute(db)
    // If another process migrated first, this copy is from after the migration.
    if (!(await appliedTo(db)).includes(migration)) renameSync(half, copy)
  } finally {
    rmSync(half, { force: true })
  }
}
