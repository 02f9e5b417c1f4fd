import 'server-only'
import type { Scoped } from '@/lib/access/authorize'
import { DAY, INTERACTIVE_WAIT_MS } from '@/lib/contract/limits'
import { endpointOf } from '@/lib/contract/sources'
import type { TraceQuery, TraceReply } from '@/lib/contract/traces'
import { askTrace, isDue } from './ask-trace'
import type { Context } from './context'
import { freshnessOf, problemOf, settle } from './freshness'
import { findTrace, keyOf } from './kept-trace'
import { traceReport } from './trace-report'

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
  const now = Math.floor(ctx.now() / 1_000)
  await ctx.store.audit.append({
    at: Math.floor(Date.now() / 1_000),
    actor: `${principal.kind}:${principal.id}`,
    action: 'trace.lookup',
    appId: app.id,
    subjectHash: key.personHash ?? key.keyHash,
    detail: { source: key.source },
  })
  const before = await findTrace(ctx, app, key)
  const tickets = isDue(before, now) ? [askTrace(ctx, app, key, 'single')] : []
  const failures = await settle(tickets, waitMs)
  const kept = tickets.length > 0 ? await findTrace(ctx, app, key) : before
  const answered = kept !== null && kept.fetchedAt !== before?.fetchedAt
  const complete = tickets.length === 0 || answered
  const history = await ctx.store.windows.reporting({ appId: app.id, source: key.source, since: now - 30 * DAY })
  return {
    ...traceReport(kept, { key, sdkAppId: app.sdkAppId, history, now }),
    origin: kept === null ? null : answered || now - kept.fetchedAt < 60 ? 'live' : 'archive',
    freshness: freshnessOf({
      complete,
      held: kept !== null,
      tickets,
      problem: complete ? null : await problemOf(ctx, app.id, endpointOf(key.source, 'trace'), failures),
    }),
  }
}
