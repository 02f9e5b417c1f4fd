import 'server-only'
import type { Scoped } from '@/lib/access/authorize'
import type { CompareTasksQuery, CompareTasksReply } from '@/lib/contract/campaigns/task-comparison'
import { iso } from '@/lib/report/range/iso-time'
import { compareTasks as compare } from '@/lib/report/tasks/compare-tasks'
import type { Context } from '@/lib/service/context'
import { offsetText } from '@/lib/service/read/app-reply'
import { readGrowth } from '@/lib/service/read/task-growth'

/**
 * Compares 2 to 5 campaigns at equal age, from what is stored. Requests nothing. A campaign without counts at that age
 * says why.
 */
export async function compareTasks(
  ctx: Context,
  { app, query }: Scoped<CompareTasksQuery>,
): Promise<CompareTasksReply> {
  const [growth, registered] = await Promise.all([
    readGrowth(ctx, app, query.task),
    ctx.store.tasks.find(app.id, query.task),
  ])
  const named = new Map(registered.map((task) => [task.taskId, task]))
  const sentAt = new Map(growth.map((one) => [one.taskId, one.sentAt]))
  const { tasks, ...rest } = compare(growth, query.age)
  return {
    ...rest,
    tz: offsetText(app.utcOffsetMin),
    tasks: tasks.map(({ at: counted, ...task }) => {
      const at = sentAt.get(task.taskId) ?? null
      const { label = '', tags = [] } = named.get(task.taskId) ?? {}
      const asOf = counted === null ? null : iso(counted)
      return { ...task, label, tags, asOf, sentAt: at === null ? null : iso(at) }
    }),
  }
}
