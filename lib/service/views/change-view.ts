import 'server-only'
import { authorizePerson } from '@/lib/access/authorize'
import type { PersonPrincipal, Principal } from '@/lib/access/principal'
import { PushlensError } from '@/lib/contract/errors'
import type { RemovedViewReply, ViewChange, ViewKey, ViewReply } from '@/lib/contract/views/saved-views'
import type { Context } from '@/lib/service/context'
import { appsOf } from './list-views'
import { viewReplyOf } from './view-reply'

type Writer = Pick<Context, 'store'>

/** Renames a view, or makes it the start page or not. Throws `not_found` for a view that the person does not see. */
export async function changeView(ctx: Writer, principal: Principal, { id, body }: ViewChange): Promise<ViewReply> {
  const { person } = authorizePerson(principal, null)
  const { view, reply } = await ownView(ctx, person, id)
  await ctx.store.savedViews.change(view, body)
  return { ...reply, name: body.name ?? reply.name, start: body.start ?? reply.start }
}

/** Deletes a view. If it was the start page, the overview is it again. Throws as above. */
export async function removeView(ctx: Writer, principal: Principal, { id }: ViewKey): Promise<RemovedViewReply> {
  const { person } = authorizePerson(principal, null)
  const { view } = await ownView(ctx, person, id)
  await ctx.store.savedViews.remove(view)
  return { removed: true }
}

async function ownView(ctx: Writer, person: PersonPrincipal, id: string) {
  const view = await ctx.store.savedViews.get(person.id, id)
  const reply = view && viewReplyOf(view, await appsOf(ctx, person))
  if (!reply) throw new PushlensError('not_found', 'the person has no such view')
  return { view, reply }
}
