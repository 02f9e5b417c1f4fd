import 'server-only'
import { randomUUID } from 'node:crypto'
import { authorize, authorizePerson } from '@/lib/access/authorize'
import type { Principal } from '@/lib/access/principal'
import { PushlensError } from '@/lib/contract/errors'
import { VIEW_LIMITS } from '@/lib/contract/limits'
import type { ViewBody, ViewReply } from '@/lib/contract/views/saved-views'
import type { Context } from '@/lib/service/context'
import { appsOf } from './list-views'
import { viewQueryOf } from './view-query'
import { viewReplyOf } from './view-reply'

/**
 * Saves a view of an app that the person may read. Throws `not_found` for any other app, `bad_range`, and `conflict` if
 * the person has the most views of this app already.
 */
export async function saveView(
  ctx: Pick<Context, 'store' | 'clock'>,
  principal: Principal,
  { name, app: wanted, page, query: fields, start }: ViewBody,
): Promise<ViewReply> {
  const { person } = authorizePerson(principal, null)
  const { app } = authorize(principal, 'read', await ctx.store.apps.get(wanted), null)
  const nowS = ctx.clock.dataS()
  const query = viewQueryOf(page, fields, { nowS, appOffsetMin: app.utcOffsetMin })
  const view = { id: randomUUID(), personId: person.id, appId: app.id, name, page, query, start, createdAt: nowS }
  if (!(await ctx.store.savedViews.add(view, VIEW_LIMITS.perApp))) {
    throw new PushlensError('conflict', `there are ${VIEW_LIMITS.perApp} views of this app already`)
  }
  const reply = viewReplyOf(view, await appsOf(ctx, person))
  if (!reply) throw new PushlensError('not_found', 'the app is a draft')
  return reply
}
