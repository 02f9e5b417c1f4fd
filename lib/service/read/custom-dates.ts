import 'server-only'
import { Temporal } from 'temporal-polyfill'
import { isDay, shiftDay } from '@/lib/report/range/zone'

/** What the form for custom dates sends. A field that was left empty is ''. */
export interface CustomDates {
  /** The first day. */
  from?: string | undefined
  /** The last day, which belongs to the range. */
  through?: string | undefined
  /** Times of day, as HH:MM. They are instants: a range to 18:00 ends when 18:00 begins. */
  fromTime?: string | undefined
  throughTime?: string | undefined
}

/**
 * Returns the half-open `from` and `to` of a query: 1 Nov to 7 Nov, both included, becomes `from=2026-11-01` and
 * `to=2026-11-08`. A time of day is an instant in `tz`; a time that the zone shows twice is the earlier one, and a time
 * that it skips is the same instant by the offset before. A text that is no date is returned as it is, for the schema
 * to refuse.
 */
export function halfOpenDates({ from, through, fromTime, throughTime }: CustomDates, tz: string) {
  return {
    from: from && (fromTime ? instantOf(from, fromTime, tz) : from),
    to:
      through && (throughTime ? instantOf(through, throughTime, tz) : isDay(through) ? shiftDay(through, 1) : through),
  }
}

function instantOf(day: string, time: string, tz: string): string {
  try {
    return Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(tz).toInstant().toString()
  } catch {
    return `${day}T${time}`
  }
}
