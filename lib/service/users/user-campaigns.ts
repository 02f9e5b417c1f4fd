import 'server-only'
import { HORIZON } from '@/lib/contract/limits'
import type { Ticket } from '@/lib/gateway/gateway'
import { hintsOf } from '@/lib/report/ids/id-hints'
import { hasEnoughEvidence, type TraceFacts } from '@/lib/report/trace/user-attempts'
import type { Context } from '@/lib/service/context'
import { settle } from '@/lib/service/read/freshness'
import type { ReaderContext } from '@/lib/service/read/reader'
import { isTraceDue, refusalOf, requestTrace } from '@/lib/service/read/request-trace'
import { makeTraceKey, type PersonTrace, tracesOfPerson } from '@/lib/service/read/stored-trace'
import type { AppRow } from '@/lib/store/people/apps'
import { isRefusal, type UpstreamError } from '@/lib/timpush/errors'

/** At one call per second, the verdict is there within five seconds. */
const MAX_REQUESTED = 5
const MAX_STORED = 20
const MAX_REGISTERED = 50

export interface Campaign {
  taskId: string
  label: string
  /** Epoch seconds. */
  sentAt: number | null
  trace: PersonTrace | null
  /** One of the newest, and its trace should be requested. */
  due: boolean
  /** How Tencent refused this user's trace. It is not due then: asking again changes nothing. */
  refusal: UpstreamError | null
  /** The call that has not ended yet. */
  ticket: Ticket | null
}

export interface TracedCampaigns {
  /** The newest first: those that were requested, then what else is stored of this user. */
  campaigns: Campaign[]
  /** No further campaign would change the verdict. */
  enough: boolean
  /** What went wrong with the calls that ended, refusals included. */
  failures: UpstreamError[]
}

type VerdictBasis = Omit<TraceFacts, 'traces'>

/**
 * Traces the newest campaigns one after the other until the verdict is certain, for at most `waitMs`. A stored trace is not
 * requested again, so the next call continues here. The first request goes before bulk look-ups.
 */
export async function traceCampaigns(
  ctx: ReaderContext<Context>,
  subject: { app: AppRow; userId: string; personHash: string },
  basis: VerdictBasis,
  waitMs: number,
): Promise<TracedCampaigns> {
  const { app, userId } = subject
  const untilMs = ctx.clock.wallMs() + waitMs
  const failures: UpstreamError[] = []
  const requested = new Set<string>()
  for (;;) {
    const campaigns = await campaignsOf(ctx, subject, basis.nowS)
    const enough = hasEnoughEvidence({ ...basis, traces: tracesIn(campaigns) })
    const next = campaigns.find(({ due, taskId }) => due && !requested.has(taskId))
    if (enough || !next || unknownUserIn(campaigns) || !failures.every(isRefusal)) {
      return { campaigns, enough, failures }
    }
    const first = requested.size === 0 && tracesIn(campaigns).length === 0
    const ticket = requestTrace(ctx, app, makeTraceKey(ctx, { taskId: next.taskId, userId }), first ? 'single' : 'bulk')
    const left = untilMs - ctx.clock.wallMs()
    requested.add(next.taskId)
    failures.push(...(left > 0 ? await settle([ticket], left) : []))
    if (ctx.clock.wallMs() >= untilMs) {
      const latest = await campaignsOf(ctx, subject, basis.nowS)
      const still = latest.map((one) => (one.taskId === next.taskId && one.due ? { ...one, ticket } : one))
      return { campaigns: still, enough: hasEnoughEvidence({ ...basis, traces: tracesIn(latest) }), failures }
    }
  }
}

/** Returns Tencent's answer that it does not know this user; null where it did not say so. */
export function unknownUserIn(campaigns: Campaign[]): UpstreamError | null {
  const refusals = campaigns.flatMap(({ refusal }) => refusal ?? [])
  return refusals.find(({ code }) => code === 'upstream_unknown_user') ?? null
}

/** Returns the stored traces as the verdict needs them. */
export function tracesIn(campaigns: Campaign[]): TraceFacts['traces'] {
  return campaigns.flatMap(({ taskId, sentAt, trace }) => (trace ? [{ taskId, sentAt, devices: trace.devices }] : []))
}

async function campaignsOf(
  ctx: Context,
  { app, userId, personHash }: { app: AppRow; userId: string; personHash: string },
  nowS: number,
): Promise<Campaign[]> {
  const [registered, stored] = await Promise.all([
    ctx.store.tasks.list(app.id, MAX_REGISTERED),
    tracesOfPerson(ctx, app, personHash, MAX_STORED),
  ])
  const newest = registered
    .map(({ taskId, label, sentAt, createdAt }) => ({
      taskId,
      label,
      sentAt: sentAt ?? hintsOf(taskId).sentAt,
      createdAt,
    }))
    .filter(({ sentAt, createdAt }) => isTraceable(sentAt ?? createdAt, nowS))
    .sort((a, b) => (b.sentAt ?? b.createdAt) - (a.sentAt ?? a.createdAt))
    .slice(0, MAX_REQUESTED)
  const candidates = newest.map(({ taskId, label, sentAt }): Campaign => {
    const trace = stored.find((one) => one.taskId === taskId) ?? null
    const refusal = refusalOf(ctx, app, makeTraceKey(ctx, { taskId, userId }))
    const due = refusal === null && isTraceDue(trace, nowS, sentAt)
    return { taskId, label, sentAt, trace, due, refusal, ticket: null }
  })
  const others = stored
    .filter(({ taskId }) => newest.every((one) => one.taskId !== taskId))
    .map((trace): Campaign => {
      const { taskId } = trace
      const label = registered.find((one) => one.taskId === taskId)?.label ?? ''
      return { taskId, label, sentAt: hintsOf(taskId).sentAt, trace, due: false, refusal: null, ticket: null }
    })
  return [...candidates, ...others].sort((a, b) => (campaignTime(b) ?? 0) - (campaignTime(a) ?? 0))
}

function isTraceable(at: number, nowS: number): boolean {
  return at <= nowS && nowS - at < HORIZON.trace
}

/** Returns when the campaign was sent (epoch seconds), from its device records if need be; null where unknown. */
export function campaignTime({ sentAt, trace }: Campaign): number | null {
  return sentAt ?? trace?.devices.map(({ pushedAt }) => pushedAt).find((at) => at !== null) ?? null
}
