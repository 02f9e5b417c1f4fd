import 'server-only'
import type { BulkReply, BulkRow } from '@/lib/contract/bulk'
import { csvTable } from '@/lib/service/read/csv'

/** A list of look-ups as CSV, one row each. */
export const bulkCsv = csvTable({
  rows: ({ rows }: BulkReply) => rows,
  columns: [
    { name: 'push_id', cell: ({ item }) => ('pushId' in item ? item.pushId : null) },
    { name: 'task_id', cell: ({ item }) => ('pushId' in item ? null : item.taskId) },
    { name: 'user_id', cell: ({ item }) => ('pushId' in item ? null : item.userId) },
    { name: 'sent_at', cell: ({ sentAt }) => sentAt },
    { name: 'state', cell: ({ state }) => state },
    { name: 'verdict', cell: ({ verdict }) => verdict?.text ?? null },
    { name: 'confidence', cell: ({ verdict }) => verdict?.confidence ?? null },
    { name: 'next', cell: ({ verdict }) => verdict?.next.text ?? null },
    { name: 'actor', cell: ({ verdict }) => verdict?.actor ?? null },
    { name: 'devices', cell: ({ state, devices }) => (state === 'done' ? devices : null) },
    { name: 'as_of', cell: ({ asOf }) => asOf },
    { name: 'problem', cell: problemText },
  ],
  demoColumn: 'note',
})

function problemText({ problem, objections }: BulkRow): string | null {
  return problem?.title ?? (objections.length > 0 ? objections.join(' ') : null)
}
