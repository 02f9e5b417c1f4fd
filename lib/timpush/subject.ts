import 'server-only'
import { MAX_ID_LENGTH } from '@/lib/contract/limits'
import { type Channel, channelOf, type Vendor, vendorOf } from '@/lib/contract/vendors'
import { countOf, type Fields, field, type Quarantine } from './fields'

/**
 * Which task a result is about, '' for the overall; null, and noted, when that cannot be told. Sending and callbacks
 * spell it `TaskId`, statistics `TaskID`.
 */
export function taskOf(fields: Fields, path: string, overall: boolean, notes: Quarantine): string | null {
  const task = field(fields, 'TaskID', 'TaskId') ?? null
  if (task === null && overall) return ''
  if (typeof task === 'string' && task.length <= MAX_ID_LENGTH && !task.includes('\u0000')) return task
  return notes.note(`${path}TaskID`, task === null ? 'is missing' : 'is not a task')
}

/** Which vendor and channel a row is about; null, and noted, when that cannot be told. */
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
