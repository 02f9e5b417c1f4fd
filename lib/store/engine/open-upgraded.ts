import 'server-only'
import { existsSync } from 'node:fs'
import { type Migration, sql } from 'kysely'
import { migrate, type UpgradeSteps } from './migrate'
import { type DatabaseUrl, type Db, openDatabase } from './open'
import { putBack } from './put-back'
import { UPGRADING } from './upgrade-copies'
import { UpgradeFailure } from './upgrade-failure'

interface Options extends UpgradeSteps {
  /** True for the server that holds the lock of a SQLite file: only it may replace the file. */
  alone?: boolean
  all?: Record<string, Migration>
}

/**
 * Opens a database and migrates it. If a migration fails, the transaction leaves the old state. If the migration had
 * committed by itself, or a process was killed after that, the copy from before is put back.
 */
export async function openUpgraded(url: DatabaseUrl, { alone = false, all, ...steps }: Options = {}): Promise<Db> {
  const path = url.kind === 'sqlite' && alone ? url.path : null
  if (path !== null) await mend(path)
  const db = await openDatabase(url)
  try {
    await migrate(db, all, steps)
    return db
  } catch (error) {
    await db.destroy()
    if (!(error instanceof UpgradeFailure) || error.left !== 'torn') throw error
    if (path === null || error.copy === null) throw error
    await putBack(error.copy, path)
    throw new UpgradeFailure(error.migration, error.copy, 'put back', error.cause)
  }
}

/** Puts the copy back if a killed process has left the file between two versions. */
async function mend(path: string): Promise<void> {
  const db = await openDatabase({ kind: 'sqlite', path })
  const copy = await tornFrom(db).finally(() => db.destroy())
  if (copy !== null) await putBack(copy, path)
}

/** Returns the copy from before an upgrade that a killed process left between two versions; null for all others. */
async function tornFrom(db: Db): Promise<string | null> {
  const tables = await sql`select name from sqlite_master where name = 'settings'`.execute(db)
  if (tables.rows.length === 0) return null
  const { rows } = await sql<{ value: string }>`select value from settings where key = ${UPGRADING}`.execute(db)
  const [copy] = rows.map(({ value }) => value)
  return copy !== undefined && existsSync(copy) ? copy : null
}
