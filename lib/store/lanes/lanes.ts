import 'server-only'
import { sql } from 'kysely'
import type { Clock } from '@/lib/contract/clock'
import type { Db } from '@/lib/store/engine/open'
import { type WriteFor, writesOf } from '@/lib/store/engine/unsynced'
import { countCall, type EndedCall } from './calls'
import { acquireLease } from './lane-acquire'
import { laneClock } from './lane-clock'
import { explainRefusal } from './lane-refusal'
import {
  type AcquireRequest,
  APART,
  ensureLane,
  type LaneName,
  type Lease,
  type Problem,
  type Refused,
  YIELD_MS,
} from './lane-rows'
import { clearProblems, type LaneStates, laneStates } from './lane-states'

const SLOW_DOWN_WINDOW_MS = 60_000

/** How a call ended. `problem` null clears the endpoint's problem; undefined leaves it. The same for `pauseMs`. */
export interface LaneEnd extends EndedCall {
  spacingMs: number
  failures: number
  pauseMs: number | null | undefined
  stopEndpointMs: number | null
  slowDown: boolean
  moreInteractive: boolean
  problem: Problem | null | undefined
}

export interface Lanes {
  /** Acquires a lane: one owner at a time, not before spacing and pause have passed, and never for a stopped app. */
  acquire(request: AcquireRequest): Promise<{ kind: 'granted'; lease: Lease } | Refused>
  /**
   * Ends a lease after its answer was saved. The next call may start one spacing from now. Returns true if the app was
   * slowed down twice within a minute.
   */
  release(lease: Lease, end: LaneEnd): Promise<boolean>
  /** Returns an unused lease: no call was made, and the lane is free at once. */
  giveBack(lease: Lease): Promise<void>
  /** Records that an interactive caller waits: background work of every replica yields for `YIELD_MS`. */
  stamp(appId: string, lane: LaneName): Promise<void>
  /**
   * Sets the minimum time between calls to `askedMs`, at least `baseMs`; null means `baseMs`. Also changes gaps in
   * progress.
   */
  pace(appId: string, askedMs: number | null, baseMs: number): Promise<void>
  states(appId: string): Promise<LaneStates | null>
  clearProblems(appId: string): Promise<void>
}

export function createLanes(db: Db, wallClock: Pick<Clock, 'wallMs'>, write: WriteFor = writesOf(db, null)): Lanes {
  const clock = laneClock(db, wallClock)
  const own = (lease: Lease) => sql`app_id = ${lease.appId} and endpoint = ${lease.lane} and owner = ${lease.owner}`

  const pausedUntil = (ms: number | null) => (ms === null ? null : sql`${clock.nowMs()} + ${ms}`)

  async function slowedDownLately(appId: string): Promise<boolean> {
    const { rows } = await sql`select 1 from lanes where app_id = ${appId} and endpoint <> ${APART}
      and slow_down_at_ms > ${clock.nowMs()} - ${SLOW_DOWN_WINDOW_MS} and slow_down_at_ms <= ${clock.nowMs()}`.execute(
      db,
    )
    return rows.length > 0
  }

  async function endLease(trx: Db, lease: Lease, end: LaneEnd): Promise<void> {
    // The clock is rounded down, here and in acquire: one more millisecond keeps the full gap. If the pace was changed
    // during the call, the new pace stays.
    const spacing = sql`case when spacing_ms = ${lease.spacingMs} then ${end.spacingMs} else spacing_ms end`
    await sql`update lanes set owner = null, next_at_ms = ${clock.nowMs()} + 1 + ${spacing},
        spacing_ms = ${spacing}, failures = ${end.failures}
        ${end.pauseMs === undefined ? sql`` : sql`, paused_until_ms = ${pausedUntil(end.pauseMs)}`}
        ${end.slowDown ? sql`, slow_down_at_ms = ${clock.nowMs()}` : sql``}
        ${end.moreInteractive ? sql`, interactive_at_ms = ${clock.nowMs()}` : sql``}
      where ${own(lease)}`.execute(trx)
  }

  async function recordResult(trx: Db, lease: Lease, end: LaneEnd): Promise<void> {
    if (lease.lane !== lease.endpoint) await ensureLane(trx, lease.appId, lease.endpoint, end.spacingMs)
    const { problem, stopEndpointMs } = end
    const at = clock.nowMs()
    await sql`update lanes set last_call_at_ms = ${at}
        ${stopEndpointMs === null ? sql`` : sql`, paused_until_ms = ${at} + ${stopEndpointMs}`}
        ${problem === null ? sql`, problem_code = null, problem_upstream_code = null, problem_since_ms = null` : sql``}
        ${problem ? sql`, problem_code = ${problem.code}, problem_upstream_code = ${problem.upstreamCode}` : sql``}
        ${problem ? sql`, problem_since_ms = coalesce(problem_since_ms, ${at})` : sql``}
      where app_id = ${lease.appId} and endpoint = ${lease.endpoint}`.execute(trx)
  }

  async function stamp(appId: string, lane: LaneName): Promise<void> {
    await sql`update lanes set interactive_at_ms = ${clock.nowMs()} where app_id = ${appId} and endpoint = ${lane}
      and (coalesce(interactive_at_ms, 0) < ${clock.nowMs()} - ${YIELD_MS / 4}
        or interactive_at_ms > ${clock.nowMs()})`.execute(db)
  }

  async function acquire(request: AcquireRequest): ReturnType<Lanes['acquire']> {
    const lease = await write(request.appId, (on) => acquireLease(on, clock, request))
    if (lease) return { kind: 'granted', lease }
    const refused = await explainRefusal(db, clock, request)
    if (refused === null) return await acquire(request)
    if (refused.kind === 'wait' && request.interactive) await stamp(request.appId, request.lane)
    return refused
  }

  return {
    acquire,
    stamp,
    states: (appId) => laneStates(db, clock, appId),
    clearProblems: (appId) => clearProblems(db, appId),

    async pace(appId, askedMs, baseMs) {
      const least = Math.max(askedMs ?? 0, baseMs)
      await db.transaction().execute(async (trx) => {
        await sql`update apps set spacing_ms = ${askedMs} where id = ${appId}`.execute(trx)
        await sql`update lanes set next_at_ms = next_at_ms - spacing_ms + ${least}, spacing_ms = ${least}
          where app_id = ${appId} and endpoint <> ${APART}`.execute(trx)
      })
    },

    async release(lease, end) {
      const twice = end.slowDown && lease.lane !== APART && (await slowedDownLately(lease.appId))
      const commit = async (trx: Db) => {
        await endLease(trx, lease, end)
        await recordResult(trx, lease, end)
        await countCall(trx, lease.appId, lease.endpoint, end)
      }
      await write(lease.appId, (on) => on.transaction().execute(commit))
      return twice
    },

    async giveBack(lease) {
      await sql`update lanes set owner = null, next_at_ms = ${clock.nowMs()} where ${own(lease)}`.execute(db)
    },
  }
}
