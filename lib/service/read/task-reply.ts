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
export function cursorOf({ key, taskId }: { key: string | number | null; taskId: string }): string {
  return Buffer.from(JSON.stringify([key, taskId])).toString('base64url')
}

/** A place in an order of the list. Computed orders have places of unknown values. */
export type PlaceOf<S extends TaskSort> = S extends StoredSort
  ? TaskPlace
  : { key: string | number | null; taskId: string }

// PostgreSQL refuses control characters in a parameter.
const text = z.string().regex(/^\P{Cc}*$/u)
const keys: Record<TaskSort, z.ZodType<string | number | null>> = {
  sentAt: z.number().int(),
  label: text,
  createdAt: z.number().int(),
  tags: z.string().nullable(),
  sent: z.number().int().nullable(),
  delivery: z.number().nullable(),
  click: z.number().nullable(),
  change: z.number().nullable(),
  reason: z.string().nullable(),
}

/** Reads a cursor; throws `bad_request` if it does not belong to this order. */
export function openCursor<S extends TaskSort>(cursor: string, sort: S): PlaceOf<S> {
  try {
    const opened: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    const [key, taskId] = z.tuple([keys[sort], text]).parse(opened)
    // The schema of a stored order accepts no null.
    return { key, taskId } as PlaceOf<S>
  } catch (cause) {
    throw new PushlensError('bad_request', 'does not belong to this list', 'cursor', { cause })
  }
}
