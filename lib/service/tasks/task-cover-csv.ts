import 'server-only'
import type { TaskCoverReply } from '@/lib/contract/task-cover'
import { csvOf } from '@/lib/service/read/csv'

const HEAD = ['from', 'to', 'as_of', 'sent', 'known', 'unregistered', 'loses_reasons_at', 'note']

/** The cover as a table, a row per hour; unknown is empty. */
export function taskCoverCsv({ hours, asOf }: TaskCoverReply, { demo }: { demo: boolean }): string {
  const note = demo ? 'Demo, invented data' : null
  return csvOf(
    HEAD,
    hours.map((hour) => [
      hour.from,
      hour.to,
      asOf,
      hour.sent,
      hour.known,
      hour.unregistered,
      hour.losesReasonsAt,
      note,
    ]),
  )
}
