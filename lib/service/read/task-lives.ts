import 'server-only'
import type { Metric } from '@/lib/contract/sources'
import { type Life, lifeOf } from '@/lib/report/tasks/life'
import type { Context } from '@/lib/service/context'
import type { AppRow } from '@/lib/store/people/apps'

/** Whether a question is about the whole life of its tasks: it names some, and no time. `tasks` [''] is the overall. */
export function isOfLife(query: { range?: unknown; from?: unknown; to?: unknown }, tasks: string[]): boolean {
  return tasks[0] !== '' && query.range === undefined && query.from === undefined && query.to === undefined
}

/** The lives of tasks, known or not: of one nobody registered, its ID may tell when it was sent. */
export async function livesOf(ctx: Context, app: AppRow, metric: Metric, tasks: string[]): Promise<Life[]> {
  const nowS = ctx.clock.dataS()
  const known = new Map((await ctx.store.tasks.find(app.id, tasks)).map((task) => [task.taskId, task]))
  return tasks.map((taskId) => lifeOf({ taskId, sentAt: known.get(taskId)?.sentAt ?? null }, metric, nowS))
}
