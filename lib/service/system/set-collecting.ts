import 'server-only'
import { recordAudit } from '@/lib/access/audit'
import type { Scoped } from '@/lib/access/authorize'
import type { CollectingBody, StatusReply } from '@/lib/contract/apps'
import { PushlensError } from '@/lib/contract/errors'
import type { Context } from '@/lib/service/context'
import { statusOf } from './get-status'

/**
 * Pauses or resumes collecting, sets the pace of requests to Tencent, or separates merged lanes. Applies to every replica
 * and survives restarts. Requests of people are answered while collecting is paused.
 */
export async function setCollecting(
  ctx: Context,
  { app, principal, role, query }: Scoped<CollectingBody>,
): Promise<StatusReply> {
  const { paused, everyS, together } = query
  await recordAudit(ctx, { app, principal }, 'app.collecting', query)
  // Pausing again keeps the time of the first pause.
  if (paused !== undefined && paused !== (app.pausedAt !== null)) {
    await ctx.store.apps.setPaused(app.id, paused ? Math.floor(ctx.clock.wallMs() / 1_000) : null)
  }
  if (everyS !== undefined) await ctx.gateway.pace(app.id, everyS === null ? null : everyS * 1_000)
  if (together === false) await ctx.gateway.separate(app.id)
  const changed = await ctx.store.apps.get(app.id)
  if (!changed) throw new PushlensError('not_found', 'the app was removed meanwhile')
  return statusOf(ctx, changed, role)
}
