import 'server-only'
import type { BulkReply } from '@/lib/contract/bulk'
import { csvOf } from '@/lib/service/read/csv'

const HEAD = [
  'push_id',
  'task_id',
  'user_id',
  'sent_at',
  'state',
  'verdict',
  'confidence',
  'next',
  'actor',
  'devices',
  'as_of',
  'problem',
  'note',
]

/** A list of look-ups as a table, a row each. */
export function bulkCsv({ rows }: BulkReply, { demo }: { demo: boolean }): string {
  const lines = rows.map(({ item, sentAt, state, verdict, devices, asOf, problem, objections }) => {
    const [pushId, taskId, userId] = 'pushId' in item ? [item.pushId, null, null] : [null, item.taskId, item.userId]
    const said = verdict
      ? [verdict.text, verdict.confidence, verdict.next.text, verdict.actor]
      : [null, null, null, null]
    const why = problem?.title ?? (objections.length > 0 ? objections.join(' ') : null)
    const note = demo ? 'Demo, invented data' : null
    return [pushId, taskId, userId, sentAt, state, ...said, state === 'done' ? devices : null, asOf, why, note]
  })
  return csvOf(HEAD, lines)
}
