import 'server-only'
import { recordLookup } from '@/lib/access/audit'
import type { Scoped } from '@/lib/access/authorize'
import type { ProblemNote } from '@/lib/contract/freshness'
import { HORIZON } from '@/lib/contract/limits'
import type { Ticket } from '@/lib/gateway/gateway'
import { hintsOf } from '@/lib/report/ids/id-hints'
import { refreshDueAt } from '@/lib/report/range/windows'
import type { Context } from '@/lib/service/context'
import type { AppRow } from '@/lib/store/people/apps'
import { isRefusal, type UpstreamError } from '@/lib/timpush/errors'
import { problemNote } from './freshness'
import type { ReaderContext } from './reader'
import { findTrace, type StoredTrace, storeTrace, type TraceKey } from './stored-trace'

/**
 * Requests a trace from Tencent and stores the answer. The request is dropped if somebody else's answer came first. A
 * refusal is remembered for `refusalOf`.
 */
export function requestTrace(
  ctx: ReaderContext<Context>,
  app: AppRow,
  key: TraceKey,
  priority: 'single' | 'bulk',
): Ticket {
  const ticket = ctx.gateway.request({
    app: ctx.upstreamApp(app),
    question: key.question,
    priority,
    waiter: ctx.waiter,
    storeAnswer: (answer) => storeTrace(ctx, app, key, answer),
    satisfied: async () => !isTraceDue(await findTrace(ctx, app, key), ctx.clock.dataS(), sentAtOf(key)),
  })
  ticket.done.catch((error: unknown) => {
    if (isRefusal(error)) ctx.caches.refusedTraces.set(refusalKey(app, key), error)
  })
  return ticket
}

const refusalKey = (app: AppRow, { keyHash }: TraceKey): string => `${app.id} ${keyHash}`

/** Returns how Tencent refused this look-up in the last minutes; null where it did not. It is not requested again. */
export function refusalOf(ctx: Context, app: AppRow, key: TraceKey): UpstreamError | null {
  return ctx.caches.refusedTraces.get(refusalKey(app, key)) ?? null
}

/** Says why a look-up was refused. A push beyond the horizon is refused for its age, whatever number Tencent gives. */
export function refusalNote(refusal: UpstreamError, key: TraceKey, nowS: number): ProblemNote {
  const isForAge = refusal.code === 'upstream_bad_request' && isBeyondHorizon(key, nowS)
  return problemNote(isForAge ? 'upstream_data_expired' : refusal.code, refusal.upstreamCode, null)
}

/** Returns when the push was sent (epoch seconds), according to its ID; null where the ID does not say. */
export function sentAtOf({ question }: TraceKey): number | null {
  if ('pushId' in question) return hintsOf(question.pushId).sentAt
  return 'taskId' in question ? hintsOf(question.taskId).sentAt : null
}

/** Returns whether Tencent has deleted the trace, according to the time in the ID. */
export function isBeyondHorizon(key: TraceKey, nowS: number): boolean {
  const sentAt = sentAtOf(key)
  return sentAt !== null && nowS - sentAt >= HORIZON.trace
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
