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
    { name: 'age_hours', cell: (task) => task.ageHours },
    { name: 'sendable', cell: ({ total }) => total?.sendable ?? null },
    { name: 'sent', cell: ({ total }) => total?.sent ?? null },
    { name: 'delivered', cell: ({ total }) => total?.delivered ?? null },
    { name: 'clicked', cell: ({ total }) => total?.clicked ?? null },
    { name: 'delivery', cell: ({ total }) => total?.delivery ?? null },
    { name: 'delivery_rate', cell: ({ total }) => total?.rates.delivery ?? null },
    { name: 'delivery_rate_reporting', cell: ({ total }) => total?.rates.deliveryReporting ?? null },
    { name: 'reporting_share', cell: ({ total }) => total?.cover.share ?? null },
    { name: 'click_rate', cell: ({ total }) => total?.rates.click ?? null },
    { name: 'click_basis', cell: ({ total }) => total?.rates.clickBasis ?? null },
    { name: 'tag_compared', cell: ({ change }) => change?.tag ?? null },
    { name: 'age_compared', cell: ({ change }) => change?.age ?? null },
    { name: 'delivery_rate_change', cell: ({ change }) => change?.delivery ?? null },
    { name: 'top_reason', cell: ({ reason }) => reason?.title ?? null },
    { name: 'top_reason_code', cell: ({ reason }) => reason?.code ?? null },
    { name: 'top_reason_share', cell: ({ reason }) => reason?.share ?? null },
    { name: 'as_of', cell: (task) => task.asOf },
  ],
  demoColumn: 'demo',
})
