import 'server-only'
import type { Transaction } from 'kysely'
import { isPostgres } from '@/lib/store/engine/dialect'
import type { Db } from '@/lib/store/engine/open'
import type { Database } from '@/lib/store/engine/schema'
import { rowOfTask, type Task, taskOfRow } from './task-rows'

/** `before` is null where the task was not known. */
export interface SavedTask {
  before: Task | null
  after: Task
}

/** Rows per statement: each has ten parameters, and SQLite takes 32 766. */
const CHUNK = 500

/**
 * Writes tasks inside a transaction and gives each as it was and as it is. `make` says what becomes of a task; it is asked
 * again with the row of one that somebody else made known in between.
 */
export async function saveTasks(
  trx: Transaction<Database>,
  appId: string,
  taskIds: string[],
  make: (taskId: string, before: Task | null) => Task,
): Promise<SavedTask[]> {
  const saved: SavedTask[] = []
  // In one order, so that two at once never wait for each other crosswise.
  for (const ids of chunks([...new Set(taskIds)].sort())) {
    const fresh = ids.map((taskId) => make(taskId, null))
    const inserted = await trx
      .insertInto('tasks')
      .values(fresh.map(rowOfTask))
      .onConflict((conflict) => conflict.columns(['app_id', 'task_id']).doNothing())
      .returning('task_id')
      .execute()
    const added = new Set(inserted.map((row) => row.task_id))
    const before = await lockTasks(
      trx,
      appId,
      ids.filter((id) => !added.has(id)),
    )
    const changed = before.map((task) => ({ before: task, after: make(task.taskId, task) }))
    await writeTasks(
      trx,
      changed.map(({ after }) => after),
    )
    saved.push(...fresh.filter(({ taskId }) => added.has(taskId)).map((after) => ({ before: null, after })), ...changed)
  }
  return saved
}

/** The tasks of this list that are known, held against others' changes until the transaction ends. */
export async function lockTasks(trx: Transaction<Database>, appId: string, taskIds: string[]): Promise<Task[]> {
  if (taskIds.length === 0) return []
  const known = trx.selectFrom('tasks').selectAll().where('app_id', '=', appId).where('task_id', 'in', taskIds)
  const rows = await (isPostgres(trx) ? known.orderBy('task_id').forUpdate() : known).execute()
  return rows.map(taskOfRow)
}

/** Puts known tasks in the place of what is held. */
export async function writeTasks(trx: Transaction<Database>, tasks: Task[]): Promise<void> {
  for (const some of chunks(tasks)) {
    await trx
      .insertInto('tasks')
      .values(some.map(rowOfTask))
      .onConflict((conflict) =>
        conflict.columns(['app_id', 'task_id']).doUpdateSet((eb) => ({
          label: eb.ref('excluded.label'),
          tags: eb.ref('excluded.tags'),
          note: eb.ref('excluded.note'),
          sent_at: eb.ref('excluded.sent_at'),
          label_key: eb.ref('excluded.label_key'),
          words: eb.ref('excluded.words'),
        })),
      )
      .execute()
  }
}

export async function findTasks(db: Db, appId: string, taskIds: string[]): Promise<Task[]> {
  const found: Task[] = []
  for (const ids of chunks(taskIds)) {
    const known = db.selectFrom('tasks').selectAll().where('app_id', '=', appId).where('task_id', 'in', ids)
    found.push(...(await known.execute()).map(taskOfRow))
  }
  return found
}

export function chunks<T>(list: T[]): T[][] {
  return Array.from({ length: Math.ceil(list.length / CHUNK) }, (_, i) => list.slice(i * CHUNK, (i + 1) * CHUNK))
}
