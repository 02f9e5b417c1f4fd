import 'server-only'
import type { Scoped } from '@/lib/access/authorize'
import type { CollectingBody, StatusReply } from '@/lib/contract/apps'
import { PushlensError } from '@/lib/contract/errors'
import type { Context } from '@/lib/service/context'
import { statusOf } from './get-status'

/**
 * Pauses or goes on with the archive's own work, sets how often Tencent is asked at most, or parts lanes that were put
 * together: for every replica, over restarts. What people ask is answered while collecting rests.
 */
export async function setCollecting(
  ctx: Context,
  { app, principal, role, query }: Scoped<CollectingBody>,
): Promise<StatusReply> {
  const { paused, everyS, together } = query
  const at = Math.floor(ctx.clock.wallMs() / 1_000)
  await ctx.store.audit.append({
    at,
    actor: `${principal.kind}:${principal.id}`,
    action: 'app.collecting',
    appId: app.id,
    subjectHash: null,
    detail: query,
  })
  // Who pauses what is paused already changes nothing of since when.
  if (paused !== undefined && paused !== (app.pausedAt !== null)) {
    await ctx.store.apps.setPaused(app.id, paused ? at : null)
  }
  if (everyS !== undefined) await ctx.gateway.pace(app.id, everyS === null ? null : everyS * 1_000)
  if (together === false) await ctx.gateway.separate(app.id)
  const changed = await ctx.store.apps.get(app.id)
  if (!changed) throw new PushlensError('not_found', 'the app was removed meanwhile')
  return statusOf(ctx, changed, role)
}
