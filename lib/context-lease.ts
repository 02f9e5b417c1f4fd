import 'server-only'
import type { Timers } from './gateway/timers'
import type { Log } from './log'
import { COPY, type Leases, SERVER } from './store/lanes/leases'

export interface LeaseDeps {
  leases: Leases
  /** The name of this process, as in the leases of its lanes. */
  owner: string
  timers: Timers
  log: Pick<Log, 'info' | 'warn'>
}

/** What a process does while it holds a lease. */
interface Turn {
  begin(term: number): void
  end(): Promise<void>
}

/** Holding it is all: others look whether it is held. */
const NO_WORK: Turn = { begin: () => undefined, end: async () => undefined }

/** Without a renewal for this long, another process takes over. */
export const LEASE_MS = 10_000
const RENEW_MS = 3_000

/**
 * Takes a lease as soon as it is free and renews it. `begin` and `end` tell its holder. A holder whose renewals fail ends by its
 * own monotonic clock, at the latest when the lease has ended in the database.
 */
export function holdLease(
  { leases, owner, timers, log }: LeaseDeps,
  name: string,
  turn: Turn = NO_WORK,
): { stop(): Promise<void> } {
  const stopped = new AbortController()
  let term: number | null = null
  let untilMs = -Infinity

  async function look(): Promise<void> {
    const askedMs = timers.monotonicMs()
    const leftMs = untilMs > askedMs ? untilMs - askedMs : LEASE_MS
    const taken = await within(timers, leftMs, leases.take(name, owner, LEASE_MS)).catch((error: unknown) => {
      log.warn({ err: error, lease: name }, 'a lease could not be renewed')
      return undefined
    })
    if (taken !== undefined) untilMs = taken === null ? -Infinity : askedMs + LEASE_MS
    const now = timers.monotonicMs() < untilMs ? (taken ?? term) : null
    if (now === term) return
    if (term !== null) await turn.end()
    term = now
    // The end of the work before may have taken as long as the lease.
    if (term !== null && timers.monotonicMs() >= untilMs) term = null
    if (term !== null) turn.begin(term)
  }

  const running = (async () => {
    while (!stopped.signal.aborted) {
      await look()
      if (!stopped.signal.aborted) await timers.sleep(RENEW_MS, stopped.signal)
    }
  })()
  return {
    async stop() {
      stopped.abort()
      await running
      if (term !== null) await turn.end()
      await leases.release(name, owner).catch(() => undefined) // Then it ends by itself.
    },
  }
}

/** Rejects if the database does not answer within `ms`: its machine may be gone without a word. */
async function within<T>(timers: Timers, ms: number, answer: Promise<T>): Promise<T> {
  const answered = new AbortController()
  const silence = timers.sleep(ms, answered.signal).then(() => null)
  const first = await Promise.race([answer.then((value) => ({ value })), silence]).finally(() => answered.abort())
  if (first === null) throw new Error('the database did not answer')
  return first.value
}

/**
 * Announces this server to the others on the same PostgreSQL, until `stop`. Throws while the database is being copied to
 * another one: what a server wrote meanwhile would be lost.
 */
export async function announceServer(deps: LeaseDeps): Promise<{ stop(): Promise<void> }> {
  const name = SERVER + deps.owner
  await deps.leases.take(name, deps.owner, LEASE_MS)
  if ((await deps.leases.held(COPY)).length > 0) {
    await deps.leases.release(name, deps.owner)
    throw new Error('the database is being copied to another one: start again when `db copy` has ended')
  }
  return holdLease(deps, name)
}
