import 'server-only'
import type { TasksReply } from '@/lib/contract/tasks'
import { csvOf } from '@/lib/service/read/csv'

const HEAD = ['task_id', 'name', 'tags', 'note', 'sent_at', 'known_by', 'known_since', 'demo']
const DEMO = 'Demo, invented data'

/** Known campaigns as a table whose columns an import reads again. */
export function tasksCsv({ items }: TasksReply, { demo }: { demo: boolean }): string {
  return csvOf(
    HEAD,
    items.map((task) => [
      ...[task.taskId, task.label, task.tags.join(', '), task.note, task.sentAt],
      ...[task.knownBy, task.createdAt, demo ? DEMO : null],
    ]),
  )
}
