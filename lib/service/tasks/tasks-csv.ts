import 'server-only'
import type { TasksReply } from '@/lib/contract/tasks'
import { csvTable } from '@/lib/service/read/csv'

/** The campaign list as CSV. An import reads these columns again. */
export const tasksCsv = csvTable({
  rows: ({ items }: TasksReply) => items,
  columns: [
    { name: 'task_id', cell: (task) => task.taskId },
    { name: 'name', cell: (task) => task.label },
    { name: 'tags', cell: (task) => task.tags.join(', ') },
    { name: 'note', cell: (task) => task.note },
    { name: 'sent_at', cell: (task) => task.sentAt },
    { name: 'known_by', cell: (task) => task.knownBy },
    { name: 'known_since', cell: (task) => task.createdAt },
  ],
  demoColumn: 'demo',
})
