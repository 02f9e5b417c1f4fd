import 'server-only'
import type { Metric } from '@/lib/contract/sources'
import { type Life, lifeOf } from '@/lib/report/tasks/life'
import type { ReportContext } from '@/lib/service/context'
import type { AppRow } from '@/lib/store/people/apps'

/** Returns whether a query is about whole task lives: it names tasks and no time. `tasks` [''] means all pushes. */
export function isOfLife(query: { range?: unknown; from?: unknown; to?: unknown }, tasks: string[]): boolean {
  return tasks[0] !== '' && query.range === undefined && query.from === undefined && query.to === undefined
}

/** Returns the lives of tasks. The ID of an unregistered task may contain the time it was sent. */
export async function livesOf(ctx: ReportContext, app: AppRow, metric: Metric, tasks: string[]): Promise<Life[]> {
  const nowS = ctx.clock.dataS()
  const known = new Map((await ctx.store.tasks.find(app.id, tasks)).map((task) => [task.taskId, task]))
  return tasks.map((taskId) => lifeOf({ taskId, sentAt: known.get(taskId)?.sentAt ?? null }, metric, nowS))
}
