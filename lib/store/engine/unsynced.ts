import 'server-only'
import { SqliteAdapter, sql } from 'kysely'
import type { Db } from './open'

/** Runs the writes of one app. */
export type WriteFor = <T>(appId: string, write: (db: Db) => Promise<T>) => Promise<T>

/**
 * Returns how the writes of an app are committed. Every commit waits for the disk, except those of `demoApp`: its data is
 * invented, and three waits per call would make the demo slow. A crash of this process undoes no commit in either case.
 */
export function writesOf(db: Db, demoApp: string | null): WriteFor {
  return (appId, write) => (appId === demoApp ? unsynced(db, write) : write(db))
}

/** Runs writes without waiting for the disk. A power failure may undo the last ones, but leaves the database intact. */
async function unsynced<T>(db: Db, write: (db: Db) => Promise<T>): Promise<T> {
  if (!(db.getExecutor().adapter instanceof SqliteAdapter)) return await write(db)
  return await db.connection().execute(async (connection) => {
    await sql`pragma synchronous = normal`.execute(connection)
    try {
      return await write(connection)
    } finally {
      await sql`pragma synchronous = full`.execute(connection)
    }
  })
}
