import 'server-only'
import type { Scoped } from '@/lib/access/authorize'
import { PushlensError } from '@/lib/contract/errors'
import { TASKS_PER_QUESTION } from '@/lib/contract/limits'
import type { Context } from '@/lib/service/context'

/** Returns the newest campaigns of a tag, as many as one report can have. Throws `not_found` where no campaign has it. */
export async function tasksOfTag(
  ctx: Context,
  { app, query: { tag } }: Scoped<{ tag: string }>,
): Promise<{ taskIds: string[]; hasMore: boolean }> {
  const { items, next } = await ctx.store.tasks.page(app.id, {
    tag,
    sort: 'sentAt',
    after: null,
    limit: TASKS_PER_QUESTION,
  })
  if (items.length === 0) throw new PushlensError('not_found', 'no campaign has this tag', 'tag')
  return { taskIds: items.map(({ taskId }) => taskId), hasMore: next !== null }
}
