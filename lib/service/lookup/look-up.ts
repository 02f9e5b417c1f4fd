import 'server-only'
import { authorize, type Scoped, visibleApps } from '@/lib/access/authorize'
import { lookupHref, userHref } from '@/lib/contract/links'
import type { Candidate, LookupView } from '@/lib/contract/lookup-text'
import { mayRole } from '@/lib/contract/roles'
import { type TraceQuery, traceQuery } from '@/lib/contract/traces'
import type { Context } from '@/lib/service/context'
import { sealAddress } from '@/lib/service/read/sealed-address'
import { onlyCandidate, type PastedText, sealLookup } from '@/lib/service/read/sealed-lookup'
import { findTrace, makeTraceKey } from '@/lib/service/read/stored-trace'
import type { AppRow } from '@/lib/store/people/apps'
import { findCampaigns } from './find-campaigns'
import { getTrace } from './get-trace'

interface LookUpQuery {
  state: PastedText
  /** Send the request although the ID looks wrong. */
  anyway: boolean
  /** The visitor followed a link of another site: nothing is requested or recorded before a press. */
  foreign: boolean
}

/**
 * Returns what a pasted text means, with its trace where it names one push. Requests nothing from Tencent while the
 * person has to choose a meaning or the ID looks wrong; a stored trace is shown in both cases. After a link of another
 * site it looks nothing up.
 */
export async function lookUp(ctx: Context, scoped: Scoped<LookUpQuery>): Promise<LookupView> {
  const { app, principal, query } = scoped
  const { text, seen } = query.state
  const nothing = {
    nowS: ctx.clock.dataS(),
    text,
    seen,
    hrefs: [],
    anyway: null,
    press: null,
    elsewhere: null,
    campaigns: null,
    user: null,
    trace: null,
  }
  if (seen.kind === 'junk') return nothing
  const apps = visibleApps(principal, await ctx.store.apps.list())
  const links = linksOf(ctx, apps.length > 1)
  const hrefs = seen.candidates.map((one) => links.candidate(app, one))
  const [best] = seen.candidates
  const asked = best && seen.sure ? traceQueryOf(best) : null
  if (!best) return { ...nothing, hrefs }
  if (!asked) {
    // Several users have one campaign to choose, once it is certain that they are users.
    const isOpen = seen.sure === (best.kind === 'users')
    const appParam = apps.length > 1 ? app.id : null
    return { ...nothing, hrefs, campaigns: isOpen ? await findCampaigns(ctx, { app, appParam, best }) : null }
  }
  const isStored = (await findTrace(ctx, app, makeTraceKey(ctx, asked))) !== null
  const objections = isStored ? [] : best.objections
  const found = {
    ...nothing,
    hrefs,
    seen: { ...seen, candidates: [{ ...best, objections }, ...seen.candidates.slice(1)] },
  }
  if (objections.length > 0 && !query.anyway) {
    const other = apps.find(({ app: one, role }) => one.sdkAppId === best.sdkAppId && mayRole(role, 'trace'))?.app
    const elsewhere = other && other.id !== app.id ? { name: other.name, href: links.candidate(other, best) } : null
    return { ...found, anyway: links.anyway(app, best), elsewhere }
  }
  if (query.foreign) {
    return { ...found, press: query.anyway ? links.anyway(app, best) : links.candidate(app, best) }
  }
  const reply = await getTrace(ctx, authorize(principal, 'trace', app, asked), 0)
  const user = asked.userId === undefined ? null : links.user(app, asked.userId)
  return { ...found, user, trace: { query: asked, reply } }
}

/** Makes links to look-ups. They name the app only if the person has several. */
function linksOf(ctx: Context, hasSeveralApps: boolean) {
  const appParam = (app: AppRow) => (hasSeveralApps ? app.id : null)
  const user = (app: AppRow, userId: string) => userHref(appParam(app), sealAddress(ctx, app, 'user', userId))
  const lookup = (app: AppRow, one: Candidate, anyway: boolean) =>
    lookupHref(appParam(app), sealLookup(ctx, app, onlyCandidate(one)), { anyway })
  return {
    user,
    candidate: (app: AppRow, one: Candidate) =>
      one.kind === 'user' && one.userId !== null ? user(app, one.userId) : lookup(app, one, false),
    anyway: (app: AppRow, one: Candidate) => lookup(app, one, true),
  }
}

/** Returns the trace a candidate asks for; null where an ID is missing or it is not a push. */
function traceQueryOf({ kind, pushId, taskId, userId }: Candidate): TraceQuery | null {
  if (kind === 'code' || kind === 'user' || kind === 'users' || kind === 'task') return null
  const query = pushId === null ? { taskId: taskId ?? undefined, userId: userId ?? undefined } : { pushId }
  return traceQuery.safeParse(query).data ?? null
}
