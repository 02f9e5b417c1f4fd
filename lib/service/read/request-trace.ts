import 'server-only'
import { recordLookup } from '@/lib/access/audit'
import type { Scoped } from '@/lib/access/authorize'
import { HORIZON } from '@/lib/contract/limits'
import type { Ticket } from '@/lib/gateway/gateway'
import { refreshDueAt } from '@/lib/report/range/windows'
import type { Context } from '@/lib/service/context'
import type { AppRow } from '@/lib/store/people/apps'
import { findTrace, type StoredTrace, storeTrace, type TraceKey } from './stored-trace'

/** Requests a trace from Tencent and stores the answer. The request is dropped if somebody else's answer came first. */
export function requestTrace(ctx: Context, app: AppRow, key: TraceKey, priority: 'single' | 'bulk'): Ticket {
  return ctx.gateway.request({
    app: ctx.upstreamApp(app),
    question: key.question,
    priority,
    storeAnswer: (answer) => storeTrace(ctx, app, key, answer),
    satisfied: async () => !isTraceDue(await findTrace(ctx, app, key), ctx.clock.dataS()),
  })
}

/**
 * Returns whether a trace should be requested. A trace grows like a window: often at first, then ever more rarely, and no
 * longer once Tencent has forgotten it. `sentAt` (epoch seconds) is the time of the push where no device is recorded.
 */
export function isTraceDue(trace: StoredTrace | null, nowS: number, sentAt: number | null = null): boolean {
  if (trace === null) return true
  const pushedAt = trace.devices.map((device) => device.pushedAt).find((at) => at !== null) ?? sentAt ?? trace.fetchedAt
  return nowS - pushedAt < HORIZON.trace && nowS > refreshDueAt(pushedAt, trace.fetchedAt)
}

/** Records the look-up in the audit, by a keyed hash of the person, or of the push where no person is named. */
export function recordTraceLookup(
  ctx: Context,
  scoped: Pick<Scoped<unknown>, 'app' | 'principal'>,
  key: TraceKey,
): Promise<void> {
  return recordLookup(ctx, scoped, 'trace.lookup', key.personHash ?? key.keyHash, { source: key.source })
}
