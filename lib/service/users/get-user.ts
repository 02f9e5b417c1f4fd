import 'server-only'
import type { Scoped } from '@/lib/access/authorize'
import { PushlensError } from '@/lib/contract/errors'
import { INTERACTIVE_WAIT_MS } from '@/lib/contract/limits'
import type { UserCampaign, UserQuery, UserReply } from '@/lib/contract/users'
import { hintsOf } from '@/lib/report/ids/id-hints'
import { iso } from '@/lib/report/range/iso-time'
import { sinceOf } from '@/lib/report/range/since'
import { fillVerdict } from '@/lib/report/trace/fill-verdict'
import { deviceReport } from '@/lib/report/trace/timeline'
import { type UserFacts, userVerdict } from '@/lib/report/trace/user-verdict'
import { verdictOf } from '@/lib/report/trace/verdict'
import type { Context } from '@/lib/service/context'
import { freshnessOf, problemOf } from '@/lib/service/read/freshness'
import { openAddress, sealAddress } from '@/lib/service/read/sealed-address'
import type { AppRow } from '@/lib/store/people/apps'
import vendors from '@/messages/en/vendors.json'
import verdicts from '@/messages/en/verdicts.json'
import { askPresence } from './presence'
import { type Campaign, timeOf, tracesIn, type Walked, walkCampaigns } from './user-campaigns'
import { type ReadHealth, readHealth } from './user-health'

const WORDS = { verdicts, vendors }
/** A page that waits for its turn asks again and again: within this many seconds that is one look-up. */
const ONE_LOOKUP_S = 600

/**
 * Can this user be reached, and why not: her account's state, her newest campaigns traced one by one, how her vendor
 * fares for everybody since a time, and what is kept of her. Goes on where the call before stopped; never waits for more
 * than `waitMs`. Throws `not_found` for a reference that does not open, `bad_range` for a time that cannot be.
 */
export async function getUser(
  ctx: Context,
  scoped: Scoped<UserQuery>,
  waitMs: number = INTERACTIVE_WAIT_MS,
): Promise<UserReply> {
  const { app, query } = scoped
  const userId = query.userId ?? openAddress(ctx, app, 'user', query.ref ?? '')
  if (userId === null) throw new PushlensError('not_found', 'a reference to a user that does not open', 'ref')
  const [nowS, begunMs] = [ctx.clock.dataS(), ctx.clock.wallMs()]
  const since = sinceOf(query.since, app.utcOffsetMin, nowS)
  const personHash = ctx.vault.hash('person', userId)
  await noteLookup(ctx, scoped, personHash)
  const asked = askPresence(ctx, app, userId, personHash)
  const health = await readHealth(ctx, app, since)
  const basis = { delivery: health.delivery, sdkAppId: app.sdkAppId, nowS }
  const walked = await walkCampaigns(ctx, { app, userId, personHash }, basis, waitMs)
  const found = await asked.after(Math.max(0, begunMs + waitMs - ctx.clock.wallMs()))
  const unknown = walked.failures.some(({ code }) => code === 'upstream_unknown_user')
  const state = unknown && found.state !== 'online' ? 'no_such_user' : found.state
  const over = walked.enough || state === 'no_such_user'
  const facts: UserFacts = {
    ...basis,
    presence: state,
    traces: tracesIn(walked.campaigns),
    asking: over ? 0 : walked.campaigns.filter(({ due }) => due).length,
    health: health.vendors,
  }
  const verdict = userVerdict(facts)
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
      platforms: found.platforms,
      asOf: found.atS === null ? null : iso(found.atS),
    },
    campaigns: campaignReplies(walked.campaigns, basis, over),
    health: healthReply(health, since, facts),
    freshness: await freshnessFor(ctx, app, { walked, over, asking: state === 'asking' }),
  }
}

/** Who looked up whom, by a keyed hash of the person. The audit lives in real time, never the data's. */
async function noteLookup(ctx: Context, { app, principal }: Scoped<unknown>, personHash: string): Promise<void> {
  const at = Math.floor(ctx.clock.wallMs() / 1_000)
  const actor = `${principal.kind}:${principal.id}`
  const note = { at, actor, action: 'user.lookup', appId: app.id, subjectHash: personHash, detail: {} }
  await ctx.store.audit.appendOnce(note, ONE_LOOKUP_S)
}

function campaignReplies(
  campaigns: Campaign[],
  { delivery, sdkAppId, nowS }: Pick<UserFacts, 'delivery' | 'sdkAppId' | 'nowS'>,
  over: boolean,
): UserCampaign[] {
  return campaigns.map((campaign): UserCampaign => {
    const { taskId, label, kept, due, ticket } = campaign
    const looked = { source: 'task', hints: hintsOf(taskId), sdkAppId, nowS } as const
    const seen = kept !== null && kept.devices.length > 0
    const at = timeOf(campaign)
    return {
      taskId,
      label,
      sentAt: at === null ? null : iso(at),
      state: seen ? 'traced' : kept && (over || !due) ? 'nothing' : over ? 'spared' : ticket ? 'asking' : 'next',
      place: ticket?.place() ?? null,
      etaMs: ticket?.etaMs() ?? null,
      verdict: seen ? fillVerdict(WORDS, verdictOf(kept.devices, delivery, looked)) : null,
      devices: kept?.devices.map((device) => deviceReport(device, delivery)) ?? [],
      asOf: kept ? iso(kept.fetchedAt) : null,
    }
  })
}

function healthReply(
  { vendors: all, held, expected }: ReadHealth,
  since: number,
  { traces }: UserFacts,
): UserReply['health'] {
  const newest = traces.find(({ devices }) => devices.length > 0)
  const own = newest?.devices.filter(({ channel }) => channel !== 'online').map(({ vendor }) => vendor) ?? []
  const rows = all.map(({ fell, ...one }) => ({
    ...one,
    fell: fell && { from: iso(fell.from), to: fell.to === null ? null : iso(fell.to) },
    own: own.includes(one.vendor),
  }))
  return { since: iso(since), held, expected, vendors: rows.sort((a, b) => Number(b.own) - Number(a.own)) }
}

async function freshnessFor(
  ctx: Context,
  app: AppRow,
  { walked, over, asking }: { walked: Walked; over: boolean; asking: boolean },
) {
  const { campaigns, failures } = walked
  const due = !over && campaigns.some((one) => one.due)
  // Campaigns refused for themselves are not asked again and again.
  const refused = failures.length > 0 && failures.every(({ kind }) => kind === 'bad_request')
  const complete = !asking && (!due || refused)
  return freshnessOf({
    complete,
    held: campaigns.some(({ kept }) => kept !== null),
    tickets: campaigns.flatMap(({ ticket }) => ticket ?? []),
    problem: complete || !due ? null : await problemOf(ctx, app.id, 'all_member_push_trace', failures),
  })
}
