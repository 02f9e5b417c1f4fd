import 'server-only'
import type { Db } from '@/lib/store/engine/open'
import { decodeCounts, type WindowCounts } from './window-rows'

/** The counts of a task at a fetch. `fetchedAt` is epoch seconds. */
export interface TaskObservation {
  task: string
  fetchedAt: number
  counts: WindowCounts
}

/** A stored window of a task that is not its life. `[from, to)` in epoch seconds. */
export interface TaskWindow extends TaskObservation {
  from: number
  to: number
}

/** Half-open, in epoch seconds. */
interface Span {
  from: number
  to: number
}

interface Subject {
  appId: string
  tasks: string[]
}

/** A query may have only so many parameters. */
const PER_QUERY = 400

/** Reads what is stored about the growth of many tasks. */
export function taskGrowth(db: Db) {
  return {
    /** Returns the times of observations by task, oldest first, without counts; of all, or of `within`. Epoch seconds. */
    async times({ appId, tasks, within }: Subject & { within?: Span }): Promise<Map<string, number[]>> {
      const found = new Map<string, number[]>()
      for (const part of parts(tasks)) {
        let rows = db.selectFrom('observations').select(['task', 'fetched_at']).where('app_id', '=', appId)
        if (within) rows = rows.where('fetched_at', '>=', within.from).where('fetched_at', '<', within.to)
        for (const row of await rows.where('task', 'in', part).orderBy('task').orderBy('fetched_at').execute()) {
          const times = found.get(row.task)
          if (times) times.push(row.fetched_at)
          else found.set(row.task, [row.fetched_at])
        }
      }
      return found
    },

    /** Returns the observations made at these times, oldest first. */
    async at(appId: string, picks: { task: string; fetchedAt: number }[]): Promise<TaskObservation[]> {
      const found: TaskObservation[] = []
      for (const part of parts(picks)) {
        const wanted = new Set(part.map(({ task, fetchedAt }) => `${fetchedAt} ${task}`))
        const rows = await db
          .selectFrom('observations')
          .select(['task', 'fetched_at', 'counts'])
          .where('app_id', '=', appId)
          .where('task', 'in', [...new Set(part.map(({ task }) => task))])
          .where('fetched_at', 'in', [...new Set(part.map(({ fetchedAt }) => fetchedAt))])
          .orderBy('fetched_at')
          .execute()
        for (const row of rows) {
          if (!wanted.has(`${row.fetched_at} ${row.task}`)) continue
          found.push({ task: row.task, fetchedAt: row.fetched_at, counts: decodeCounts(row.counts) })
        }
      }
      return found.sort((a, b) => a.fetchedAt - b.fetchedAt)
    },

    /** Returns the windows of these tasks that are kept for good and were fetched after their end: their ages, not their lives. */
    async ageWindows({ appId, tasks }: Subject): Promise<TaskWindow[]> {
      const found: TaskWindow[] = []
      for (const part of parts(tasks)) {
        const rows = await db
          .selectFrom('windows')
          .select(['task', 'from_s', 'to_s', 'fetched_at', 'counts'])
          .where('app_id', '=', appId)
          .where('source', '=', 'task')
          .where('metric', '=', 'statistics')
          .where('task', 'in', part)
          .where('kept', '=', 1)
          .where('counts', 'is not', null)
          .whereRef('fetched_at', '>=', 'to_s')
          .execute()
        for (const { task, from_s: from, to_s: to, fetched_at: fetchedAt, counts } of rows) {
          if (counts !== null) found.push({ task, from, to, fetchedAt, counts: decodeCounts(counts) })
        }
      }
      return found
    },
  }
}

export function parts<T>(all: T[], size = PER_QUERY): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size))
}
