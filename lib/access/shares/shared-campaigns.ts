import 'server-only'
import type { ShareScope } from '@/lib/contract/shares/scope'
import type { Span } from '@/lib/report/range/windows'
import { sentAtOf } from '@/lib/report/tasks/life'
import type { Store } from '@/lib/store/store'
import type { Task } from '@/lib/store/tasks/task-rows'
import { reaches } from './reach'

/** A link shows at most so many campaigns, the newest. */
export const SHARED_CAMPAIGNS = 100
/** Campaigns of all are read in pages, because many may be newer than what the link shows. */
const [PAGE, PAGES] = [200, 20]

type Tasks = { store: { tasks: Pick<Store['tasks'], 'find' | 'page'> } }

/** `reach` bounds the campaigns of a link that names none: it shows those sent within. */
interface Wanted {
  appId: string
  scope: ShareScope
  reach: readonly Span[]
  nowS: number
}

/**
 * Returns the campaigns that a link shows now, newest first, without notes and without tags that the link does not name.
 * Campaigns that the creator named are shown whenever they were sent, also unregistered ones.
 */
export async function sharedCampaigns(deps: Tasks, { appId, scope, reach, nowS }: Wanted): Promise<Task[]> {
  if (scope.source !== 'task') return []
  const { tasks } = scope
  if (tasks.kind === 'tasks') return namedTasks(deps, appId, tasks.tasks)
  if (tasks.kind === 'all') return tasksWithin(deps, { appId, reach, nowS })
  const { items } = await deps.store.tasks.page(appId, {
    tag: tasks.tag,
    sort: 'sentAt',
    after: null,
    limit: SHARED_CAMPAIGNS,
  })
  return items.filter((task) => task.tags.includes(tasks.tag)).map((task) => ({ ...bare(task), tags: [tasks.tag] }))
}

async function namedTasks(deps: Tasks, appId: string, ids: readonly string[]): Promise<Task[]> {
  const found = new Map((await deps.store.tasks.find(appId, [...ids])).map((task) => [task.taskId, task]))
  return [...new Set(ids)].map((taskId) => bare(found.get(taskId) ?? unregistered(appId, taskId)))
}

const unregistered = (appId: string, taskId: string): Task => ({
  appId,
  taskId,
  label: '',
  tags: [],
  note: '',
  sentAt: null,
  knownBy: 'lookup',
  createdAt: 0,
})

async function tasksWithin(deps: Tasks, { appId, reach, nowS }: Omit<Wanted, 'scope'>): Promise<Task[]> {
  const isWithin = (task: Task) => {
    const sentAt = sentAtOf(task, nowS)
    return sentAt !== null && reaches(reach, { from: sentAt, to: sentAt + 1 })
  }
  const earliest = Math.min(...reach.map(({ from }) => from))
  const found: Task[] = []
  let after: Parameters<Tasks['store']['tasks']['page']>[1]['after'] = null
  for (let pages = 0; pages < PAGES && found.length < SHARED_CAMPAIGNS; pages += 1) {
    const { items, next } = await deps.store.tasks.page(appId, { sort: 'sentAt', after, limit: PAGE })
    found.push(...items.filter(isWithin))
    if (next === null || Number(next.key) < earliest) break
    after = next
  }
  return found.slice(0, SHARED_CAMPAIGNS).map(bare)
}

/** Notes and tags are internal. */
const bare = (task: Task): Task => ({ ...task, note: '', tags: [] })
