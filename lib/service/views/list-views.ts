import 'server-only'
import { authorizePerson, visibleApps } from '@/lib/access/authorize'
import type { PersonPrincipal, Principal } from '@/lib/access/principal'
import type { ViewReply, ViewsQuery, ViewsReply } from '@/lib/contract/views/saved-views'
import type { Context } from '@/lib/service/context'
import { viewReplyOf } from './view-reply'

type Reader = Pick<Context, 'store'>

/** Returns the person's views, oldest first, of apps that they may see. Throws `not_signed_in`, or `forbidden` for a token. */
export async function listViews(ctx: Reader, principal: Principal, { app }: ViewsQuery): Promise<ViewsReply> {
  const { person } = authorizePerson(principal, null)
  const [views, apps] = await Promise.all([ctx.store.savedViews.list(person.id), appsOf(ctx, person)])
  const wanted = views.filter(({ appId }) => app === undefined || appId === app)
  return { items: wanted.flatMap((view) => viewReplyOf(view, apps) ?? []), next: null }
}

/** Returns the view that opens at `/`; null where the person has none, or may not see its app. */
export async function getStartView(ctx: Reader, principal: Principal): Promise<ViewReply | null> {
  const { person } = authorizePerson(principal, null)
  const view = await ctx.store.savedViews.start(person.id)
  return view && viewReplyOf(view, await appsOf(ctx, person))
}

/** Returns the apps that the person may see now. A view gives no right. */
export async function appsOf({ store }: Reader, person: PersonPrincipal): Promise<{ id: string; name: string }[]> {
  return visibleApps(person, await store.apps.list()).map(({ app }) => app)
}
