import 'server-only'
import type { Scoped } from '@/lib/access/authorize'
import { OPEN_OUTCOMES, type ShareOpensQuery, type ShareOpensReply } from '@/lib/contract/shares/share'
import { shareOf } from './change-share'
import type { ShareContext } from './share-reply'

/** Returns a page of the openings of a link, newest first. Throws `not_found`. */
export async function listShareOpens(ctx: ShareContext, scoped: Scoped<ShareOpensQuery>): Promise<ShareOpensReply> {
  const { id } = await shareOf(ctx, scoped)
  const { cursor, limit } = scoped.query
  const { items, next } = await ctx.store.shares.openings(id, { limit, before: cursor })
  return {
    items: items.map(({ at, network, client, outcome }) => ({
      at: new Date(at * 1_000).toISOString(),
      network,
      client,
      outcome: OPEN_OUTCOMES.find((known) => known === outcome) ?? 'refused',
    })),
    next: next === null ? null : String(next),
  }
}
