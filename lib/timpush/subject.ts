import 'server-only'
import { MAX_ID_LENGTH } from '@/lib/contract/limits'
import { type Channel, channelOf, type Vendor, vendorOf } from '@/lib/contract/vendors'
import { countOf, type Fields, field, type Quarantine } from './fields'

/**
 * Returns the task of a result, '' for the overall. Null, with a note, when it is unreadable. Sending and callbacks spell
 * the field `TaskId`, statistics `TaskID`.
 */
export function taskOf(fields: Fields, path: string, overall: boolean, notes: Quarantine): string | null {
  const task = field(fields, 'TaskID', 'TaskId') ?? null
  if (task === null && overall) return ''
  if (typeof task === 'string' && task.length <= MAX_ID_LENGTH && !task.includes('\u0000')) return task
  return notes.note(`${path}TaskID`, task === null ? 'is missing' : 'is not a task')
}

/** Returns the vendor and channel of a row. Null, with a note, when they are unreadable. */
export function carrierOf(
  fields: Fields,
  path: string,
  notes: Quarantine,
): { vendor: Vendor; channel: Channel } | null {
  const platform = countOf(field(fields, 'PushPlatform'))
  if (typeof platform !== 'number') return notes.note(`${path}.PushPlatform`, 'is not a platform')
  const eventType = countOf(field(fields, 'EventType'))
  if (eventType === 'unreadable') return notes.note(`${path}.EventType`, 'is not a channel')
  return { vendor: vendorOf(platform), channel: channelOf(eventType) }
}
