import 'server-only'
import { HORIZON } from '@/lib/contract/limits'
import type { Priority, Ticket } from '@/lib/gateway/gateway'
import { refreshDueAt } from '@/lib/report/windows'
import type { AppRow } from '@/lib/store/apps'
import type { Context } from './context'
import { findTrace, type KeptTrace, keepTrace, type TraceKey } from './kept-trace'

/** Asks for one trace and keeps the answer; no call is made where it is held after all by the time its turn comes. */
export function askTrace(ctx: Context, app: AppRow, key: TraceKey, priority: Priority): Ticket {
  return ctx.gateway.ask({
    app: ctx.upstreamApp(app),
    question: key.question,
    priority,
    keep: (answer) => keepTrace(ctx, app, key, answer),
    satisfied: async () => !isDue(await findTrace(ctx, app, key), Math.floor(ctx.now() / 1_000)),
  })
}

/**
 * A trace grows like a window: often at first, ever more rarely, and not at all once Tencent has forgotten it. `sentAt`
 * (epoch seconds) stands for the push where no device is recorded.
 */
export function isDue(kept: KeptTrace | null, now: number, sentAt: number | null = null): boolean {
  if (kept === null) return true
  const pushedAt = kept.devices.map((device) => device.pushedAt).find((at) => at !== null) ?? sentAt ?? kept.fetchedAt
  return now - pushedAt < HORIZON.trace && now > refreshDueAt(pushedAt, kept.fetchedAt)
}
