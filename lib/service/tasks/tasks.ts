import 'server-only'
import { z } from 'zod'
import { PushlensError } from '@/lib/contract/errors'
import type { TaskReply, TaskSort } from '@/lib/contract/tasks'
import { iso } from '@/lib/report/range/iso-time'
import type { Task } from '@/lib/store/tasks/task-rows'
import type { TaskPlace } from '@/lib/store/tasks/tasks'

export function taskReply({ taskId, label, tags, note, sentAt, knownBy, createdAt }: Task): TaskReply {
  return { taskId, ...described({ label, tags, note, sentAt }), knownBy, createdAt: iso(createdAt) }
}

export function described({ label, tags, note, sentAt }: Pick<Task, 'label' | 'tags' | 'note' | 'sentAt'>) {
  return { label, tags, note, sentAt: sentAt === null ? null : iso(sentAt) }
}

/** The place as an address carries it; nobody is meant to read it. */
export function cursorOf({ key, taskId }: TaskPlace): string {
  return Buffer.from(JSON.stringify([key, taskId])).toString('base64url')
}

/** Throws `bad_request` for a cursor that was not given for this order. */
export function placeOf(cursor: string, sort: TaskSort): TaskPlace {
  // What PostgreSQL cannot store it does not take as a parameter either.
  const text = z.string().regex(/^\P{Cc}*$/u)
  const key = sort === 'label' ? text : z.number().int()
  try {
    const [value, taskId] = z.tuple([key, text]).parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
    return { key: value, taskId }
  } catch (cause) {
    throw new PushlensError('bad_request', 'is no cursor of this list', 'cursor', { cause })
  }
}
