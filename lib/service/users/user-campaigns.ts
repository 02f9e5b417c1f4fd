import 'server-only'
import { HORIZON } from '@/lib/contract/limits'
import type { Ticket } from '@/lib/gateway/gateway'
import { hintsOf } from '@/lib/report/ids/id-hints'
import { hasEnoughEvidence, type UserFacts } from '@/lib/report/trace/user-verdict'
import type { Context } from '@/lib/service/context'
import { askTrace, isDue } from '@/lib/service/lookup/get-trace'
import { keyOf, type PersonTrace, tracesOf } from '@/lib/service/lookup/kept-trace'
import { settle } from '@/lib/service/read/freshness'
import type { AppRow } from '@/lib/store/people/apps'
import type { UpstreamError } from '@/lib/timpush/errors'

/** So many of the newest are asked about for one user: at one call a second the sentence is there within five. */
const MOST_ASKED = 5
const MOST_KEPT = 20
const KNOWN = 50

export interface Campaign {
  taskId: string
  label: string
  /** Epoch seconds. */
  sentAt: number | null
  kept: PersonTrace | null
  /** Of the newest, still to be asked about. */
  due: boolean
  /** The call under way for it. */
  ticket: Ticket | null
}

export interface Walked {
  /** The newest first: those asked about, and whatever else is kept of this user. */
  campaigns: Campaign[]
  enough: boolean
  failures: UpstreamError[]
}

type Basis = Pick<UserFacts, 'delivery' | 'sdkAppId' | 'nowS'>

/**
 * The newest campaigns traced one after the other until enough is known, for at most `waitMs`; what is kept is not asked
 * again, so that the next call goes on where this one stopped. The first goes before other people's lists.
 */
export async function walkCampaigns(
  ctx: Context,
  subject: { app: AppRow; userId: string; personHash: string },
  basis: Basis,
  waitMs: number,
): Promise<Walked> {
  const { app, userId } = subject
  const untilMs = ctx.clock.wallMs() + waitMs
  const failures: UpstreamError[] = []
  const asked = new Set<string>()
  for (;;) {
    const campaigns = await campaignsOf(ctx, subject, basis.nowS)
    const enough = hasEnoughEvidence({ ...basis, traces: tracesIn(campaigns) })
    const next = campaigns.find(({ due, taskId }) => due && !asked.has(taskId))
    if (enough || !next || failures.some(endsAll)) return { campaigns, enough, failures }
    const first = asked.size === 0 && tracesIn(campaigns).length === 0
    const ticket = askTrace(ctx, app, keyOf(ctx, { taskId: next.taskId, userId }), first ? 'single' : 'bulk')
    const left = untilMs - ctx.clock.wallMs()
    asked.add(next.taskId)
    failures.push(...(left > 0 ? await settle([ticket], left) : []))
    if (ctx.clock.wallMs() >= untilMs) {
      const latest = await campaignsOf(ctx, subject, basis.nowS)
      const still = latest.map((one) => (one.taskId === next.taskId && one.due ? { ...one, ticket } : one))
      return { campaigns: still, enough: hasEnoughEvidence({ ...basis, traces: tracesIn(latest) }), failures }
    }
  }
}

/** A request refused for itself says nothing of the next one, but for a user Tencent does not know. */
function endsAll(error: UpstreamError): boolean {
  return error.kind !== 'bad_request' || error.code === 'upstream_unknown_user'
}

export function tracesIn(campaigns: Campaign[]): UserFacts['traces'] {
  return campaigns.flatMap(({ taskId, sentAt, kept }) => (kept ? [{ taskId, sentAt, devices: kept.devices }] : []))
}

async function campaignsOf(
  ctx: Context,
  { app, personHash }: { app: AppRow; personHash: string },
  nowS: number,
): Promise<Campaign[]> {
  const [known, kept] = await Promise.all([
    ctx.store.tasks.list(app.id, KNOWN),
    tracesOf(ctx, app, personHash, MOST_KEPT),
  ])
  const newest = known
    .map(({ taskId, label, sentAt, createdAt }) => ({
      taskId,
      label,
      sentAt: sentAt ?? hintsOf(taskId).sentAt,
      createdAt,
    }))
    .filter(({ sentAt, createdAt }) => isTraceable(sentAt ?? createdAt, nowS))
    .sort((a, b) => (b.sentAt ?? b.createdAt) - (a.sentAt ?? a.createdAt))
    .slice(0, MOST_ASKED)
  const asked = newest.map(({ taskId, label, sentAt }): Campaign => {
    const own = kept.find((one) => one.taskId === taskId) ?? null
    return { taskId, label, sentAt, kept: own, due: isDue(own, nowS, sentAt), ticket: null }
  })
  const others = kept
    .filter(({ taskId }) => newest.every((one) => one.taskId !== taskId))
    .map((own): Campaign => {
      const { taskId } = own
      const label = known.find((one) => one.taskId === taskId)?.label ?? ''
      return { taskId, label, sentAt: hintsOf(taskId).sentAt, kept: own, due: false, ticket: null }
    })
  return [...asked, ...others].sort((a, b) => (timeOf(b) ?? 0) - (timeOf(a) ?? 0))
}

function isTraceable(at: number, nowS: number): boolean {
  return at <= nowS && nowS - at < HORIZON.trace
}

export function timeOf({ sentAt, kept }: Campaign): number | null {
  return sentAt ?? kept?.devices.map(({ pushedAt }) => pushedAt).find((at) => at !== null) ?? null
}
