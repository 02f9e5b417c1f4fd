import 'server-only'
import { z } from 'zod'
import { PushlensError } from '@/lib/contract/errors'
import type { TaskReply, TaskSort } from '@/lib/contract/tasks'
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
export function cursorOf({ key, taskId }: TaskPlace): string {
  return Buffer.from(JSON.stringify([key, taskId])).toString('base64url')
}

/** Reads a cursor; throws `bad_request` if it does not belong to this order. */
export function openCursor(cursor: string, sort: TaskSort): TaskPlace {
  // PostgreSQL refuses control characters in a parameter too.
  const text = z.string().regex(/^\P{Cc}*$/u)
  const key = sort === 'label' ? text : z.number().int()
  try {
    const [value, taskId] = z.tuple([key, text]).parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
    return { key: value, taskId }
  } catch (cause) {
    throw new PushlensError('bad_request', 'does not belong to this list', 'cursor', { cause })
  }
}
