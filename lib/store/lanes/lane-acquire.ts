import 'server-only'
import { sql } from 'kysely'
import type { Db } from '@/lib/store/engine/open'
import type { LaneClock } from './lane-clock'
import {
  type AcquireRequest,
  APART,
  isElected,
  type Lease,
  MERGED,
  rivalRows,
  STOPS_ENDPOINT,
  YIELD_MS,
} from './lane-rows'

/**
 * Acquires the lane in one atomic statement, if it is free and spacing, pause, stop and yielding allow it. A lease
 * reserves the lane until it expires plus one spacing, so that a crashed owner still delays the next call.
 */
export async function acquireLease(db: Db, clock: LaneClock, request: AcquireRequest): Promise<Lease | null> {
  const nowMs = clock.nowMs()
  const least = sql`(select least_ms from open)`
  const spacing = sql`case when spacing_ms > ${least} then spacing_ms else ${least} end`
  const { rows } = await sql<{ spacing_ms: number; failures: number; least_ms: number }>`
    with open as (
      select ${leastOf(request)} as least_ms from apps where id = ${request.appId} and removed_at is null ${request.trial ? sql`` : sql`and stopped_code is null`}
        ${request.lane === APART ? sql`` : sql`and lanes_merged = ${request.lane === MERGED ? 1 : 0}`}
      ${clock.forShare}
    )
    update lanes set owner = ${request.owner}, started_at_ms = ${nowMs}, expires_at_ms = ${nowMs} + ${request.leaseMs},
      spacing_ms = ${spacing}, next_at_ms = ${nowMs} + ${request.leaseMs + 1} + ${spacing}
      ${stampOf(request, nowMs)}
    where app_id = ${request.appId} and endpoint = ${request.lane}
      and next_at_ms <= ${nowMs} ${request.trial ? sql`` : sql`and coalesce(paused_until_ms, 0) <= ${nowMs}`}
      ${yielding(request, nowMs)}
      and exists (select 1 from open)
      and not exists (
        select 1 from lanes o where o.app_id = ${request.appId} and ${rivalRows(request.lane)} and o.next_at_ms > ${nowMs})
      ${request.trial ? sql`` : notStopped(request, nowMs)}
      ${request.elected ? sql`and ${isElected(request.owner, nowMs)}` : sql``}
    returning spacing_ms, failures, ${least} as least_ms`.execute(db)
  const [row] = rows
  if (!row) return null
  const { appId, lane, endpoint, owner } = request
  return {
    appId,
    lane,
    endpoint,
    owner,
    spacingMs: row.spacing_ms,
    leastMs: row.least_ms,
    failures: row.failures,
  }
}

function notStopped(request: AcquireRequest, nowMs: NowMs) {
  return sql`and not exists (
    select 1 from lanes o where o.app_id = ${request.appId} and o.endpoint = ${request.endpoint}
      and o.problem_code = ${STOPS_ENDPOINT} and o.paused_until_ms > ${nowMs})`
}

/** The administrator's spacing if it is larger. The separate lane has its own limit. */
function leastOf({ lane, spacingMs }: AcquireRequest) {
  if (lane === APART) return sql<number>`cast(${spacingMs} as integer)`
  return sql<number>`cast(case when spacing_ms > ${spacingMs} then spacing_ms else ${spacingMs} end as integer)`
}

type NowMs = ReturnType<LaneClock['nowMs']>

/**
 * The last waiting interactive caller of this process clears the stamp. Another replica sets it again at its next poll.
 */
function stampOf(request: AcquireRequest, nowMs: NowMs) {
  if (!request.interactive) return sql``
  return request.moreInteractive ? sql`, interactive_at_ms = ${nowMs}` : sql`, interactive_at_ms = null`
}

/** A stamp in the future was made before the clock was set back. It is ignored. */
function yielding(request: AcquireRequest, nowMs: NowMs) {
  if (request.interactive) return sql``
  return sql`and (coalesce(interactive_at_ms, 0) <= ${nowMs} - ${YIELD_MS} or interactive_at_ms > ${nowMs} + ${YIELD_MS})`
}
