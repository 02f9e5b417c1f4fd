import 'server-only'
import { visibleApps } from '@/lib/access/authorize'
import type { Principal } from '@/lib/access/principal'
import type { AppReply } from '@/lib/contract/apps'
import type { Context } from '@/lib/service/context'
import { appReply } from '@/lib/service/read/app-reply'

/** Returns the apps a principal has a role on; throws `not_signed_in` for an anonymous one. */
export async function listApps(ctx: Context, principal: Principal): Promise<{ items: AppReply[]; next: null }> {
  const apps = visibleApps(principal, await ctx.store.apps.list())
  return { items: apps.map(({ app, role }) => appReply(app, role)), next: null }
}
