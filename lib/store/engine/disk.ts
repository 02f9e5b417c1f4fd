import 'server-only'
import { statfs } from 'node:fs/promises'
import type { DatabaseConnection } from 'kysely'
import { PushlensError } from '@/lib/contract/errors'

/** SQLITE_FULL, and SQLITE_IOERR_WRITE where a quota is used up or the disk refuses. */
const SQLITE_FULL: readonly unknown[] = [13, 778]
const POSTGRES_FULL = '53100'
/** Writers that wait for free space try again sooner, also on a busy machine. So long without a refusal means there is space. */
const RECENT_MS = 30_000

/** Remembers when the database last refused a write for lack of space. */
export class Disk {
  #refusedAt = -Infinity

  /** Returns whether a write was refused for lack of space in the last half minute. */
  isFull(): boolean {
    return performance.now() - this.#refusedAt < RECENT_MS
  }

  /** Makes writes on the connection fail with `storage_full` when there is no space. Wraps each connection once. */
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
    return new PushlensError('storage_full', 'the disk has no space for a write', undefined, { cause: error })
  }
}

const watched = new WeakSet<DatabaseConnection>()

/** Returns the share of the disk under `folder` that this process may still use, from 0 to 1. */
export async function freeShare(folder: string): Promise<number> {
  const { bavail, blocks } = await statfs(folder)
  return blocks === 0 ? 0 : bavail / blocks
}
