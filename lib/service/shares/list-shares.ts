import 'server-only'
import { visibleApps } from '@/lib/access/authorize'
import type { Principal } from '@/lib/access/principal'
import { PushlensError } from '@/lib/contract/errors'
import { mayRole } from '@/lib/contract/roles'
import type { SharesQuery, SharesReply } from '@/lib/contract/shares/share'
import type { SharePlace } from '@/lib/store/people/shares'
import { type ShareContext, shareReplies } from './share-reply'

/**
 * Returns a page of the links of one app, or of every app that the principal administers; newest first, also ended ones.
 * Throws `forbidden` if they administer none, and `not_found` for an app that is not theirs.
 */
export async function listShares(
  ctx: ShareContext,
  principal: Principal,
  { app, cursor, limit }: SharesQuery,
): Promise<SharesReply> {
  const apps = await administeredApps(ctx, principal, app)
  const after = cursor === undefined ? undefined : placeOf(cursor)
  const { items, next } = await ctx.store.shares.list({ apps, after, limit })
  return { items: await shareReplies(ctx, items), next: next && cursorOf(next) }
}

/** Returns the apps that the principal administers, or only `app` if it is one of them. Throws as above. */
export async function administeredApps(
  { store }: ShareContext,
  principal: Principal,
  app: string | undefined,
): Promise<string[]> {
  const visible = visibleApps(principal, await store.apps.list())
  const own = visible.filter(({ role }) => mayRole(role, 'admin')).map((one) => one.app.id)
  if (own.length === 0) throw new PushlensError('forbidden', 'only administrators share')
  if (app !== undefined && !own.includes(app)) throw new PushlensError('not_found', 'the principal has no such app')
  return app === undefined ? own : [app]
}

const cursorOf = ({ created_at, id }: SharePlace) => `${created_at}.${id}`

function placeOf(cursor: string): SharePlace {
  const [at = '', id = ''] = cursor.split('.')
  return { created_at: Number(at), id }
}
