import 'server-only'
import { recordLookup } from '@/lib/access/audit'
import type { Scoped } from '@/lib/access/authorize'
import { PushlensError } from '@/lib/contract/errors'
import { INTERACTIVE_WAIT_MS } from '@/lib/contract/limits'
import type { UserCampaign, UserQuery, UserReply } from '@/lib/contract/users'
import { hintsOf } from '@/lib/report/ids/id-hints'
import { iso } from '@/lib/report/range/iso-time'
import { sinceOf } from '@/lib/report/range/since'
import { withCertificates } from '@/lib/report/trace/delivery-of'
import { fillSentence, fillVerdict } from '@/lib/report/trace/fill-verdict'
import { deviceReport } from '@/lib/report/trace/timeline'
import { judgedTraces, newestAttempts, vendorsOf } from '@/lib/report/trace/user-attempts'
import { type UserFacts, userVerdict } from '@/lib/report/trace/user-verdict'
import { verdictOf } from '@/lib/report/trace/verdict'
import type { Context } from '@/lib/service/context'
import { finalFreshness, freshnessOf, isUnderWay, problemNote, problemOf } from '@/lib/service/read/freshness'
import { asReader } from '@/lib/service/read/reader'
import { openAddress, sealAddress } from '@/lib/service/read/sealed-address'
import type { AppRow } from '@/lib/store/people/apps'
import verdicts from '@/messages/en/verdicts.json'
import { vendorMessages } from '@/messages/vendors'
import { requestPresence } from './presence'
import {
  type Campaign,
  campaignTime,
  type TracedCampaigns,
  traceCampaigns,
  tracesIn,
  unknownUserIn,
} from './user-campaigns'
import { type ReadHealth, readHealth } from './user-health'

const WORDS = { verdicts, vendors: vendorMessages('en') }

/**
 * Returns whether a user can receive pushes, and why not: the state of the account, the newest campaigns traced one by one,
 * and how the vendors deliver to everybody since a time. Continues where the previous call stopped, for at most `waitMs`.
 * Throws `not_found` for a reference that does not open, and `bad_range` for an impossible time.
 */
export async function getUser(
  ctx: Context,
  scoped: Scoped<UserQuery>,
  waitMs: number = INTERACTIVE_WAIT_MS,
): Promise<UserReply> {
  const { app, query } = scoped
  const userId = query.userId ?? openAddress(ctx, app, 'user', query.ref ?? '')
  if (userId === null) throw new PushlensError('not_found', 'the reference to the user does not open', 'ref')
  const [nowS, begunMs] = [ctx.clock.dataS(), ctx.clock.wallMs()]
  const since = sinceOf(query.since, app.utcOffsetMin, nowS)
  const personHash = ctx.vault.hash('person', userId)
  await recordLookup(ctx, scoped, 'user.lookup', personHash)
  const reader = asReader(ctx, scoped.principal)
  const presence = requestPresence(reader, app, userId, personHash)
  const health = await readHealth(ctx, app, since)
  const basis = { delivery: health.delivery, sdkAppId: app.sdkAppId, nowS }
  const traced = await traceCampaigns(reader, { app, userId, personHash }, basis, waitMs)
  const found = await presence.after(Math.max(0, begunMs + waitMs - ctx.clock.wallMs()))
  const unknown = unknownUserIn(traced.campaigns)
  const state = unknown && found.state !== 'online' ? 'no_such_user' : found.state
  const over = traced.enough || state === 'no_such_user'
  const asking = over ? 0 : traced.campaigns.filter(({ due }) => due).length
  const facts: UserFacts = {
    ...basis,
    presence: state,
    traces: tracesIn(traced.campaigns),
    asking,
    unchecked: traced.campaigns.filter(({ trace }) => trace === null).length - asking,
    health: health.vendors,
  }
  const verdict = userVerdict(facts)
  const freshness =
    state === 'no_such_user'
      ? finalFreshness(problemNote('upstream_unknown_user', unknown?.upstreamCode ?? null, null))
      : await freshnessFor(ctx, app, { traced, over, asking: state === 'asking' })
  return {
    ref: query.ref ?? sealAddress(ctx, app, 'user', userId),
    userId,
    asOf: iso(nowS),
    verdict: {
      ...fillVerdict(WORDS, verdict),
      tried: fillVerdict(WORDS, { ...verdict, evidence: verdict.tried }).evidence,
    },
    presence: {
      state: state ?? 'unread',
      blocked: verdict.blocked && fillSentence(WORDS, verdict.blocked),
      platforms: found.platforms,
      asOf: found.atS === null ? null : iso(found.atS),
    },
    campaigns: campaignReplies(traced.campaigns, facts, { over, isFailing: freshness.problem !== null }),
    health: healthReply(health, since, facts),
    freshness,
  }
}

