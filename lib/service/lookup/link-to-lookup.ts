import 'server-only'
import type { z } from 'zod'
import { type Scoped, visibleApps } from '@/lib/access/authorize'
import { bulkHref, codeSearchHref, lookupHref, pageHref, userHref } from '@/lib/contract/links'
import { type Candidate, type LookupLinkReply, type lookupTextQuery, recentOwner } from '@/lib/contract/lookup-text'
import { shortId } from '@/lib/report/ids/mask'
import type { Context } from '@/lib/service/context'
import { sealAddress } from '@/lib/service/read/sealed-address'
import { type PastedText, recogniseText, sealLookup } from '@/lib/service/read/sealed-lookup'
import type { AppRow } from '@/lib/store/people/apps'
import { sealRecent } from './recent-labels'

const MAX_NAMED = 3

/** Returns the address of the page that answers a pasted text. Requests nothing: that page does, and may warn first. */
export async function linkToLookup(
  ctx: Context,
  { app, principal, query }: Scoped<z.output<typeof lookupTextQuery>>,
): Promise<LookupLinkReply> {
  const apps = visibleApps(principal, await ctx.store.apps.list()).map((one) => one.app)
  const appParam = apps.length > 1 ? app.id : null
  const who = recentOwner(principal.id, app.id)
  const owner = { app, principal }
  const other = apps.find((one) => one.id !== app.id && isNamed(one, query.text.trim()))
  if (other) return { href: pageHref('overview', other.id), who, recent: null }
  const recognised = recogniseText(ctx, app, query.text, query.cut)
  if (!('text' in recognised)) {
    const { items, leftOut } = recognised.seen
    const sealed = sealAddress(ctx, app, 'list', JSON.stringify({ items, leftOut }))
    return { href: bulkHref(appParam, sealed), who, recent: sealRecent(ctx, owner, 'list', String(items.length)) }
  }
  const { seen } = recognised
  const [best] = seen.kind === 'ids' ? seen.candidates : []
  const recent = best ? sealRecent(ctx, owner, best.kind, labelOf(best)) : null
  const { userId, code } = sureAnswer(seen)
  if (userId !== null) return { href: userHref(appParam, sealAddress(ctx, app, 'user', userId)), who, recent }
  if (code !== null) return { href: codeSearchHref(appParam, code), who, recent }
  return { href: lookupHref(appParam, sealLookup(ctx, app, recognised)), who, recent }
}

/** The SDKAppID or the whole name of another app switches to it. */
function isNamed({ sdkAppId, name }: AppRow, text: string): boolean {
  return text === String(sdkAppId) || text.toLowerCase() === name.toLowerCase()
}

/** Returns the user or the code, if the text can only mean that. */
function sureAnswer(seen: PastedText['seen']): { userId: string | null; code: string | null } {
  const [best] = seen.kind === 'ids' && seen.sure ? seen.candidates : []
  return {
    userId: best?.kind === 'user' && best.objections.length === 0 ? best.userId : null,
    code: best?.kind === 'code' ? best.code : null,
  }
}

/** Names a look-up for the person who made it. The IDs of pushes and campaigns are long and say little. */
function labelOf({ pushId, taskId, userId, userIds, code }: Candidate): string {
  const ids = [pushId, taskId].flatMap((id) => (id === null ? [] : shortId(id)))
  const people = [userId, ...userIds].filter((id) => id !== null)
  const more = people.length > MAX_NAMED ? ['…'] : []
  return [...ids, ...people.slice(0, MAX_NAMED), ...more, ...(code === null ? [] : [code])].join(' ')
}
