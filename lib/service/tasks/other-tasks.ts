import 'server-only'
import type { Scoped } from '@/lib/access/authorize'
import { COMPARED_TASKS } from '@/lib/contract/limits'
import type { TaskReply } from '@/lib/contract/tasks'
import type { Context } from '@/lib/service/context'
import { taskReply } from '@/lib/service/read/task-reply'

const MOST = 50

/** Returns the last sent campaigns that can be added to a comparison. Without counts: they only fill a list of names. */
export async function otherTasks(
  ctx: Pick<Context, 'store'>,
  { app, query: { task } }: Scoped<{ task: string[] }>,
): Promise<TaskReply[]> {
  const { items } = await ctx.store.tasks.page(app.id, {
    sort: 'sentAt',
    after: null,
    limit: MOST + COMPARED_TASKS.most,
  })
  return items
    .filter(({ taskId }) => !task.includes(taskId))
    .slice(0, MOST)
    .map(taskReply)
}
