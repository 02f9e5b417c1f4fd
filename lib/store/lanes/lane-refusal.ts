import 'server-only'
import { sql } from 'kysely'
import type { Db } from '@/lib/store/engine/open'
import type { LaneClock } from './lane-clock'
import {
  type AcquireRequest,
  APART,
  ENDPOINT_STOP_MS,
  ensureLane,
  isElected,
  MAX_SPACING_MS,
  MERGED,
  type Refused,
  rivalsOf,
  STOPS_ENDPOINT,
  YIELD_MS,
} from './lane-rows'
import { isHeld, isStopped, type LaneRow, problemFrom } from './lane-states'

/** Returns why `acquireLease` returned null. Returns null if the lane had no row; the row now exists. */
export async function explainRefusal(db: Db, clock: LaneClock, request: AcquireRequest): Promise<Refused | null> {
  const app = await db.selectFrom('apps').selectAll().where('id', '=', request.appId).executeTakeFirst()
  if (!app || app.removed_at !== null) return { kind: 'gone' }
  if (app.stopped_code !== null && !request.trial) {
    return { kind: 'stopped', whole: true, problem: problemFrom(app.stopped_code, app.stopped_upstream_code) }
  }
  if (request.elected && !(await holdsLease(db, clock, request.owner))) return { kind: 'deposed' }
  const merged = app.lanes_merged === 1
  if (request.lane !== APART && merged !== (request.lane === MERGED)) return { kind: 'moved', merged }

  const lanes = await db
    .selectFrom('lanes')
    .selectAll()
    .select(clock.nowMs().as('now_ms'))
    .where('app_id', '=', request.appId)
    .execute()
  const lane = lanes.find((row) => row.endpoint === request.lane)
  if (!lane) {
    await ensureLane(db, request.appId, request.lane, request.spacingMs)
    return null
  }
  const nowMs = lane.now_ms
  const stop = !request.trial && lanes.find((row) => row.endpoint === request.endpoint && isStopped(row, nowMs))
  if (stop) {
    return { kind: 'stopped', whole: false, problem: problemFrom(STOPS_ENDPOINT, stop.problem_upstream_code) }
  }
  const paced = { ...request, spacingMs: Math.max(request.spacingMs, app.spacing_ms ?? 0) }
  if (lanes.some((row) => isBeyondReason(row, nowMs, paced))) await afterClockSetBack(db, clock, paced)
  return waitOf(
    lane,
    lanes.filter((row) => rivalsOf(request.lane)(row.endpoint)),
    nowMs,
    request,
  )
}

async function holdsLease(db: Db, clock: LaneClock, owner: string): Promise<boolean> {
  const { rows } = await sql`select 1 where ${isElected(owner, clock.nowMs())}`.execute(db)
  return rows.length > 0
}

function waitOf(lane: LaneRow, rivals: LaneRow[], nowMs: number, request: AcquireRequest): Refused {
  const yielded = request.interactive ? 0 : (lane.interactive_at_ms ?? 0) + YIELD_MS
  const at = Math.max(
    lane.next_at_ms,
    request.trial ? 0 : (lane.paused_until_ms ?? 0),
    yielded,
    ...rivals.map((row) => row.next_at_ms),
  )
  const held = [lane, ...rivals].some((row) => isHeld(row, nowMs))
  return { kind: 'wait', ms: Math.max(0, at - nowMs), held, startedAtMs: lane.started_at_ms }
}

function isBeyondReason(row: LaneRow, nowMs: number, request: AcquireRequest): boolean {
  return row.next_at_ms > nowMs + furthest(request) || (row.paused_until_ms ?? 0) > nowMs + ENDPOINT_STOP_MS + 1
}

const furthest = (request: AcquireRequest) => request.leaseMs + Math.max(MAX_SPACING_MS, request.spacingMs) + 1

/**
 * No rule reserves a lane so far ahead, so the clock was set back. Waits one lease and one spacing from now instead.
 */
async function afterClockSetBack(db: Db, clock: LaneClock, request: AcquireRequest): Promise<void> {
  const nowMs = clock.nowMs()
  await sql`update lanes set expires_at_ms = ${nowMs} + ${request.leaseMs}, next_at_ms = ${nowMs} + ${request.leaseMs + 1} + spacing_ms
    where app_id = ${request.appId} and next_at_ms > ${nowMs} + ${furthest(request)}`.execute(db)
  await sql`update lanes set paused_until_ms = ${nowMs}
    where app_id = ${request.appId} and paused_until_ms > ${nowMs} + ${ENDPOINT_STOP_MS + 1}`.execute(db)
}
