import 'server-only'
import type { z } from 'zod'
import { type Scoped, visibleApps } from '@/lib/access/authorize'
import { bulkHref, codeSearchHref, lookupHref, pageHref, userHref } from '@/lib/contract/links'
import type { Candidate, LookupLinkReply, lookupTextQuery } from '@/lib/contract/lookup-text'
import { maskUser, shortId } from '@/lib/report/ids/mask'
import type { Context } from '@/lib/service/context'
import { sealAddress } from '@/lib/service/read/sealed-address'
import { type PastedText, recogniseText, sealLookup } from '@/lib/service/read/sealed-lookup'
import type { AppRow } from '@/lib/store/people/apps'

/** Returns the address of the page that answers a pasted text. Requests nothing: that page does, and may warn first. */
export async function linkToLookup(
  ctx: Context,
  { app, principal, query }: Scoped<z.output<typeof lookupTextQuery>>,
): Promise<LookupLinkReply> {
  const apps = visibleApps(principal, await ctx.store.apps.list()).map((one) => one.app)
  const appParam = apps.length > 1 ? app.id : null
  const other = apps.find((one) => one.id !== app.id && isNamed(one, query.text.trim()))
  if (other) return { href: pageHref('overview', other.id), who: principal.id, recent: null }
  const recognised = recogniseText(ctx, app, query.text, query.cut)
  const who = principal.id
  if (!('text' in recognised)) {
    const { items, leftOut } = recognised.seen
    const sealed = sealAddress(ctx, app, 'list', JSON.stringify({ items, leftOut }))
    return { href: bulkHref(appParam, sealed), who, recent: { kind: 'list', label: String(items.length) } }
  }
  const { seen } = recognised
  const [best] = seen.kind === 'ids' ? seen.candidates : []
  const recent = best ? { kind: best.kind, label: maskedLabel(best) } : null
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

/** Masks the IDs of people: the browser that stores the label may be shared. */
function maskedLabel({ pushId, taskId, userId, userIds, code }: Candidate): string {
  const ids = [pushId, taskId].flatMap((id) => (id === null ? [] : shortId(id)))
  const people = [userId, ...userIds].flatMap((id) => (id === null ? [] : maskUser(id)))
  return [...ids, ...people.slice(0, 3), ...(code === null ? [] : [code])].join(' ')
}
