import 'server-only'
import { sql } from 'kysely'
import type { UpstreamErrorCode } from '@/lib/contract/errors'
import type { Endpoint } from '@/lib/contract/sources'
import type { Db } from '@/lib/store/engine/open'

/** The shared lane of an app whose lanes were merged. */
export const MERGED = '*'
/** Keeps its own lane in a merged app too: its limit is another one (200 a second, upstream page 35477). */
export const APART = 'query_online_status' satisfies Endpoint
export type LaneName = Endpoint | typeof MERGED

/** An endpoint whose row carries this problem and a pause is stopped: questions for it are refused, not queued. */
export const STOPS_ENDPOINT = 'upstream_not_enabled' satisfies UpstreamErrorCode
export const ENDPOINT_STOP_MS = 3_600_000

/** However often the upstream asks to slow down. */
export const MAX_SPACING_MS = 16_000
/** A waiting interactive caller's stamp holds the background of every replica back for this long. */
export const YIELD_MS = 2_000

export interface Turn {
  appId: string
  lane: LaneName
  endpoint: Endpoint
  owner: string
  leaseMs: number
  /** The least spacing of this lane; the row's own is larger after slow-downs. */
  spacingMs: number
  interactive: boolean
  /** Further interactive callers of this process wait behind this one. */
  moreInteractive: boolean
}

export interface Lease {
  appId: string
  lane: LaneName
  endpoint: Endpoint
  owner: string
  spacingMs: number
  /** What the spacing eases back to. */
  leastMs: number
  /** Failures in a row before this call. */
  failures: number
}

export interface Problem {
  code: UpstreamErrorCode
  upstreamCode: number | null
}

/**
 * Why no lease: `wait` (`held`: somebody's call is in flight, so the wait may be shorter), `stopped` (the whole app or
 * this endpoint), `moved` (the app's lanes were merged or separated), `gone` (the app was removed).
 */
export type Refused =
  | { kind: 'wait'; ms: number; held: boolean }
  | { kind: 'stopped'; whole: boolean; problem: Problem }
  | { kind: 'moved'; merged: boolean }
  | { kind: 'gone' }

/** Rows are made when first needed; one that is there stays as it is. */
export async function ensureLane(db: Db, appId: string, endpoint: LaneName, spacingMs: number): Promise<void> {
  await db
    .insertInto('lanes')
    .values({ app_id: appId, endpoint, next_at_ms: 0, spacing_ms: spacingMs, failures: 0 })
    .onConflict((row) => row.doNothing())
    .execute()
}

/** Which other lanes of the app must be at rest too: the merged lane and the single ones never call at once. */
export function rivalsOf(lane: LaneName): (endpoint: string) => boolean {
  if (lane === APART) return () => false
  return lane === MERGED ? (endpoint) => endpoint !== MERGED && endpoint !== APART : (endpoint) => endpoint === MERGED
}

export function rivalRows(lane: LaneName) {
  if (lane === APART) return sql`false`
  return lane === MERGED ? sql`o.endpoint not in (${MERGED}, ${APART})` : sql`o.endpoint = ${MERGED}`
}
