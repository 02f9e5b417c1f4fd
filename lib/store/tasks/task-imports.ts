import 'server-only'
import { randomUUID } from 'node:crypto'
import type { Db } from '@/lib/store/engine/open'
import type { Task } from './task-rows'
import { chunks, lockTasks, type SavedTask, saveTasks, writeTasks } from './task-save'

/** How long an import can be undone, in seconds. */
const KEPT_S = 86_400

interface Import {
  appId: string
  taskIds: string[]
  make(taskId: string, before: Task | null): Task
  /** Epoch seconds. */
  at: number
}

/** Imports of many tasks, which can be undone. */
export function taskImports(db: Db) {
  return {
    /** Saves all tasks or none. `undo` is the id that undoes the import for a day; null if nothing changed. */
    save({ appId, taskIds, make, at }: Import): Promise<{ saved: SavedTask[]; undo: string | null }> {
      return db.transaction().execute(async (trx) => {
        await trx
          .deleteFrom('task_imports')
          .where('at', '<', at - KEPT_S)
          .execute()
        const saved = await saveTasks(trx, appId, taskIds, make)
        const changes = saved.filter(({ before, after }) => before === null || !same(before, after))
        if (changes.length === 0) return { saved, undo: null }
        const id = randomUUID()
        await trx
          .insertInto('task_imports')
          .values({ id, app_id: appId, at, changes: JSON.stringify(changes) })
          .execute()
        return { saved, undo: id }
      })
    },

    /**
     * Restores every task that an import changed and removes those it added. Works once, and only while all of them are
     * as the import left them. Returns `changed` and does nothing otherwise; null for an unknown or expired import.
     */
    undo(appId: string, id: string): Promise<{ removed: number; restored: number } | 'changed' | null> {
      return db.transaction().execute(async (trx) => {
        const kept = await trx
          .selectFrom('task_imports')
          .select('changes')
          .where('id', '=', id)
          .where('app_id', '=', appId)
          .executeTakeFirst()
        if (!kept) return null
        // This column is written by `save` only.
        const changes = JSON.parse(kept.changes) as SavedTask[]
        for (const some of chunks(changes)) {
          const current = await lockTasks(
            trx,
            appId,
            some.map(({ after }) => after.taskId),
          )
          const stored = new Map(current.map((task) => [task.taskId, task]))
          if (some.some(({ after }) => !same(stored.get(after.taskId), after))) return 'changed'
        }
        const removed = changes.filter(({ before }) => before === null).map(({ after }) => after.taskId)
        for (const some of chunks(removed)) {
          await trx.deleteFrom('tasks').where('app_id', '=', appId).where('task_id', 'in', some).execute()
        }
        const restored = changes.flatMap(({ before }) => before ?? [])
        await writeTasks(trx, restored)
        await trx.deleteFrom('task_imports').where('id', '=', id).execute()
        return { removed: removed.length, restored: restored.length }
      })
    },
  }
}

function same(a: Task | undefined, b: Task): boolean {
  return a !== undefined && textOf(a) === textOf(b)
}

function textOf({ label, tags, note, sentAt, knownBy, createdAt }: Task): string {
  return JSON.stringify([label, tags, note, sentAt, knownBy, createdAt])
}
