import 'server-only'
import { statfs } from 'node:fs/promises'
import type { DatabaseConnection } from 'kysely'
import { PushlensError } from '@/lib/contract/errors'

/** SQLITE_FULL, and SQLITE_IOERR_WRITE where a quota is used up or the disk refuses. */
const SQLITE_FULL: readonly unknown[] = [13, 778]
const POSTGRES_FULL = '53100'
/** What waits for room tries again more often than this: where nothing was refused for so long, there is room. */
const RECENT_MS = 15_000

/** Remembers when a database last had no room for a write. */
export class Disk {
  #refusedAt = -Infinity

  /** Whether a write was refused for want of room a moment ago. */
  isFull(): boolean {
    return performance.now() - this.#refusedAt < RECENT_MS
  }

  /** The same connection, whose writes fail with `storage_full` where there is no room; once is enough for each. */
  watch(connection: DatabaseConnection): DatabaseConnection {
    if (watched.has(connection)) return connection
    watched.add(connection)
    const run = connection.executeQuery.bind(connection)
    connection.executeQuery = async (query) => {
      try {
        return await run(query)
      } catch (error) {
        throw this.#judged(error)
      }
    }
    return connection
  }

  #judged(error: unknown): unknown {
    const { errcode, code } = Object(error)
    if (!SQLITE_FULL.includes(errcode) && code !== POSTGRES_FULL) return error
    this.#refusedAt = performance.now()
    return new PushlensError('storage_full', 'the database has no room for a write', undefined, { cause: error })
  }
}

const watched = new WeakSet<DatabaseConnection>()

/** The part of the disk under `folder` that is still free for us, from 0 to 1. */
export async function freeShare(folder: string): Promise<number> {
  const { bavail, blocks } = await statfs(folder)
  return blocks === 0 ? 0 : bavail / blocks
}
