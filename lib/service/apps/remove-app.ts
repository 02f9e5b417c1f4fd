import 'server-only'
import { recordAudit } from '@/lib/access/audit'
import type { Scoped } from '@/lib/access/authorize'
import { wallS } from '@/lib/access/deps'
import type { AppRemovalBody } from '@/lib/contract/apps/manage'
import { PushlensError } from '@/lib/contract/errors'
import type { Context } from '@/lib/service/context'

/** The setting that holds the ID of a demo that was removed, so that the next start does not bring it back. */
export const DEMO_REMOVED = 'demo_removed'

/**
 * Removes an app and its key. `keep`: its archive stays, and connecting the app again brings it back; its shared links are
 * revoked, so that they do not come back too. `erase`: everything is deleted, with the roles, tokens and links of this app. An app of the environment would return at the next start, so it is refused
 * unless it is a demo.
 */
export async function removeApp(
  ctx: Context,
  { app, principal, query }: Scoped<AppRemovalBody>,
): Promise<{ removed: true }> {
  if (query.confirm.trim() !== String(app.sdkAppId)) {
    throw new PushlensError('bad_request', 'the SDKAppID does not match', 'confirm')
  }
  if (app.id === ctx.givenApp && !app.demo) {
    throw new PushlensError('set_by_environment', 'the environment would connect this app again')
  }
  await recordAudit(ctx, { app, principal }, 'app.remove', { archive: query.archive })
  if (app.demo) await ctx.store.settings.set(DEMO_REMOVED, app.id)
  await ctx.store.shares.revoke({ apps: [app.id] }, wallS(ctx.clock))
  if (query.archive === 'keep') await ctx.store.apps.remove(app.id, wallS(ctx.clock))
  else await erase(ctx, app.id)
  // Waiting calls end now, because the app is gone.
  await ctx.gateway.renew(app.id)
  ctx.collector?.look()
  return { removed: true }
}

async function erase({ store, caches }: Context, id: string): Promise<void> {
  await store.apps.erase(id)
  // An app that is connected again counts its revisions from the beginning.
  caches.receipts.clear()
  caches.progress.clear()
  await store.erasures.compact()
}
