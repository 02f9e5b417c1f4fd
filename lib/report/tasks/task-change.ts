import { DAY } from '@/lib/contract/limits'
import type { TaskRecord } from '@/lib/contract/tasks'
import { hintsOf } from '@/lib/report/ids/id-hints'

/**
 * A change to a campaign. Fields left out stay as they are. `sentAt` is epoch seconds; null means: use the time in the
 * ID.
 */
export interface TaskChange {
  label?: string | undefined
  tags?: string[] | undefined
  note?: string | undefined
  sentAt?: number | null | undefined
}

/** Returns the sending time in a TaskID, in epoch seconds; null where it has none or a future one. */
export function hintedSentAt(taskId: string, nowS: number): number | null {
  const { sentAt } = hintsOf(taskId)
  return sentAt !== null && sentAt <= nowS + DAY ? sentAt : null
}

/**
 * Applies a change. `before` is null for a new task. `hint` is the sending time in the ID, used where people gave none.
 */
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
