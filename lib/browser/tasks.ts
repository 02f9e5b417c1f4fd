import type { ImportReply, TaskReply, UndoReply } from '@/lib/contract/tasks'
import { post, put } from './api'

const tasksOf = (app: string) => `/api/v1/apps/${encodeURIComponent(app)}/tasks`

/** Returns what an import would do with each line. Nothing is written. */
export function previewImport(app: string, text: string): Promise<ImportReply> {
  return post<ImportReply>(`${tasksOf(app)}/import`, { text, dryRun: true })
}

export function importTasks(app: string, text: string): Promise<ImportReply> {
  return post<ImportReply>(`${tasksOf(app)}/import`, { text, dryRun: false })
}

export function undoImport(app: string, undo: string): Promise<UndoReply> {
  return post<UndoReply>(`${tasksOf(app)}/import/undo`, { undo })
}

export function putTask(app: string, taskId: string, body: Partial<TaskReply>): Promise<TaskReply> {
  return put<TaskReply>(`${tasksOf(app)}/${encodeURIComponent(taskId)}`, body)
}
