import 'server-only'

/** A principal who waits for an answer. */
export interface Waiter {
  /** Opaque. Requests of the same principal share one turn in the queue and one limit. */
  principal: string
  /** Aborts when the client has gone. */
  signal?: AbortSignal
}

/**
 * How long a request stays in the queue after its last client has come. Clients come back for a pending answer within 30
 * seconds, and each visit starts the time again.
 */
export const PATIENCE_MS = 45_000

interface Wait {
  rank: number
  /** Monotonic milliseconds. */
  untilMs: number
  signal: AbortSignal | undefined
}

/** The waiters of one request, by principal. */
export type Waiters = Map<string, Wait>

/** The archive waits under this key. No principal is empty. */
const ARCHIVE = ''

/** Adds a waiter. A principal who asks again keeps the higher rank, and only the newest client counts. */
export function addWaiter(waiters: Waiters, waiter: Waiter | null, rank: number, nowMs: number): void {
  const key = waiter?.principal ?? ARCHIVE
  const untilMs = waiter ? nowMs + PATIENCE_MS : Number.POSITIVE_INFINITY
  waiters.set(key, { rank: Math.min(rank, waiters.get(key)?.rank ?? rank), untilMs, signal: waiter?.signal })
}

/** Removes a waiter whose client has gone, unless the same principal has asked again since. */
export function removeWaiter(waiters: Waiters, { principal, signal }: Waiter): void {
  if (waiters.get(principal)?.signal === signal) waiters.delete(principal)
}

/** Removes the waiters whose clients have not come back. */
export function removeExpired(waiters: Waiters, nowMs: number): void {
  for (const [key, { untilMs }] of waiters) if (untilMs <= nowMs) waiters.delete(key)
}

/** Removes the archive, because another replica collects now. */
export function removeArchive(waiters: Waiters): void {
  waiters.delete(ARCHIVE)
}

export function onlyArchive(waiters: Waiters): boolean {
  return waiters.size === 1 && waiters.has(ARCHIVE)
}

export function topRank(waiters: Waiters): number {
  return Math.min(...[...waiters.values()].map(({ rank }) => rank))
}
