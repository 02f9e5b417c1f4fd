import 'server-only'
import type { Clock } from './contract/clock'
import type { Env } from './env'
import type { Timers } from './gateway/timers'
import type { Log } from './log'

export interface ProcessClock extends Clock {
  /** Follows the database's clock from now on. */
  setAhead(ms: number): void
}

interface FollowDeps {
  clock: ProcessClock
  /** Returns the database's epoch milliseconds; null for SQLite, which has no other clock. */
  databaseMs(): Promise<number | null>
  log: Pick<Log, 'warn'>
}

const LOOK_MS = 30_000
/** Less is the way to the database and back, and makes no difference to anybody. */
const SAME_MS = 2_000
const SLOW_MS = 1_000

/** Makes the clock of the process. Data time differs from real time only in tests. */
export function createClock({ clockOffsetS }: Pick<Env, 'clockOffsetS'>): ProcessClock {
  let aheadMs = 0
  const wallMs = () => Date.now() - aheadMs
  return {
    wallMs,
    dataS: () => Math.floor(wallMs() / 1_000) + clockOffsetS,
    setAhead(ms) {
      aheadMs = ms
    },
  }
}

/**
 * Compares the clock of this machine with the database's, and uses the database's where they differ: replicas that disagree
 * would request hours that have not ended, and store answers as newer than they are.
 */
export async function followDatabaseClock({ clock, databaseMs, log }: FollowDeps): Promise<void> {
  const askedMs = performance.now()
  const now = await databaseMs()
  const tookMs = performance.now() - askedMs
  if (now === null || tookMs > SLOW_MS) return
  const aheadMs = Math.round(Date.now() - tookMs / 2 - now)
  const isSame = Math.abs(aheadMs) < SAME_MS
  const changedMs = Math.abs(clock.wallMs() - (Date.now() - (isSame ? 0 : aheadMs)))
  if (changedMs < SAME_MS) return
  clock.setAhead(isSame ? 0 : aheadMs)
  const differsS = Math.round(aheadMs / 1_000)
  if (!isSame) log.warn({ differsS }, "this machine's clock differs from the database's, which is used instead: set it")
}

/** Keeps comparing until stopped. */
export function keepFollowing(deps: FollowDeps, timers: Pick<Timers, 'sleep'>): { stop(): Promise<void> } {
  const end = new AbortController()
  const running = (async () => {
    while (!end.signal.aborted) {
      await timers.sleep(LOOK_MS, end.signal)
      if (!end.signal.aborted) await followDatabaseClock(deps).catch(() => undefined) // The store's users say it.
    }
  })()
  return {
    async stop() {
      end.abort()
      await running
    },
  }
}
