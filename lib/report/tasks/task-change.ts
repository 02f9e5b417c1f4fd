import { DAY } from '@/lib/contract/limits'
import type { TaskRecord } from '@/lib/contract/tasks'
import { hintsOf } from '@/lib/report/ids/id-hints'

/** What is left out stays as it is. `sentAt` is epoch seconds; null asks for what the ID itself says. */
export interface TaskChange {
  label?: string | undefined
  tags?: string[] | undefined
  note?: string | undefined
  sentAt?: number | null | undefined
}

/** When the ID says its task was sent (epoch seconds); null where it says nothing, or a time still to come. */
export function hintedSentAt(taskId: string, nowS: number): number | null {
  const { sentAt } = hintsOf(taskId)
  return sentAt !== null && sentAt <= nowS + DAY ? sentAt : null
}

/** The task after the change; `before` is null where it was not known. A sending time nobody gave is the ID's own. */
export function changedTask(before: TaskRecord | null, change: TaskChange, hint: number | null): TaskRecord {
  const known = before ?? { label: '', tags: [], note: '', sentAt: null }
  return {
    label: change.label ?? known.label,
    tags: change.tags ?? known.tags,
    note: change.note ?? known.note,
    sentAt: (change.sentAt === undefined ? known.sentAt : change.sentAt) ?? hint,
  }
}

export function sameTask(a: TaskRecord, b: TaskRecord): boolean {
  const text = ({ label, tags, note, sentAt }: TaskRecord) => JSON.stringify([label, tags, note, sentAt])
  return text(a) === text(b)
}
