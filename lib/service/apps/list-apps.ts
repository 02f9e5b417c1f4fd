import 'server-only'
import { visibleApps } from '@/lib/access/authorize'
import { type Principal, roleOn } from '@/lib/access/principal'
import type { AppReply } from '@/lib/contract/apps'
import type { Context } from '@/lib/service/context'
import { managedApp } from '@/lib/service/read/app-reply'

/**
 * Returns the apps a principal has a role on, and to administrators the drafts too. Throws `not_signed_in` for an anonymous
 * one.
 */
export async function listApps(ctx: Context, principal: Principal): Promise<{ items: AppReply[]; next: null }> {
  const all = await ctx.store.apps.list()
  const apps = visibleApps(principal, all)
  const drafts = all.filter((app) => app.draft && roleOn(principal, app.id) === 'admin')
  const items = [...apps, ...drafts.map((app) => ({ app, role: 'admin' as const }))]
  return { items: items.map(({ app, role }) => managedApp(ctx, app, role)), next: null }
}
