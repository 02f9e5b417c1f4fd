import 'server-only'
import { PushlensError } from '@/lib/contract/errors'
import { instantOf } from '@/lib/report/range/range'
import { isDay, shiftDay, startOfDay, zoneOf } from '@/lib/report/range/zone'

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

/**
 * Returns the fields of the API for days of a page, both included, in the zone of the page. They are epoch seconds, because
 * the API does not take every offset as a zone. A text that is no day stays, and the API refuses it.
 */
export function spanOfDays({ from, to }: Asked, tz: string): { from: string | undefined; to: string | undefined } {
  const start = (day: string) => String(startOfDay(zoneOf(tz), day))
  return {
    from: from !== undefined && isDay(from) ? start(from) : from,
    to: to !== undefined && isDay(to) ? start(shiftDay(to, 1)) : to,
  }
}
