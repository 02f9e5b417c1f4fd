import 'server-only'
import type { Scoped } from '@/lib/access/authorize'
import type { TaskReply } from '@/lib/contract/tasks'
import type { Context } from '@/lib/service/context'
import { taskReply } from '@/lib/service/read/task-reply'

/** Returns one registered campaign; null where nobody registered it. */
export async function findTask(
  ctx: Pick<Context, 'store'>,
  { app, query }: Scoped<{ taskId: string }>,
): Promise<TaskReply | null> {
  const task = await ctx.store.tasks.get(app.id, query.taskId)
  return task && taskReply(task)
}
