import 'server-only'
import type { Scoped } from '@/lib/access/authorize'
import type { TasksQuery, TasksReply } from '@/lib/contract/tasks'
import type { Context } from '@/lib/service/context'
import { cursorOf, placeOf, taskReply } from './tasks'

/** The campaigns that are known, a page at a time: by search and tag, in one of three orders. */
export async function listTasks(ctx: Pick<Context, 'store'>, { app, query }: Scoped<TasksQuery>): Promise<TasksReply> {
  const { cursor, ...asked } = query
  const after = cursor === undefined ? null : placeOf(cursor, query.sort)
  const { items, next } = await ctx.store.tasks.page(app.id, { ...asked, after })
  return { items: items.map(taskReply), next: next && cursorOf(next) }
}
