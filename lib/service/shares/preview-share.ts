import 'server-only'
import type { Scoped } from '@/lib/access/authorize'
import { wallS } from '@/lib/access/deps'
import { clampToScope } from '@/lib/access/shares/clamp-to-scope'
import { DAY, SHARE_LIMITS } from '@/lib/contract/limits'
import { PREVIEW_ID } from '@/lib/contract/shares/preview'
import type { PreviewShareBody, ViewShareReply } from '@/lib/contract/shares/view'
import type { Context } from '@/lib/service/context'
import { viewShare } from './view/view-share'

/**
 * Returns what a live link with this scope would show, read in the way of a link: within the scope, from what is stored.
 * Stores nothing. Throws `outside_share` and `bad_range` as the link would.
 */
export async function previewShare(
  ctx: Context,
  { app, query: { scope, query } }: Scoped<PreviewShareBody>,
): Promise<ViewShareReply> {
  const shared = await clampToScope(ctx, { id: PREVIEW_ID, app, scope }, query, ctx.clock.dataS())
  return {
    state: 'open',
    head: {
      name: app.name,
      app: { name: app.name, demo: app.demo },
      kind: 'live',
      scope,
      endsAt: new Date((wallS(ctx.clock) + SHARE_LIMITS.usual * DAY) * 1_000).toISOString(),
      frozen: null,
    },
    pass: null,
    view: await viewShare(ctx, shared),
  }
}
