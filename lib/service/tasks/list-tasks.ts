import 'server-only'
import type { Scoped } from '@/lib/access/authorize'
import { STORED_SORTS, type StoredSort } from '@/lib/contract/campaigns/sorts'
import { HOUR } from '@/lib/contract/limits'
import type { ListedTask, TaskGroup, TasksQuery, TasksReply } from '@/lib/contract/tasks'
import { sentAtOf } from '@/lib/report/tasks/life'
import type { ReportContext } from '@/lib/service/context'
import { offsetText } from '@/lib/service/read/app-reply'
import { readReporting } from '@/lib/service/read/read-receipts'
import { type ComputedPlace, cursorOf, openComputedCursor, openCursor, taskReply } from '@/lib/service/read/task-reply'
import type { Task } from '@/lib/store/tasks/task-rows'
import type { TaskPlace } from '@/lib/store/tasks/tasks'
import { pageByFacts } from './computed-page'
import { type FactsQuestion, readFacts, type TaskFacts } from './task-facts'
import { readGroups } from './task-groups'

type Reader = Pick<ReportContext, 'store' | 'clock' | 'caches'>

/**
 * Returns one page of the registered campaigns with the counts of each. Orders by stored columns are paged by the
 * database. The others are computed over all campaigns that match, because who reports deliveries is decided when reading.
 */
export async function listTasks(ctx: Reader, { app, query }: Scoped<TasksQuery>): Promise<TasksReply> {
  const { reporting } = await readReporting(ctx, app, 'task')
  const question: FactsQuestion = { app, reporting }
  const { items, next, groups } = await readPage(ctx, question, query)
  const factsOf = await readFacts(ctx, question, items)
  const nowS = ctx.clock.dataS()
  const listed = items.map((task) => listedTask(task, factsOf(task.taskId), nowS))
  const fetches = listed.flatMap(({ asOf }) => asOf ?? [])
  return {
    items: listed,
    next: next && cursorOf(next),
    groups,
    tz: offsetText(app.utcOffsetMin),
    asOf: fetches.sort().at(0) ?? null,
    coverage: { held: fetches.length, expected: listed.length },
  }
}

async function readPage(
  ctx: Reader,
  question: FactsQuestion,
  { q, tag, sort, dir, group, cursor, limit }: TasksQuery,
): Promise<{ items: Task[]; next: TaskPlace | ComputedPlace | null; groups: TaskGroup[] }> {
  const { id } = question.app
  if (isStored(sort) && group === undefined) {
    const after = cursor === undefined ? null : openCursor(cursor, sort)
    return { ...(await ctx.store.tasks.page(id, { q, tag, sort, dir, after, limit })), groups: [] }
  }
  const isGrouped = group !== undefined
  const after = cursor === undefined ? null : openComputedCursor(cursor, sort, isGrouped)
  const keys = await ctx.store.tasks.keys(id, { q, tag })
  const page = await pageByFacts(ctx, question, keys, { sort, dir, isGrouped, after, limit })
  const found = await ctx.store.tasks.find(
    id,
    page.items.map(({ taskId }) => taskId),
  )
  const byId = new Map(found.map((task) => [task.taskId, task]))
  return {
    // One may have been removed since its key was read.
    items: page.items.flatMap(({ taskId }) => byId.get(taskId) ?? []),
    next: page.next,
    groups: isGrouped ? await readGroups(ctx, question, keys, page.items) : [],
  }
}

const isStored = (sort: TasksQuery['sort']): sort is StoredSort => (STORED_SORTS as readonly string[]).includes(sort)

function listedTask(task: Task, facts: TaskFacts, nowS: number): ListedTask {
  const sentAt = sentAtOf(task, nowS)
  const ageHours = sentAt === null || sentAt > nowS ? null : Math.floor((nowS - sentAt) / HOUR)
  return { ...taskReply(task), ageHours, ...facts }
}
