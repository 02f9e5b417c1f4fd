import 'server-only'
import { z } from 'zod'
import type { StoredSort, TaskSort } from '@/lib/contract/campaigns/sorts'
import { PushlensError } from '@/lib/contract/errors'
import type { TaskReply } from '@/lib/contract/tasks'
import { iso } from '@/lib/report/range/iso-time'
import type { Task } from '@/lib/store/tasks/task-rows'
import type { TaskPlace } from '@/lib/store/tasks/tasks'

/** Returns a stored campaign as the API shows it. */
export function taskReply({ taskId, label, tags, note, sentAt, knownBy, createdAt }: Task): TaskReply {
  return { taskId, ...taskFields({ label, tags, note, sentAt }), knownBy, createdAt: iso(createdAt) }
}

/** Returns what people can say about a campaign. */
export function taskFields({ label, tags, note, sentAt }: Pick<Task, 'label' | 'tags' | 'note' | 'sentAt'>) {
  return { label, tags, note, sentAt: sentAt === null ? null : iso(sentAt) }
}

/** Writes a place in the list as an opaque cursor. */
export function cursorOf(place: ComputedPlace | TaskPlace): string {
  const group = 'group' in place ? [place.group] : []
  return Buffer.from(JSON.stringify([place.key, place.taskId, ...group])).toString('base64url')
}

/** A place in a computed order: the value of its sort key, null where it is unknown, and the TaskID. */
export interface ComputedPlace {
  key: string | number | null
  taskId: string
  /** The tag that the list is grouped by, null for tasks without one. Absent where the list is not grouped. */
  group?: string | null
}

// PostgreSQL refuses control characters in a parameter.
const text = z.string().regex(/^\P{Cc}*$/u)
const storedKeys: Record<StoredSort, z.ZodType<string | number>> = {
  sentAt: z.number().int(),
  label: text,
  createdAt: z.number().int(),
}
const keys: Record<TaskSort, z.ZodType<string | number | null>> = {
  ...storedKeys,
  tags: z.string().nullable(),
  sent: z.number().int().nullable(),
  delivery: z.number().nullable(),
  click: z.number().nullable(),
  change: z.number().nullable(),
  reason: z.string().nullable(),
}

/** Reads a cursor of an order that the database gives; throws `bad_request` if it does not belong to it. */
export function openCursor(cursor: string, sort: StoredSort): TaskPlace {
  return opened(cursor, (value) => {
    const [key, taskId] = z.tuple([storedKeys[sort], text]).parse(value)
    return { key, taskId }
  })
}

/** Reads a cursor of a computed or grouped order; throws `bad_request` if it does not belong to it. */
export function openComputedCursor(cursor: string, sort: TaskSort, isGrouped: boolean): ComputedPlace {
  return opened(cursor, (value) => {
    if (!isGrouped) {
      const [key, taskId] = z.tuple([keys[sort], text]).parse(value)
      return { key, taskId }
    }
    const [key, taskId, group] = z.tuple([keys[sort], text, z.string().nullable()]).parse(value)
    return { key, taskId, group }
  })
}

function opened<T>(cursor: string, read: (value: unknown) => T): T {
  try {
    return read(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
  } catch (cause) {
    throw new PushlensError('bad_request', 'does not belong to this list', 'cursor', { cause })
  }
}
