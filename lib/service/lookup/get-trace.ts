import 'server-only'
import type { Scoped } from '@/lib/access/authorize'
import { DAY, HORIZON, INTERACTIVE_WAIT_MS } from '@/lib/contract/limits'
import { endpointOf } from '@/lib/contract/sources'
import type { TraceQuery, TraceReply } from '@/lib/contract/traces'
import type { Ticket } from '@/lib/gateway/gateway'
import { iso } from '@/lib/report/range/iso-time'
import { refreshDueAt } from '@/lib/report/range/windows'
import { arrivalOf, isOpenEnd } from '@/lib/report/trace/user-verdict'
import type { Context } from '@/lib/service/context'
import { freshnessOf, problemOf, settle } from '@/lib/service/read/freshness'
import type { AppRow } from '@/lib/store/people/apps'
import { bodyOf, pathOf } from '@/lib/timpush/request'
import { findTrace, type KeptTrace, keepTrace, keyOf, type TraceKey, tracesOf } from './kept-trace'
import { traceReport } from './trace-report'

/** A page that waits for its answer asks again and again: within this many seconds that is one look-up. */
const ONE_LOOKUP_S = 600
const MOST_OF_A_PERSON = 20

/**
 * How one push fared, device by device. Live inside Tencent's seven days, else what an earlier look-up kept. Every
 * look-up is audited by a keyed hash of what was looked up.
 */
export async function getTrace(
  ctx: Context,
  { app, principal, query }: Scoped<TraceQuery>,
  waitMs: number = INTERACTIVE_WAIT_MS,
): Promise<TraceReply> {
  const key = keyOf(ctx, query)
  const nowS = ctx.clock.dataS()
  await noteLookup(ctx, app, principal, key)
  const before = await findTrace(ctx, app, key)
  const tickets = isDue(before, nowS) ? [askTrace(ctx, app, key, 'single')] : []
  const failures = await settle(tickets, waitMs)
  const kept = tickets.length > 0 ? await findTrace(ctx, app, key) : before
  const answered = kept !== null && kept.fetchedAt !== before?.fetchedAt
  const complete = tickets.length === 0 || answered
  const history = await ctx.store.windows.reporting({ appId: app.id, source: key.source, since: nowS - 30 * DAY })
  const report = traceReport(kept, { key, sdkAppId: app.sdkAppId, history, nowS })
  return {
    ...report,
    request: { path: pathOf(key.question.endpoint), body: bodyOf(key.question) },
    receivedAt: kept && isOpenEnd(report.verdict?.key) ? await receivedBefore(ctx, app, key, kept.devices) : null,
    origin: kept === null ? null : answered || nowS - kept.fetchedAt < 60 ? 'live' : 'archive',
    freshness: freshnessOf({
      complete,
      held: kept !== null,
      tickets,
      problem: complete ? null : await problemOf(ctx, app.id, endpointOf(key.source, 'trace'), failures),
    }),
  }
}

/** When a campaign that is kept last arrived on one of these devices, as an ISO instant. */
async function receivedBefore(ctx: Context, app: AppRow, { personHash }: TraceKey, devices: KeptTrace['devices']) {
  const instances = devices.map(({ instance }) => instance).filter((instance) => instance !== '')
  const kept = personHash === null ? [] : await tracesOf(ctx, app, personHash, MOST_OF_A_PERSON)
  const arrivals = kept.flatMap(
    (one) => arrivalOf(one.devices.filter(({ instance }) => instances.includes(instance))) ?? [],
  )
  return arrivals.length > 0 ? iso(Math.max(...arrivals)) : null
}

/** Who looked up whom, once per look-up, by a keyed hash. */
export async function noteLookup(
  ctx: Context,
  app: AppRow,
  { kind, id }: Scoped<unknown>['principal'],
  key: TraceKey,
): Promise<void> {
  const note = {
    at: Math.floor(ctx.clock.wallMs() / 1_000),
    actor: `${kind}:${id}`,
    action: 'trace.lookup',
    appId: app.id,
    subjectHash: key.personHash ?? key.keyHash,
    detail: { source: key.source },
  }
  await ctx.store.audit.appendOnce(note, ONE_LOOKUP_S)
}

export function askTrace(ctx: Context, app: AppRow, key: TraceKey, priority: 'single' | 'bulk'): Ticket {
  return ctx.gateway.request({
    app: ctx.upstreamApp(app),
    question: key.question,
    priority,
    storeAnswer: (answer) => keepTrace(ctx, app, key, answer),
    satisfied: async () => !isDue(await findTrace(ctx, app, key), ctx.clock.dataS()),
  })
}

/**
 * A trace grows like a window: often at first, ever more rarely, and not at all once Tencent has forgotten it. `sentAt`
 * (epoch seconds) stands for the push where no device is recorded.
 */
export function isDue(kept: KeptTrace | null, nowS: number, sentAt: number | null = null): boolean {
  if (kept === null) return true
  const pushedAt = kept.devices.map((device) => device.pushedAt).find((at) => at !== null) ?? sentAt ?? kept.fetchedAt
  return nowS - pushedAt < HORIZON.trace && nowS > refreshDueAt(pushedAt, kept.fetchedAt)
}
