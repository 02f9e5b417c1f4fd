import 'server-only'
import type { Scoped } from '@/lib/access/authorize'
import type { TasksQuery, TasksReply } from '@/lib/contract/tasks'
import type { Context } from '@/lib/service/context'
import { cursorOf, openCursor, taskReply } from '@/lib/service/read/task-reply'

/** Returns one page of the registered campaigns, filtered by search and tag, in one of three orders. */
export async function listTasks(ctx: Pick<Context, 'store'>, { app, query }: Scoped<TasksQuery>): Promise<TasksReply> {
  const { cursor, ...filter } = query
  const after = cursor === undefined ? null : openCursor(cursor, query.sort)
  const { items, next } = await ctx.store.tasks.page(app.id, { ...filter, after })
  return { items: items.map(taskReply), next: next && cursorOf(next) }
}
