import 'server-only'
import type { Scoped } from '@/lib/access/authorize'
import type { SearchQuery, SearchReply } from '@/lib/contract/tasks'
import type { Context } from '@/lib/service/context'
import { taskReply } from '@/lib/service/read/task-reply'

const MOST = 5

/** Returns the last sent campaigns whose name, tags, ID or note contain a text. Without counts, so that it is quick. */
export async function searchTasks(
  ctx: Pick<Context, 'store'>,
  { app, query: { q } }: Scoped<SearchQuery>,
): Promise<SearchReply> {
  const { items } = await ctx.store.tasks.page(app.id, { q, sort: 'sentAt', after: null, limit: MOST })
  return { items: items.map(taskReply) }
}
