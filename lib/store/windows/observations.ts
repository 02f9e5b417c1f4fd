import 'server-only'
import type { Transaction } from 'kysely'
import type { Db } from '@/lib/store/engine/open'
import type { Database } from '@/lib/store/engine/schema'
import { parts, taskGrowth } from './task-growth'
import { decodeCounts, type WindowCounts } from './window-rows'

/** The counts of a task at a fetch. `fetchedAt` is epoch seconds. */
export interface Observation {
  fetchedAt: number
  counts: WindowCounts
}

/** SQLite limits how many conditions a search may have. */
const PER_SEARCH = 100

/** The counts of tasks over time, and which tasks to observe. */
export function observations(db: Db) {
  return {
    ...taskGrowth(db),

    /** Returns all observations of one task, oldest first. They are never pruned. */
    async of({ appId, task }: { appId: string; task: string }): Promise<Observation[]> {
      const rows = await db
        .selectFrom('observations')
        .select(['fetched_at', 'counts'])
        .where('app_id', '=', appId)
        .where('task', '=', task)
        .orderBy('fetched_at')
        .execute()
      return rows.map((row) => ({ fetchedAt: row.fetched_at, counts: decodeCounts(row.counts) }))
    },

    /**
     * Returns the observations of tasks within `within` seconds of a time each (epoch seconds), by TaskID, oldest first.
     */
    async near(
      appId: string,
      wanted: ReadonlyMap<string, { at: number; within: number }>,
    ): Promise<Map<string, Observation[]>> {
      const found = new Map<string, Observation[]>()
      for (const part of parts([...wanted], PER_SEARCH)) {
        const rows = await db
          .selectFrom('observations')
          .select(['task', 'fetched_at', 'counts'])
          .where((eb) =>
            eb.or(
              part.map(([task, { at, within }]) =>
                // With the app in each part, SQLite searches by the index. Outside of them, it reads all observations.
                eb.and([
                  eb('app_id', '=', appId),
                  eb('task', '=', task),
                  eb('fetched_at', '>=', Math.ceil(at - within)),
                  eb('fetched_at', '<=', Math.floor(at + within)),
                ]),
              ),
            ),
          )
          .orderBy('fetched_at')
          .execute()
        for (const { task, fetched_at: fetchedAt, counts } of rows) {
          found.set(task, [...(found.get(task) ?? []), { fetchedAt, counts: decodeCounts(counts) }])
        }
      }
      return found
    },

    /**
     * Returns the sending time of each task sent since then (epoch seconds). Tasks without one count from their
     * registration.
     */
    async subjects({
      appId,
      from,
    }: {
      appId: string
      from: number
    }): Promise<{ taskId: string; sentAt: number | null }[]> {
      const rows = await db
        .selectFrom('tasks')
        .select(['task_id', 'sent_at'])
        .where('app_id', '=', appId)
        .where((eb) => eb(eb.fn.coalesce('sent_at', 'created_at'), '>=', from))
        .execute()
      return rows.map((row) => ({ taskId: row.task_id, sentAt: row.sent_at }))
    },
  }
}

/**
 * Saves an observation in the transaction of its window. Two in the same second are one: they come from the same
 * answer.
 */
export async function observe(
  trx: Transaction<Database>,
  { appId, task, fetchedAt }: { appId: string; task: string; fetchedAt: number },
  counts: string,
): Promise<void> {
  await trx
    .insertInto('observations')
    .values({ app_id: appId, task, fetched_at: fetchedAt, counts })
    .onConflict((conflict) => conflict.columns(['app_id', 'task', 'fetched_at']).doUpdateSet({ counts }))
    .execute()
}
