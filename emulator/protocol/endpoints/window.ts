import { offsetSeconds, type Switches } from '../../switches'
import { type JsonObject, Refusal } from '../answers'

const UNITS = { second: 1, minute: 60, hour: 3_600, day: 86_400 } as const
export const DAYS = { statistics: 30, loss: 7, trace: 7 } as const
const MAX_TASKS = 5

/** Half-open epoch seconds, and the last second whose events are visible. */
export interface Window {
  from: number
  to: number
  known: number
}

/** Returns the last second of data time whose events are visible. */
export function knownAt(now: number, switches: Switches): number {
  if (switches.lag === 'none') return now
  const east = offsetSeconds(switches.utcOffset)
  return floorTo(now + east, UNITS.day) - east - 1
}

/** Parses StartTime and EndTime. Refuses windows that are too long, too old, reversed or not integers. `now` is in data time. */
export function windowOf(body: JsonObject, metric: 'statistics' | 'loss', now: number, switches: Switches): Window {
  const start = seconds(body, 'StartTime')
  const end = seconds(body, 'EndTime')
  const days = DAYS[metric]
  if (end < start) throw new Refusal(90100, 'EndTime before StartTime')
  if (end - start > days * UNITS.day) throw new Refusal(90100, `window over ${days} days`)
  if (start < now - days * UNITS.day) throw new Refusal(90100, `StartTime over ${days} days ago`)
  return widened(start, end, now, switches)
}

function widened(start: number, end: number, now: number, switches: Switches): Window {
  const unit = UNITS[switches.grain]
  const east = offsetSeconds(switches.utcOffset)
  const last = switches.endTime === 'inclusive' ? end : end - 1
  return {
    from: floorTo(start + east, unit) - east,
    to: floorTo(last + east, unit) + unit - east,
    known: knownAt(now, switches),
  }
}

const floorTo = (at: number, unit: number) => Math.floor(at / unit) * unit

function seconds(body: JsonObject, field: string): number {
  const value = body[field]
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new Refusal(90100, field)
  return value
}

/** Returns the requested TaskIDs without duplicates. An empty list means all campaigns. */
export function tasksOf(body: JsonObject): string[] {
  const { TaskID } = body
  if (!Array.isArray(TaskID) || TaskID.length > MAX_TASKS) throw new Refusal(90100, 'TaskID')
  const ids = TaskID.map((id) => (typeof id === 'string' ? id : null))
  if (ids.some((id) => id === null || id === '')) throw new Refusal(90100, 'TaskID')
  return [...new Set(ids.filter((id) => id !== null))]
}

export function text(body: JsonObject, field: string): string {
  const value = body[field]
  if (typeof value !== 'string' || value === '') throw new Refusal(90100, field)
  return value
}