function campaignReplies(
  campaigns: Campaign[],
  { delivery: byVendor, traces, sdkAppId, nowS }: UserFacts,
  { over, isFailing }: { over: boolean; isFailing: boolean },
): UserCampaign[] {
  const delivery = withCertificates(
    byVendor,
    traces.flatMap(({ devices }) => devices),
  )
  return campaigns.map((campaign): UserCampaign => {
    const { taskId, label, trace, due, ticket } = campaign
    const about = { source: 'task', hints: hintsOf(taskId), sdkAppId, nowS } as const
    const hasDevices = trace !== null && trace.devices.length > 0
    const at = campaignTime(campaign)
    return {
      taskId,
      label,
      sentAt: at === null ? null : iso(at),
      state: hasDevices ? 'traced' : trace && (over || !due) ? 'nothing' : openState(campaign, { over, isFailing }),
      place: ticket?.place() ?? null,
      etaMs: ticket?.etaMs() ?? null,
      verdict: hasDevices ? fillVerdict(WORDS, verdictOf(trace.devices, delivery, about)) : null,
      devices: trace?.devices.map((device) => deviceReport(device, delivery)) ?? [],
      asOf: trace ? iso(trace.fetchedAt) : null,
    }
  })
}

/** Returns why a campaign has no answer: refused, not needed, under way, in vain, or after the others. */
function openState(
  { refusal, ticket }: Campaign,
  { over, isFailing }: { over: boolean; isFailing: boolean },
): UserCampaign['state'] {
  if (refusal) return refusal.code === 'upstream_unknown_user' ? 'nothing' : 'refused'
  if (over) return 'spared'
  if (isFailing && !(ticket && isUnderWay(ticket))) return 'failed'
  return ticket ? 'asking' : 'next'
}

function healthReply(
  { vendors: all, held, expected }: ReadHealth,
  since: number,
  facts: UserFacts,
): UserReply['health'] {
  const hers = vendorsOf(newestAttempts(judgedTraces(facts)))
  const rows = all.map(({ fell, ...one }) => ({
    ...one,
    fell: fell && { ...fell, from: iso(fell.from), to: fell.to === null ? null : iso(fell.to) },
    own: hers.includes(one.vendor),
  }))
  const rank = ({ vendor, own }: (typeof rows)[number]) => (own ? hers.indexOf(vendor) : hers.length)
  return { since: iso(since), held, expected, vendors: rows.sort((a, b) => rank(a) - rank(b)) }
}

async function freshnessFor(
  ctx: Context,
  app: AppRow,
  { traced, over, asking }: { traced: TracedCampaigns; over: boolean; asking: boolean },
) {
  const { campaigns, failures } = traced
  const due = !over && campaigns.some((one) => one.due)
  const complete = !asking && !due
  return freshnessOf({
    complete,
    held: campaigns.some(({ trace }) => trace !== null),
    tickets: campaigns.flatMap(({ ticket }) => ticket ?? []),
    problem: complete || !due ? null : await problemOf(ctx, app.id, 'all_member_push_trace', failures),
  })
}
