import 'server-only'
import { statSync } from 'node:fs'
import type { DatabaseUrl } from './open'

const PARTS = ['', '-wal', '-shm']

/**
 * Returns the files of a SQLite database that other users of the machine may read or write; none for PostgreSQL. Pushlens
 * creates its files for the owner only, but a restored or copied file keeps the mode it was given.
 */
export function exposedFiles(database: DatabaseUrl): string[] {
  if (database.kind !== 'sqlite' || process.platform === 'win32') return []
  return PARTS.map((part) => database.path + part).filter((path) => {
    const stat = statSync(path, { throwIfNoEntry: false })
    return stat !== undefined && (stat.mode & 0o077) !== 0
  })
}
