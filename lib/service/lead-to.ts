import 'server-only'
import type { z } from 'zod'
import { type Scoped, visibleApps } from '@/lib/access/authorize'
import type { BoxReply, boxQuery } from '@/lib/contract/box'
import { readText, sealState } from './box-state'
import type { Context } from './context'
import { sealAddress } from './sealed-address'

/** Where the answer to a pasted text stands. Asks nobody: the page behind the address does, and may warn first. */
export async function leadTo(
  ctx: Context,
  { app, principal, query }: Scoped<z.output<typeof boxQuery>>,
): Promise<BoxReply> {
  const several = visibleApps(principal, await ctx.store.apps.list()).length > 1
  const address = (path: string, fields: Record<string, string>) => {
    const search = new URLSearchParams({ ...(several ? { app: app.id } : {}), ...fields }).toString()
    return search === '' ? path : `${path}?${search}`
  }
  const read = readText(ctx, app, query.text)
  if (!('text' in read)) {
    const { items, leftOut } = read.seen
    return {
      href: `${address('/lookup/bulk', {})}#${sealAddress(ctx, app, 'list', JSON.stringify({ items, leftOut }))}`,
    }
  }
  const [best] = read.seen.kind === 'ids' && read.seen.sure ? read.seen.candidates : []
  if (best?.kind === 'code' && best.code !== null) return { href: address('/losses/code', { code: best.code }) }
  return { href: address('/lookup', { k: sealState(ctx, app, read) }) }
}
