import 'server-only'
import { randomUUID } from 'node:crypto'
import { chmodSync, copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { removeFile, requireRoom } from './copy'
import { readiness } from './migrate'
import { createFolder, type Db, openDatabase } from './open'
import { settings } from './settings'

export interface OpenedBackup {
  /** What SQLite reports as wrong with the file; null if nothing. */
  damage: string | null
  tables: 'ready' | 'behind' | 'newer' | 'not ours'
  settings: ReturnType<typeof settings>
  close(): Promise<void>
}

/**
 * Opens a copy of the file in `folder`, so that the backup itself is never written to. `close` removes the copy. The
 * folder is that of the database, which has the room: a container keeps /tmp in memory.
 */
export async function openBackup(file: string, folder: string): Promise<OpenedBackup> {
  const path = join(folder, `checked-backup.${randomUUID()}.part`)
  createFolder(path)
  requireRoom(file, folder)
  try {
    copyFileSync(file, path)
    chmodSync(path, 0o600)
    const db = await openDatabase({ kind: 'sqlite', path })
    const close = async () => {
      await db.destroy()
      removeFile(path)
    }
    return { damage: await damageOf(db), tables: await tablesOf(db), settings: settings(db), close }
  } catch (cause) {
    removeFile(path)
    throw new Error(`${file} cannot be opened as a database`, { cause })
  }
}

async function damageOf(db: Db): Promise<string | null> {
  const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check(1)`.execute(db)
  const said = rows[0]?.integrity_check ?? 'no answer'
  return said === 'ok' ? null : said
}

async function tablesOf(db: Db): Promise<OpenedBackup['tables']> {
  const { rows } = await sql`select 1 from sqlite_master where name in ('kysely_migration', 'apps')`.execute(db)
  if (rows.length < 2) return 'not ours'
  const found = await readiness(db)
  return found === 'unreachable' ? 'not ours' : found
}
