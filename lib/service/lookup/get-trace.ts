import 'server-only'
import type { Scoped } from '@/lib/access/authorize'
import { PushlensError } from '@/lib/contract/errors'
import type { ProblemNote } from '@/lib/contract/freshness'
import { INTERACTIVE_WAIT_MS } from '@/lib/contract/limits'
import { endpointOf } from '@/lib/contract/sources'
import type { TraceQuery, TraceReply } from '@/lib/contract/traces'
import { iso } from '@/lib/report/range/iso-time'
import { arrivalOf, isOpenEnd } from '@/lib/report/trace/user-attempts'
import type { Context } from '@/lib/service/context'
import { finalFreshness, freshnessOf, problemNote, problemOf, settle } from '@/lib/service/read/freshness'
import { readReporting } from '@/lib/service/read/read-receipts'
import { asReader } from '@/lib/service/read/reader'
import {
  isBeyondHorizon,
  isTraceDue,
  recordTraceLookup,
  refusalNote,
  refusalOf,
  requestTrace,
  sentAtOf,
} from '@/lib/service/read/request-trace'
import {
  findTrace,
  makeTraceKey,
  type StoredTrace,
  type TraceKey,
  tracesOfPerson,
} from '@/lib/service/read/stored-trace'
import { traceReport } from '@/lib/service/read/trace-report'
import type { AppRow } from '@/lib/store/people/apps'
import { bodyOf, pathOf } from '@/lib/timpush/request'

const MAX_TRACES_OF_PERSON = 20
/** An answer younger than this counts as live, although an earlier poll fetched it. */
const LIVE_S = 60

/**
 * Returns what became of one push, device by device: live within Tencent's seven days, else as an earlier look-up stored
 * it. Each look-up is recorded in the audit by a keyed hash.
 */
export async function getTrace(
  ctx: Context,
  { app, principal, query }: Scoped<TraceQuery>,
  waitMs: number = INTERACTIVE_WAIT_MS,
): Promise<TraceReply> {
  const key = makeTraceKey(ctx, query)
  const nowS = ctx.clock.dataS()
  await recordTraceLookup(ctx, { app, principal }, key)
  const before = await findTrace(ctx, app, key)
  const isDue = isTraceDue(before, nowS, sentAtOf(key)) && refusalOf(ctx, app, key) === null
  const tickets = isDue ? [requestTrace(asReader(ctx, principal), app, key, 'single')] : []
  const failures = await settle(tickets, waitMs)
  const trace = tickets.length > 0 ? await findTrace(ctx, app, key) : before
  const isAnswered = trace !== null && trace.fetchedAt !== before?.fetchedAt
  const complete = tickets.length === 0 || isAnswered
  const final = finalProblem(ctx, app, key, trace)
  const { reporting } = await readReporting(ctx, app, key.source)
  const report = traceReport(trace, { key, sdkAppId: app.sdkAppId, reporting, nowS })
  return {
    ...report,
    request: { path: pathOf(key.question.endpoint), body: bodyOf(key.question) },
    receivedAt: trace && isOpenEnd(report.verdict?.key) ? await lastArrivalAt(ctx, app, key, trace.devices) : null,
    origin: trace === null ? null : isAnswered || nowS - trace.fetchedAt < LIVE_S ? 'live' : 'archive',
    freshness: final
      ? finalFreshness(final)
      : freshnessOf({
          complete,
          held: trace !== null,
          tickets,
          problem: complete ? null : await problemOf(ctx, app.id, endpointOf(key.source, 'trace'), failures),
        }),
  }
}

/** Does the same for a query in an address. Browsers store the addresses of people, so those may name no user. */
export async function getTraceByAddress(ctx: Context, scoped: Scoped<TraceQuery>): Promise<TraceReply> {
  if (scoped.principal.kind === 'person' && scoped.query.userId !== undefined) {
    throw new PushlensError('method_not_allowed', 'people look users up by POST', 'userId')
  }
  return getTrace(ctx, scoped)
}

/** Returns why this answer never changes: Tencent refuses the IDs, or has deleted the trace. Null where it may change. */
function finalProblem(ctx: Context, app: AppRow, key: TraceKey, trace: StoredTrace | null): ProblemNote | null {
  const nowS = ctx.clock.dataS()
  const refusal = refusalOf(ctx, app, key)
  if (refusal) return refusalNote(refusal, key, nowS)
  const isEmpty = trace !== null && trace.devices.length === 0
  return isEmpty && isBeyondHorizon(key, nowS) ? problemNote('upstream_data_expired', null, null) : null
}

/** Returns when a stored campaign last arrived on one of these devices, as an ISO instant; null where none did. */
async function lastArrivalAt(ctx: Context, app: AppRow, { personHash }: TraceKey, devices: StoredTrace['devices']) {
  const instances = devices.map(({ instance }) => instance).filter((instance) => instance !== '')
  const traces = personHash === null ? [] : await tracesOfPerson(ctx, app, personHash, MAX_TRACES_OF_PERSON)
  const arrivals = traces.flatMap(
    (one) => arrivalOf(one.devices.filter(({ instance }) => instances.includes(instance))) ?? [],
  )
  return arrivals.length > 0 ? iso(Math.max(...arrivals)) : null
}
