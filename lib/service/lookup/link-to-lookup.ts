import 'server-only'
import type { z } from 'zod'
import { type Scoped, visibleApps } from '@/lib/access/authorize'
import type { Candidate, LookupLinkReply, lookupTextQuery } from '@/lib/contract/lookup-text'
import { maskUser, shortId } from '@/lib/report/ids/mask'
import type { Context } from '@/lib/service/context'
import { sealAddress } from '@/lib/service/read/sealed-address'
import { readText, sealState } from './lookup-state'

/** Where the answer to a pasted text stands. Asks nobody: the page behind the address does, and may warn first. */
export async function leadTo(
  ctx: Context,
  { app, principal, query }: Scoped<z.output<typeof lookupTextQuery>>,
): Promise<LookupLinkReply> {
  const several = visibleApps(principal, await ctx.store.apps.list()).length > 1
  const address = (path: string, fields: Record<string, string>) => {
    const search = new URLSearchParams({ ...(several ? { app: app.id } : {}), ...fields }).toString()
    return search === '' ? path : `${path}?${search}`
  }
  const read = readText(ctx, app, query.text)
  const who = principal.id
  if (!('text' in read)) {
    const { items, leftOut } = read.seen
    const list = sealAddress(ctx, app, 'list', JSON.stringify({ items, leftOut }))
    return {
      href: `${address('/lookup/bulk', {})}#${list}`,
      who,
      recent: { kind: 'list', label: String(items.length) },
    }
  }
  const { seen } = read
  const [best] = seen.kind === 'ids' ? seen.candidates : []
  const recent = best ? { kind: best.kind, label: labelOf(best) } : null
  const isUser = seen.kind === 'ids' && seen.sure && best?.kind === 'user' && best.objections.length === 0
  if (isUser && best.userId !== null) {
    return { href: address(`/lookup/user/${sealAddress(ctx, app, 'user', best.userId)}`, {}), who, recent }
  }
  const isCode = seen.kind === 'ids' && seen.sure && best?.kind === 'code' && best.code !== null
  const href = isCode
    ? address('/losses/code', { code: best.code ?? '' })
    : address('/lookup', { k: sealState(ctx, app, read) })
  return { href, who, recent }
}

/** IDs of people masked: the browser that remembers it may be shared. */
function labelOf({ pushId, taskId, userId, userIds, code }: Candidate): string {
  const ids = [pushId, taskId].flatMap((id) => (id === null ? [] : shortId(id)))
  const people = [userId, ...userIds].flatMap((id) => (id === null ? [] : maskUser(id)))
  return [...ids, ...people.slice(0, 3), ...(code === null ? [] : [code])].join(' ')
}
