import 'server-only'
import { setTimeout as pause } from 'node:timers/promises'
import type { DatabaseConnection } from 'kysely'

/** SQLITE_BUSY, and SQLITE_BUSY_RECOVERY while another process rebuilds the log's index. */
const BUSY: readonly unknown[] = [5, 261]
const LONGEST_WAIT_MS = 5_000
const POLL_MS = 5

/**
 * Makes a connection wait for another process's write lock without blocking the event loop. SQLite's own busy timeout
 * sleeps up to 100 ms between attempts, so a process that writes without pause can starve another for seconds.
 */
export function waitForLock(connection: DatabaseConnection): DatabaseConnection {
  if (waiting.has(connection)) return connection
  waiting.add(connection)
  const run = connection.executeQuery.bind(connection)
  connection.executeQuery = async (query) => {
    const endMs = performance.now() + LONGEST_WAIT_MS
    for (;;) {
      try {
        return await run(query)
      } catch (error) {
        // A statement that finds the lock taken has changed nothing. Transactions take the lock when they begin.
        if (!isBusy(error) || performance.now() > endMs) throw error
      }
      await pause(POLL_MS)
    }
  }
  return connection
}

/** The prebuilt package gives an error of a statement that returns rows no `errcode`, only SQLite's text. */
function isBusy(error: unknown): boolean {
  const { errcode, message } = Object(error)
  return errcode === undefined ? message === 'database is locked' : BUSY.includes(errcode)
}

const waiting = new WeakSet<DatabaseConnection>()
