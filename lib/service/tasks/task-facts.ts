import 'server-only'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { TotalReply } from '@/lib/contract/funnel'
import type { ListedTask } from '@/lib/contract/tasks'
import { taskTotal } from '@/lib/report/funnel/funnel'
import type { Reporting } from '@/lib/report/funnel/reporting'
import { iso } from '@/lib/report/range/iso-time'
import { lifeOf, pastOf } from '@/lib/report/tasks/life'
import type { ReportContext } from '@/lib/service/context'
import type { AppRow } from '@/lib/store/people/apps'
import type { Task } from '@/lib/store/tasks/task-rows'
import { type Growth, readChanges } from './task-changes'
import { taskReasons } from './task-reasons'

/** The counts of a task's life. Null where nothing is stored. */
export interface TaskTotal {
  total: TotalReply | null
  asOf: string | null
}
export type TaskFacts = TaskTotal & Growth & Pick<ListedTask, 'reason'>
type Reader = Pick<ReportContext, 'store' | 'clock' | 'caches'>
export interface FactsQuestion {
  app: Pick<AppRow, 'id' | 'archiveRevision' | 'utcOffsetMin'>
  reporting: Reporting
}

type Listed = Pick<Task, 'taskId' | 'tags' | 'sentAt' | 'createdAt'>

const NO_TOTAL: TaskTotal = { total: null, asOf: null }
const NO_GROWTH: Growth = { change: null, growth: [] }
/** Thousands of tasks are computed in parts, so that other requests are answered in between. */
const PART = 250

/** Returns the counts of many tasks by TaskID, as the funnel of each says them. Reads stored lives only. */
export async function readTotals(
  ctx: Reader,
  { app, reporting }: FactsQuestion,
  tasks: Listed[],
): Promise<(taskId: string) => TaskTotal> {
  const nowS = ctx.clock.dataS()
  const totals = new Map<string, TaskTotal>()
  for (const some of partsOf(tasks)) {
    const lives = some.map((task) => lifeOf(task, 'statistics', nowS))
    const keys = lives.map(({ task, from, to }) => ({ task, from, to }))
    const held = await ctx.store.windows.lives({ appId: app.id, metric: 'statistics' }, keys)
    for (const life of lives) {
      const window = held.get(life.task)
      if (!window?.counts) continue
      const total = taskTotal({ task: life.task, ...window.counts }, pastOf([life], nowS), reporting)
      totals.set(life.task, { total, asOf: iso(window.fetchedAt) })
    }
    if (some.length === PART) await nextTurn()
  }
  return (taskId) => totals.get(taskId) ?? NO_TOTAL
}

/** Returns everything that the list says of each task. */
export async function readFacts(
  ctx: Reader,
  question: FactsQuestion,
  tasks: Listed[],
): Promise<(taskId: string) => TaskFacts> {
  const totalOf = await readTotals(ctx, question, tasks)
  const reasonOf = await readReasons(ctx, question, tasks)
  const growths = new Map<string, Growth>()
  for (const some of partsOf(tasks)) {
    for (const [taskId, growth] of await readChanges(ctx, question.app, some)) growths.set(taskId, growth)
    if (some.length === PART) await nextTurn()
  }
  return (taskId) => ({
    ...totalOf(taskId),
    ...(growths.get(taskId) ?? NO_GROWTH),
    reason: reasonOf(taskId),
  })
}

/** Returns the top loss reasons of many tasks by TaskID. */
async function readReasons(
  ctx: Reader,
  { app, reporting }: FactsQuestion,
  tasks: Listed[],
): Promise<(taskId: string) => ListedTask['reason']> {
  const reasons = new Map<string, ListedTask['reason']>()
  const marked = await readMarks(ctx, app)
  for (const some of partsOf(tasks)) {
    for (const [taskId, reason] of await taskReasons(ctx, { appId: app.id, reporting, marked }, some)) {
      reasons.set(taskId, reason)
    }
    if (some.length === PART) await nextTurn()
  }
  return (taskId) => reasons.get(taskId) ?? null
}

/** Returns the reasons that people marked as known. */
export function readMarks({ store, clock }: Reader, { id }: FactsQuestion['app']) {
  return store.knownReasons.list({ appId: id, source: 'task', nowS: clock.dataS() })
}

function partsOf(tasks: Listed[]): Listed[][] {
  return Array.from({ length: Math.ceil(tasks.length / PART) }, (_, i) => tasks.slice(i * PART, (i + 1) * PART))
}
