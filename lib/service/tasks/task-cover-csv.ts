import 'server-only'
import type { TaskCoverReply } from '@/lib/contract/campaigns/task-cover'
import { csvTable } from '@/lib/service/read/csv'

/** What was sent per hour, and how much of it belongs to registered campaigns, as CSV. Unknown counts are empty. */
export const taskCoverCsv = csvTable({
  rows: ({ hours, asOf }: TaskCoverReply) => hours.map((hour) => ({ ...hour, asOf })),
  columns: [
    { name: 'from', cell: (hour) => hour.from },
    { name: 'to', cell: (hour) => hour.to },
    { name: 'as_of', cell: (hour) => hour.asOf },
    { name: 'sent', cell: (hour) => hour.sent },
    { name: 'known', cell: (hour) => hour.known },
    { name: 'unregistered', cell: (hour) => hour.unregistered },
    { name: 'loses_reasons_at', cell: (hour) => hour.losesReasonsAt },
  ],
  demoColumn: 'note',
})
