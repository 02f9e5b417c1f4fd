import 'server-only'
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { sql } from 'kysely'
import { copyDatabase } from './copy'
import type { Db } from './open'

/** The key in `settings` that exists only inside an upgrade's transaction. */
export const UPGRADING = 'upgrade.running'
/** The copies of the last two upgrades stay. */
const KEPT = 2

/**
 * Copies a SQLite file to `<file>.before-<migration>.bak`, checks the copy and deletes all but the newest two. Returns its
 * name; null in memory, and if another process has migrated meanwhile, because the copy would be from after it.
 */
export async function copyBefore(db: Db, migration: string): Promise<string | null> {
  const { rows } = await sql<{ name: string; file: string }>`pragma database_list`.execute(db)
  const file = rows.find((row) => row.name === 'main')?.file
  if (!file) return null
  const copy = `${file}.before-${migration}.bak`
  // An attempt that failed before may have left a copy from then. Data that came since is in the new one only.
  const fresh = `${copy}.new`
  rmSync(fresh, { force: true })
  if (!(await copyDatabase(file, fresh, ({ applied }) => !applied.includes(migration)))) return null
  renameSync(fresh, copy)
  for (const old of upgradeCopies(file).slice(KEPT)) rmSync(old, { force: true })
  return copy
}

/** Returns the copies that upgrades have made of a SQLite file, newest first. */
export function upgradeCopies(file: string): string[] {
  const [folder, start] = [dirname(file), `${basename(file)}.before-`]
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.startsWith(start) && name.endsWith('.bak'))
    .map((name) => ({ path: join(folder, name), atMs: statSync(join(folder, name)).mtimeMs }))
    .sort((a, b) => b.atMs - a.atMs || (a.path < b.path ? 1 : -1))
    .map(({ path }) => path)
}
