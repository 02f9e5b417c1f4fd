import 'server-only'
import { usualDirection } from '@/lib/contract/campaigns/sorts'
import { rowOfTask, type Task } from '@/lib/store/tasks/task-rows'
import type { TaskPage } from '@/lib/store/tasks/tasks'

const KEYS = {
  sentAt: (task: Task) => task.sentAt ?? task.createdAt,
  label: (task: Task) => rowOfTask(task).label_key,
  createdAt: (task: Task) => task.createdAt,
}

/** Returns the campaigns of a link in place of the registered ones. There are few, so they are sorted here. */
export function sharedTasks(campaigns: readonly Task[]) {
  const byId = new Map(campaigns.map((task) => [task.taskId, task]))
  const tagged = (tag: string | undefined) => campaigns.filter((task) => tag === undefined || task.tags.includes(tag))

  return {
    get: async (_appId: string, taskId: string) => byId.get(taskId) ?? null,
    find: async (_appId: string, taskIds: string[]) => taskIds.flatMap((taskId) => byId.get(taskId) ?? []),
    keys: async (_appId: string, { tag }: { tag?: string | undefined }) =>
      tagged(tag).map((task) => ({ ...task, labelKey: KEYS.label(task) })),
    async newestOfTags(_appId: string, tags: Iterable<string>, most: number) {
      const newest = [...campaigns].sort((a, b) => KEYS.sentAt(b) - KEYS.sentAt(a))
      return new Map(
        Array.from(tags, (tag) => [tag, newest.filter((task) => task.tags.includes(tag)).slice(0, most)] as const),
      )
    },
    /** Pages have no second one: a link shows a bounded list. */
    async page(_appId: string, { tag, sort, dir, limit }: TaskPage) {
      const key = KEYS[sort]
      const down = (dir ?? usualDirection(sort)) === 'desc'
      const sorted = tagged(tag).sort((a, b) => {
        const [one, other] = [key(a), key(b)]
        const rise = one < other ? -1 : Number(one > other)
        return (down ? -rise : rise) || (a.taskId < b.taskId ? -1 : Number(a.taskId > b.taskId))
      })
      return { items: sorted.slice(0, limit), next: null }
    },
  }
}
