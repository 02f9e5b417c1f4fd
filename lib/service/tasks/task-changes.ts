import 'server-only'
import { TASK_AGES, type TaskGrowth } from '@/lib/contract/campaigns/task-ages'
import type { ListedTask } from '@/lib/contract/tasks'
import { tagMedians } from '@/lib/report/tasks/equal-age'
import type { Context } from '@/lib/service/context'
import { readGrowth } from '@/lib/service/read/task-growth'
import type { AppRow } from '@/lib/store/people/apps'
import type { Task } from '@/lib/store/tasks/task-rows'

type Reader = Pick<Context, 'store' | 'clock' | 'caches'>
type App = Pick<AppRow, 'id' | 'archiveRevision' | 'utcOffsetMin'>
export type Growth = Pick<ListedTask, 'change' | 'growth'>

/** The median of a tag is over its newest campaigns, and only the first tags of a campaign are tried, as on its page. */
const [PER_TAG, TAGS] = [30, 5]

type Tagged = Pick<Task, 'taskId' | 'tags'>

interface Peers {
  tasks: Task[]
  growth: TaskGrowth[]
}

/** Returns how campaigns grew, and how each differs from the median of its tag at equal age. Reads stored counts only. */
export async function readChanges(ctx: Reader, app: App, tasks: Tagged[]): Promise<Map<string, Growth>> {
  const tags = [...new Set(tasks.flatMap((task) => task.tags.slice(0, TAGS)))]
  const [own, peers] = await Promise.all([
    readGrowth(
      ctx,
      app,
      tasks.map(({ taskId }) => taskId),
      { withVendors: false },
    ),
    readPeers(ctx, app, tags),
  ])
  const growths = new Map(own.map((growth) => [growth.taskId, growth]))
  return new Map(
    tasks.map((task) => {
      const growth = growths.get(task.taskId)
      const change = growth ? changeOf(task, growth, peers) : null
      ctx.caches.tagChanges.set(cacheKey(app, task.taskId), { delivery: change?.delivery ?? null })
      return [task.taskId, { change, growth: growth?.series ?? [] }]
    }),
  )
}

/** Returns the differences of many campaigns in parts, so that other requests are answered in between. */
export async function readManyChanges(
  ctx: Reader,
  app: App,
  parts: Tagged[][],
  nextTurn: () => Promise<unknown>,
): Promise<(taskId: string) => number | null> {
  const found = new Map<string, number | null>()
  for (const part of parts) {
    const missing: Tagged[] = []
    for (const task of part) {
      const cached = ctx.caches.tagChanges.get(cacheKey(app, task.taskId))
      if (cached) found.set(task.taskId, cached.delivery)
      else if (task.tags.length > 0) missing.push(task)
    }
    if (missing.length === 0) continue
    for (const [taskId, { change }] of await readChanges(ctx, app, missing)) found.set(taskId, change?.delivery ?? null)
    await nextTurn()
  }
  return (taskId) => found.get(taskId) ?? null
}

async function readPeers(ctx: Reader, app: App, tags: string[]): Promise<Map<string, Peers>> {
  const found = new Map<string, Peers>()
  for (const tag of tags) {
    const { items } = await ctx.store.tasks.page(app.id, { tag, sort: 'sentAt', after: null, limit: PER_TAG })
    const key = JSON.stringify([app.id, items.map(({ taskId }) => taskId)])
    const cached = ctx.caches.tagGrowth.get(key)
    const growth =
      cached ??
      readGrowth(
        ctx,
        app,
        items.map(({ taskId }) => taskId),
        { withVendors: false },
      )
    if (!cached) ctx.caches.tagGrowth.set(key, growth)
    found.set(tag, { tasks: items, growth: await growth })
  }
  return found
}

function changeOf(task: Tagged, own: TaskGrowth, peers: ReadonlyMap<string, Peers>): ListedTask['change'] {
  const others = new Map<string, TaskGrowth>()
  const tags = new Map([[task.taskId, task.tags]])
  for (const tag of task.tags.slice(0, TAGS)) {
    const found = peers.get(tag)
    for (const growth of found?.growth ?? []) if (growth.taskId !== task.taskId) others.set(growth.taskId, growth)
    for (const peer of found?.tasks ?? []) tags.set(peer.taskId, peer.tags)
  }
  const median = tagMedians([own, ...others.values()], tags, new Set([task.taskId])).get(task.taskId)
  if (!median) return null
  for (const age of [...TASK_AGES].reverse()) {
    const rate = own.ages[age].funnel?.total.rates.deliveryReporting ?? null
    const usual = median.ages[age].delivery
    if (rate !== null && usual !== null) return { tag: median.tag, age, delivery: rate - usual, median: usual }
  }
  return null
}

const cacheKey = (app: App, taskId: string): string => `${app.id} ${taskId}`
