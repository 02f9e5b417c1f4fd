import 'server-only'
import { type SqlBool, sql } from 'kysely'
import type { Db } from '@/lib/store/engine/open'
import type { Task } from './task-rows'

export type Tagged = Pick<Task, 'taskId' | 'tags'>

/** Rows read at once. The memory for a pass over all tasks stays small. */
const PART = 1_000

/** The reader of the newest tasks of tags. */
export const newestOfTags = (db: Db) => ({
  /**
   * Returns the newest tasks of each tag, at most `most` of each, last sent first. Passes over the tasks once for all tags,
   * because a search by one tag reads every task.
   */
  async newestOfTags(appId: string, tags: Iterable<string>, most: number): Promise<Map<string, Tagged[]>> {
    const found = new Map<string, Tagged[]>(Array.from(tags, (tag) => [tag, []]))
    const key = sql<number>`coalesce(sent_at, created_at)`
    let wanted = found.size
    let after: { key: number; taskId: string } | null = null
    while (wanted > 0) {
      let rest = db
        .selectFrom('tasks')
        .select(['task_id', 'tags', key.as('key')])
        .where('app_id', '=', appId)
      if (after) {
        const past = sql<SqlBool>`(${key} < ${after.key} or task_id > ${after.taskId})`
        // The first condition lets the index find the start.
        rest = rest.where(key, '<=', after.key).where(past)
      }
      const rows = await rest.orderBy(key, 'desc').orderBy('task_id').limit(PART).execute()
      for (const { task_id: taskId, tags: text } of rows) {
        const task: Tagged = { taskId, tags: JSON.parse(text) as string[] }
        for (const tag of new Set(task.tags)) {
          const list = found.get(tag)
          if (!list || list.length >= most) continue
          list.push(task)
          if (list.length === most) wanted -= 1
        }
      }
      const last = rows.at(-1)
      if (rows.length < PART || !last) break
      after = { key: Number(last.key), taskId: last.task_id }
    }
    return found
  },
})
