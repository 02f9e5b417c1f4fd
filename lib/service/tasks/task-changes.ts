import 'server-only'
import { TASK_AGES, type TaskGrowth } from '@/lib/contract/campaigns/task-ages'
import { TAG_MEDIAN } from '@/lib/contract/limits'
import type { ListedTask } from '@/lib/contract/tasks'
import { tagMedians } from '@/lib/report/tasks/equal-age'
import type { ReportContext } from '@/lib/service/context'
import { readGrowth } from '@/lib/service/read/task-growth'
import type { AppRow } from '@/lib/store/people/apps'
import type { Tagged } from '@/lib/store/tasks/newest-of-tags'
import { readSharedGrowth } from './shared-growth'

type Reader = Pick<ReportContext, 'store' | 'clock' | 'caches'>
type App = Pick<AppRow, 'id' | 'archiveRevision' | 'utcOffsetMin'>
export type Growth = Pick<ListedTask, 'change' | 'growth'>

/** The newest campaigns of each tag. */
type Peers = ReadonlyMap<string, readonly Tagged[]>

/** Returns how campaigns grew, and how each differs from the median of its tag at equal age. Reads stored counts only. */
export async function readChanges(ctx: Reader, app: App, tasks: Tagged[], known?: Peers): Promise<Map<string, Growth>> {
  const ids = tasks.map(({ taskId }) => taskId)
  const [own, peers] = await Promise.all([
    readGrowth(ctx, app, ids, { withVendors: false }),
    known ?? readPeers(ctx, app, tasks),
  ])
  const growths = new Map(own.map((growth) => [growth.taskId, growth]))
  const others = new Set(tasks.flatMap((task) => peersOf(task, peers).map(({ taskId }) => taskId)))
  const missing = [...others].filter((taskId) => !growths.has(taskId))
  for (const growth of await readSharedGrowth(ctx, app, missing)) growths.set(growth.taskId, growth)
  return new Map(
    tasks.map((task) => {
      const growth = growths.get(task.taskId)
      const change = growth ? changeOf(task, growth, peersOf(task, peers), growths) : null
      return [task.taskId, { change, growth: growth?.series ?? [] }]
    }),
  )
}

/** Returns the newest campaigns of each tag of these campaigns. */
export function readPeers(ctx: Reader, app: App, tasks: Tagged[]): Promise<Peers> {
  const tags = new Set(tasks.flatMap((task) => task.tags.slice(0, TAG_MEDIAN.tags)))
  return ctx.store.tasks.newestOfTags(app.id, tags, TAG_MEDIAN.campaigns)
}

function peersOf(task: Tagged, peers: Peers): Tagged[] {
  const found = task.tags.slice(0, TAG_MEDIAN.tags).flatMap((tag) => peers.get(tag) ?? [])
  return found.filter(({ taskId }) => taskId !== task.taskId)
}

function changeOf(
  task: Tagged,
  own: TaskGrowth,
  peers: Tagged[],
  growths: ReadonlyMap<string, TaskGrowth>,
): ListedTask['change'] {
  const tags = new Map([task, ...peers].map((one) => [one.taskId, one.tags]))
  const others = [...tags.keys()].flatMap((taskId) => (taskId === task.taskId ? [] : (growths.get(taskId) ?? [])))
  const median = tagMedians([own, ...others], tags, new Set([task.taskId])).get(task.taskId)
  if (!median) return null
  for (const age of [...TASK_AGES].reverse()) {
    const rate = own.ages[age].funnel?.total.rates.deliveryReporting ?? null
    const usual = median.ages[age].delivery
    if (rate !== null && usual !== null) return { tag: median.tag, age, delivery: rate - usual, median: usual }
  }
  return null
}
