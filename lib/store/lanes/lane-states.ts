import 'server-only'
import type { Selectable } from 'kysely'
import type { UpstreamErrorCode } from '@/lib/contract/errors'
import type { Db } from '@/lib/store/engine/open'
import type { Database } from '@/lib/store/engine/schema'
import type { LaneClock } from './lane-clock'
import { type Problem, STOPS_ENDPOINT } from './lane-rows'

export type LaneRow = Selectable<Database['lanes']>

/** The state of an app's lanes at one moment of the lanes' clock. */
export interface LaneStates {
  nowMs: number
  merged: boolean
  /** The minimum spacing that an administrator set; 0 if none. */
  leastMs: number
  stopped: (Problem & { sinceMs: number; untilMs?: number }) | null
  rows: LaneRow[]
}

/** Returns null for an unknown or removed app. */
export async function laneStates(db: Db, clock: LaneClock, appId: string): Promise<LaneStates | null> {
  const app = await db
    .selectFrom('apps')
    .select([
      'lanes_merged',
      'spacing_ms',
      'stopped_code',
      'stopped_upstream_code',
      'stopped_at',
      'stopped_until',
      clock.nowMs().as('now_ms'),
    ])
    .where('id', '=', appId)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (!app) return null
  const rows = await db.selectFrom('lanes').selectAll().where('app_id', '=', appId).execute()
  const stopped = app.stopped_code === null ? null : problemFrom(app.stopped_code, app.stopped_upstream_code)
  return {
    nowMs: app.now_ms,
    merged: app.lanes_merged === 1,
    leastMs: app.spacing_ms ?? 0,
    stopped: stopped && {
      ...stopped,
      sinceMs: (app.stopped_at ?? 0) * 1000,
      ...(app.stopped_until === null ? {} : { untilMs: app.stopped_until * 1000 }),
    },
    rows,
  }
}

/** These columns are written from `Problem`s only. */
export function problemFrom(code: string, upstreamCode: number | null): Problem {
  return { code: code as UpstreamErrorCode, upstreamCode }
}

export function isStopped(row: LaneRow, nowMs: number): boolean {
  return row.problem_code === STOPS_ENDPOINT && (row.paused_until_ms ?? 0) > nowMs
}

/** Returns whether a call is in flight, in this process or another. */
export function isHeld(row: LaneRow, nowMs: number): boolean {
  return row.owner !== null && (row.expires_at_ms ?? 0) > nowMs
}

/** Clears the pauses, stops and problems of all lanes of the app. Spacing, and the gap to the last call, stay. */
export async function clearProblems(db: Db, appId: string): Promise<void> {
  const clean = {
    failures: 0,
    paused_until_ms: null,
    problem_code: null,
    problem_upstream_code: null,
    problem_since_ms: null,
  }
  await db.updateTable('lanes').set(clean).where('app_id', '=', appId).execute()
}
