import 'server-only'
import { PushlensError } from '@/lib/contract/errors'
import { instantOf } from '@/lib/report/range/range'
import { isDay, shiftDay, zoneOf } from '@/lib/report/range/zone'

interface Asked {
  from?: string | undefined
  to?: string | undefined
  tz?: string | undefined
}

/**
 * Returns the half-open time of a question in epoch seconds. A date is its midnight in `tz`. Unlike a report, the audit has
 * no longest range. Throws `bad_range` with the field.
 */
export function auditSpan({ from, to, tz = 'UTC' }: Asked): { from?: number; to?: number } {
  const zone = zoneOf(tz)
  const start = from === undefined ? undefined : instantOf(from, zone, 'from')
  const end = to === undefined ? undefined : instantOf(to, zone, 'to')
  if (start !== undefined && end !== undefined && start >= end) {
    throw new PushlensError('bad_range', 'ends before it begins', 'to')
  }
  return { ...(start === undefined ? {} : { from: start }), ...(end === undefined ? {} : { to: end }) }
}

/** Returns the day after, for a page whose last day is included. The API's end is not. */
export function dayAfter(day: string): string {
  return isDay(day) ? shiftDay(day, 1) : day
}
