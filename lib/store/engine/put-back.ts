import 'server-only'
import { randomUUID } from 'node:crypto'
import { chmodSync, constants, copyFileSync, existsSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { sync } from './copy'
import { sqliteModule } from './sqlite'

/**
 * Replaces a SQLite file by a copy, which stays where it is. Nothing else may have the file open. The old log is emptied
 * first: SQLite would apply it to the new file. A kill leaves the old file or the new one.
 */
export async function putBack(copy: string, path: string): Promise<void> {
  const half = `${path}.${randomUUID()}.part`
  try {
    copyFileSync(copy, half, constants.COPYFILE_FICLONE)
    chmodSync(half, 0o600)
    sync(half)
    if (existsSync(path)) await emptyLog(path)
    for (const part of ['-wal', '-shm']) rmSync(path + part, { force: true })
    renameSync(half, path)
    sync(dirname(path))
  } finally {
    rmSync(half, { force: true })
  }
}

/** Writes the log of a SQLite file into it. A file that cannot be opened has no log that SQLite would apply. */
export async function emptyLog(path: string): Promise<void> {
  const { DatabaseSync } = await sqliteModule()
  try {
    const db = new DatabaseSync(path)
    try {
      db.exec('pragma wal_checkpoint(TRUNCATE)')
    } finally {
      db.close()
    }
  } catch {
    // What replaces it does not depend on it.
  }
}
