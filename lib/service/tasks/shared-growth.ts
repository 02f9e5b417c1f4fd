import 'server-only'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { TaskGrowth } from '@/lib/contract/campaigns/task-ages'
import type { ReportContext } from '@/lib/service/context'
import { readGrowth } from '@/lib/service/read/task-growth'
import type { AppRow } from '@/lib/store/people/apps'

type Reader = Pick<ReportContext, 'store' | 'clock' | 'caches'>
type App = Pick<AppRow, 'id' | 'archiveRevision' | 'utcOffsetMin'>

/** More at once would keep other requests waiting. */
const PART = 250

/**
 * Returns how campaigns grew, at most a minute old. Requests share what one of them reads. A failure is shared only until
 * it is there.
 */
export async function readSharedGrowth(ctx: Reader, app: App, taskIds: string[]): Promise<TaskGrowth[]> {
  const found: TaskGrowth[] = []
  for (let i = 0; i < taskIds.length; i += PART) {
    const part = await Promise.all(ctx.caches.outside(() => sharePart(ctx, app, taskIds.slice(i, i + PART))))
    found.push(...part.filter((growth) => growth !== null))
    if (part.length === PART) await nextTurn()
  }
  return found
}

function sharePart(ctx: Reader, app: App, taskIds: string[]): Promise<TaskGrowth | null>[] {
  const { taskGrowth } = ctx.caches
  const keyOf = (taskId: string) => `${app.id} ${taskId}`
  const shared = taskIds.map((taskId) => ({ taskId, growth: taskGrowth.get(keyOf(taskId)) }))
  const missing = shared.flatMap(({ taskId, growth }) => (growth ? [] : [taskId]))
  const read = readGrowth(ctx, app, missing, { withVendors: false }).then(
    (all) => new Map(all.map((growth) => [growth.taskId, growth])),
  )
  return shared.map(({ taskId, growth }) => {
    if (growth) return growth
    const made = read.then((all) => all.get(taskId) ?? null)
    taskGrowth.set(keyOf(taskId), made)
    made.catch(() => {
      if (taskGrowth.peek(keyOf(taskId)) === made) taskGrowth.delete(keyOf(taskId))
    })
    return made
  })
}
