import 'server-only'
import { type RawBuilder, sql } from 'kysely'
import type { UpstreamErrorCode } from '@/lib/contract/errors'
import type { Endpoint } from '@/lib/contract/sources'
import type { Db } from '@/lib/store/engine/open'
import { COLLECTOR } from './leases'

/** The name of the shared lane of an app whose lanes were merged. */
export const MERGED = '*'
/** Keeps its own lane when the app's lanes are merged: its limit differs (200 a second, upstream page 35477). */
export const APART = 'query_online_status' satisfies Endpoint
export type LaneName = Endpoint | typeof MERGED

/** An endpoint whose row has this problem and a pause is stopped: requests for it are refused, not queued. */
export const STOPS_ENDPOINT = 'upstream_not_enabled' satisfies UpstreamErrorCode
export const ENDPOINT_STOP_MS = 3_600_000

/** The spacing never grows beyond this, however often the upstream asks to slow down. */
export const MAX_SPACING_MS = 16_000
/** How long the stamp of a waiting interactive caller delays the background work of every replica. */
export const YIELD_MS = 2_000

export interface AcquireRequest {
  appId: string
  lane: LaneName
  endpoint: Endpoint
  owner: string
  leaseMs: number
  /** The minimum spacing of this lane. The row's own spacing is larger after slow-downs. */
  spacingMs: number
  /** Does not yield to interactive callers of other replicas. */
  interactive: boolean
  /** More interactive callers of this process wait behind this one. */
  moreInteractive: boolean
  /** A call of the collector while several replicas may collect: only the one with the lease `COLLECTOR` may make it. */
  elected?: boolean
  /** Tests other credentials, so stops of the app and of the endpoint do not count. */
  trial?: boolean
}

export interface Lease {
  appId: string
  lane: LaneName
  endpoint: Endpoint
  owner: string
  spacingMs: number
  /** The spacing that is restored after slow-downs. */
  leastMs: number
  /** Consecutive failures before this call. */
  failures: number
}

export interface Problem {
  code: UpstreamErrorCode
  upstreamCode: number | null
}

/**
 * Why there is no lease: `wait` (`held`: a call is in flight, so the wait may be shorter; `startedAtMs`: when the lane's
 * last call began, whoever made it), `stopped` (the whole app or this endpoint), `moved` (the app's lanes were merged or
 * separated), `gone` (the app was removed), `deposed` (another replica collects).
 */
export type Refused =
  | { kind: 'wait'; ms: number; held: boolean; startedAtMs: number | null }
  | { kind: 'stopped'; whole: boolean; problem: Problem }
  | { kind: 'moved'; merged: boolean }
  | { kind: 'gone' }
  | { kind: 'deposed' }

/** Creates the lane's row when it is first needed. An existing row stays as it is. */
export async function ensureLane(db: Db, appId: string, endpoint: LaneName, spacingMs: number): Promise<void> {
  await db
    .insertInto('lanes')
    .values({ app_id: appId, endpoint, next_at_ms: 0, spacing_ms: spacingMs, failures: 0 })
    .onConflict((row) => row.doNothing())
    .execute()
}

/**
 * Returns which other lanes of the app must be idle too: the merged lane and the single lanes never call at the same
 * time.
 */
export function rivalsOf(lane: LaneName): (endpoint: string) => boolean {
  if (lane === APART) return () => false
  return lane === MERGED ? (endpoint) => endpoint !== MERGED && endpoint !== APART : (endpoint) => endpoint === MERGED
}

/** The condition under which this process is the one that collects. It holds at the moment of the database's clock. */
export function isElected(owner: string, nowMs: RawBuilder<number>) {
  return sql<boolean>`exists (
    select 1 from leases where name = ${COLLECTOR} and owner = ${owner} and expires_at_ms > ${nowMs})`
}

export function rivalRows(lane: LaneName) {
  if (lane === APART) return sql`false`
  return lane === MERGED ? sql`o.endpoint not in (${MERGED}, ${APART})` : sql`o.endpoint = ${MERGED}`
}
