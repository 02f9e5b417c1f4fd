import 'server-only'
import type { Transaction } from 'kysely'
import { isPostgres } from '@/lib/store/engine/dialect'
import type { Db } from '@/lib/store/engine/open'
import type { Database } from '@/lib/store/engine/schema'
import { rowOfTask, type Task, taskOfRow } from './task-rows'

/** `before` is null for a new task. */
export interface SavedTask {
  before: Task | null
  after: Task
}

/** Rows per statement. Each has ten parameters, and SQLite allows 32 766. */
const CHUNK = 500

/**
 * Saves tasks inside a transaction and returns each as it was and as it is. `make` returns the new state of a task. It
 * is called a second time for a task that another call added meanwhile.
 */
export async function saveTasks(
  trx: Transaction<Database>,
  appId: string,
  taskIds: string[],
  make: (taskId: string, before: Task | null) => Task,
): Promise<SavedTask[]> {
  const saved: SavedTask[] = []
  // Sorted, so that two concurrent calls never deadlock.
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

/** Returns the registered tasks of this list, locked until the transaction ends. */
export async function lockTasks(trx: Transaction<Database>, appId: string, taskIds: string[]): Promise<Task[]> {
  if (taskIds.length === 0) return []
  const known = trx.selectFrom('tasks').selectAll().where('app_id', '=', appId).where('task_id', 'in', taskIds)
  const rows = await (isPostgres(trx) ? known.orderBy('task_id').forUpdate() : known).execute()
  return rows.map(taskOfRow)
}

/** Overwrites registered tasks. */
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
