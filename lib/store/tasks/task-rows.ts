import 'server-only'
import type { Selectable } from 'kysely'
import type { KnownBy, TaskRecord } from '@/lib/contract/tasks'
import type { Database } from '@/lib/store/engine/schema'

/** A registered campaign. `sentAt` and `createdAt` are epoch seconds; an unknown sending time is null. */
export interface Task extends TaskRecord {
  appId: string
  taskId: string
  knownBy: KnownBy
  createdAt: number
}

/** What the list is ordered by. Thousands are read at once, so notes and the words of the search are left out. */
export type TaskKey = Pick<Task, 'taskId' | 'tags' | 'sentAt' | 'createdAt'> & { labelKey: string }

/** The keys of many tasks as the database writes them: one JSON text, because a row for each takes three times as long. */
export function keysOfText(text: string): TaskKey[] {
  const rows = JSON.parse(text) as [string, string[], number | null, number, string][]
  return rows.map(([taskId, tags, sentAt, createdAt, labelKey]) => ({ taskId, tags, sentAt, createdAt, labelKey }))
}

export function rowOfTask(task: Task): Database['tasks'] {
  const { label, taskId, note } = task
  return {
    app_id: task.appId,
    task_id: taskId,
    label,
    tags: JSON.stringify(task.tags),
    note,
    sent_at: task.sentAt,
    known_by: task.knownBy,
    created_at: task.createdAt,
    label_key: (label || taskId).toLowerCase(),
    words: [label, taskId, note, ...task.tags].join('\n').toLowerCase(),
  }
}

export function taskOfRow(row: Selectable<Database['tasks']>): Task {
  return {
    appId: row.app_id,
    taskId: row.task_id,
    label: row.label,
    // These columns are written by `rowOfTask` only.
    tags: JSON.parse(row.tags) as string[],
    note: row.note,
    sentAt: row.sent_at,
    knownBy: row.known_by as KnownBy,
    createdAt: row.created_at,
  }
}
