import 'server-only'
import { randomUUID } from 'node:crypto'
import { chmodSync, constants, copyFileSync, existsSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { sync } from './copy'
import { sqliteModule } from './sqlite'

/** The write lock is held from the first page to the last, so steps would free nobody. */
const ALL_PAGES = 2 ** 30

/**
 * Makes a SQLite file what its copy is; the copy stays. SQLite writes the pages in one transaction, so that a kill leaves
 * the old state or the new one, and connections that are still open go on with the new one. A file that is no database
 * is replaced.
 */
export async function putBack(copy: string, path: string): Promise<void> {
  if (existsSync(path) && (await overwrite(copy, path))) return
  await replace(copy, path)
}

async function overwrite(copy: string, path: string): Promise<boolean> {
  const { DatabaseSync, backup } = await sqliteModule()
  const source = new DatabaseSync(copy)
  try {
    await backup(source, path, { rate: ALL_PAGES })
    return true
  } catch (error) {
    if (error instanceof Error && /not a database|malformed/.test(error.message)) return false
    throw error
  } finally {
    source.close()
  }
}

/** The old log goes first: SQLite would apply it to the new file. */
async function replace(copy: string, path: string): Promise<void> {
  const half = `${path}.${randomUUID()}.part`
  try {
    copyFileSync(copy, half, constants.COPYFILE_FICLONE)
    chmodSync(half, 0o600)
    sync(half)
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
