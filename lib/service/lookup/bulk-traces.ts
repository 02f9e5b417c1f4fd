import 'server-only'
import { z } from 'zod'
import type { Scoped } from '@/lib/access/authorize'
import type { BulkReply, BulkRow, bulkQuery } from '@/lib/contract/bulk'
import { PushlensError } from '@/lib/contract/errors'
import { DAY, INTERACTIVE_WAIT_MS } from '@/lib/contract/limits'
import { lookupHref } from '@/lib/contract/links'
import { endpointOf, type Source } from '@/lib/contract/sources'
import { type TraceQuery, traceQuery } from '@/lib/contract/traces'
import type { Reporting } from '@/lib/report/funnel/reporting'
import { candidateOf } from '@/lib/report/paste/recognise'
import { iso } from '@/lib/report/range/iso-time'
import type { Context } from '@/lib/service/context'
import { problemOf, settle } from '@/lib/service/read/freshness'
import { readReporting } from '@/lib/service/read/read-receipts'
import { asReader } from '@/lib/service/read/reader'
import { recordTraceLookup, refusalNote, refusalOf, requestTrace } from '@/lib/service/read/request-trace'
import { openAddress } from '@/lib/service/read/sealed-address'
import { onlyCandidate, recognitionContext, sealLookup } from '@/lib/service/read/sealed-lookup'
import { findTrace, makeTraceKey, type TraceKey } from '@/lib/service/read/stored-trace'
import { traceReport } from '@/lib/service/read/trace-report'
import type { AppRow } from '@/lib/store/people/apps'
import { isRefusal } from '@/lib/timpush/errors'

/** Few requests wait at a time, so that a list can be stopped and two people's lists share the lane. */
const MAX_WAITING = 4
const CALL_MS = 300

type Query = z.output<typeof bulkQuery>
interface Line {
  query: TraceQuery
  key: TraceKey
  row: BulkRow
}

/**
 * Returns many look-ups with what is stored of them. Requests the first few of the others, behind single look-ups; the
 * caller asks again for those that still wait. Each look-up is recorded in the audit once.
 */
export async function bulkTraces(
  ctx: Context,
  { app, principal, query }: Scoped<Query>,
  waitMs: number = INTERACTIVE_WAIT_MS,
): Promise<BulkReply> {
  const { items, leftOut } = itemsOf(ctx, app, query)
  const reportingOf = reportingBySource(ctx, app)
  const readLine = (item: TraceQuery) => lineOf(ctx, app, item, { anyway: query.anyway, reportingOf })
  const lines = await Promise.all(items.map(readLine))
  const requested = query.ask ? lines.filter(({ row }) => row.state === 'waiting').slice(0, MAX_WAITING) : []
  const recorded = lines.filter((line) => line.row.state === 'done' || requested.includes(line))
  for (const { key } of recorded) await recordTraceLookup(ctx, { app, principal }, key)
  const reader = asReader(ctx, principal)
  const tickets = requested.map(({ key }) => requestTrace(reader, app, key, 'bulk'))
  const failures = await settle(tickets, waitMs)
  const rows = await Promise.all(
    lines.map(async (line) => (requested.includes(line) ? (await readLine(line.query)).row : line.row)),
  )
  const waiting = rows.filter(({ state }) => state === 'waiting').length
  const [first] = requested
  const laneFailures = failures.filter((failure) => !isRefusal(failure))
  return {
    rows,
    leftOut,
    place: tickets.map((ticket) => ticket.place()).find((place) => place !== null) ?? null,
    etaMs: waiting === 0 ? null : await etaOf(ctx, app, tickets, waiting),
    problem: first && waiting > 0 ? await problemOf(ctx, app.id, first.key.question.endpoint, laneFailures) : null,
  }
}

function itemsOf(ctx: Context, app: AppRow, { list, items }: Query): { items: TraceQuery[]; leftOut: number } {
  if (items) return { items, leftOut: 0 }
  const json = openAddress(ctx, app, 'list', list ?? '')
  if (json === null) throw new PushlensError('bad_request', 'the list does not open here', 'list')
  return z.object({ items: z.array(traceQuery), leftOut: z.number().int() }).parse(JSON.parse(json))
}

type ReportingBySource = (source: Source) => Promise<Reporting>

/** Returns which vendors report deliveries; reads that once for the whole list. */
function reportingBySource(ctx: Context, app: AppRow): ReportingBySource {
  const started = new Map<Source, Promise<Reporting>>()
  return (source) => {
    const found = started.get(source) ?? readReporting(ctx, app, source).then(({ reporting }) => reporting)
    started.set(source, found)
    return found
  }
}

/** Returns one look-up of the list with its current state. */
async function lineOf(
  ctx: Context,
  app: AppRow,
  query: TraceQuery,
  { anyway, reportingOf }: { anyway: boolean; reportingOf: ReportingBySource },
): Promise<Line> {
  const { pushId = null, taskId = null, userId = null } = query
  const nowS = ctx.clock.dataS()
  const key = makeTraceKey(ctx, query)
  const trace = await findTrace(ctx, app, key)
  const kind = pushId === null ? 'task_user' : 'push'
  const one = candidateOf(kind, { pushId, taskId, userId }, recognitionContext(ctx, app))
  const refusal = trace === null ? refusalOf(ctx, app, key) : null
  const about = { key, sdkAppId: app.sdkAppId, reporting: await reportingOf(key.source), nowS }
  const { verdict, devices, asOf } = traceReport(trace, about)
  const isHeldBack = one.objections.length > 0 && !anyway
  return {
    query,
    key,
    row: {
      item: pushId === null ? { taskId: taskId ?? '', userId: userId ?? '' } : { pushId },
      state: trace ? 'done' : refusal ? 'refused' : isHeldBack ? 'held_back' : 'waiting',
      verdict,
      devices: devices.length,
      sentAt: one.sentAt === null ? null : iso(one.sentAt),
      days: one.sentAt === null ? null : Math.floor((nowS - one.sentAt) / DAY),
      sdkAppId: one.sdkAppId,
      asOf,
      objections: trace ? [] : one.objections,
      problem: refusal ? refusalNote(refusal, key, nowS) : null,
      href: lookupHref(app.id, sealLookup(ctx, app, onlyCandidate(one))),
    },
  }
}

/** Estimates when the list is complete: the last request in the queue, then one call for each of the others. */
async function etaOf(
  ctx: Context,
  app: AppRow,
  tickets: { etaMs(): number | null }[],
  waiting: number,
): Promise<number> {
  const lanes = await ctx.gateway.lanes(app.id)
  const spacing = lanes.find(({ endpoint }) => endpoint === endpointOf('task', 'trace'))?.spacingMs ?? 1_000
  const etas = tickets.map((ticket) => ticket.etaMs()).filter((eta) => eta !== null)
  return Math.round(Math.max(0, ...etas) + Math.max(0, waiting - etas.length) * (spacing + CALL_MS))
}
