import { isoDay } from '@/components/i18n/time'
import { DAY, MAX_RANGE_DAYS } from '@/lib/contract/limits'
import type { FunnelView } from '@/lib/contract/links'
import type { RangeReply } from '@/lib/contract/ranges'
import { isOfDays, lastMinute } from './custom-label'

const DAY_MS = DAY * 1_000

interface Shown {
  view: FunnelView
  range: RangeReply
  /** Epoch milliseconds of the data's clock. */
  nowMs: number
}

/**
 * Returns the view whose range is as long and ends where this one begins (-1), or begins where it ends (1). Whole days stay
 * whole days, also where clocks change. Null where it would end after now (whole days: after today) or begin more than 400
 * days ago.
 */
export function shiftedView({ view, range, nowMs }: Shown, by: -1 | 1): FunnelView | null {
  const { range: _, ...kept } = view
  const isTimed = range.preset === '24h' || !isOfDays(range, view)
  const span = isTimed ? shiftedInstants(range, by, nowMs) : shiftedDays(range, by, nowMs)
  return span && { ...kept, ...span }
}

function shiftedInstants({ from, to }: RangeReply, by: -1 | 1, nowMs: number) {
  const [start, end] = [Date.parse(from), Date.parse(to)]
  const shift = by * (end - start)
  if (end + shift > nowMs || start + shift < nowMs - MAX_RANGE_DAYS * DAY_MS) return null
  return { from: new Date(start + shift).toISOString(), to: new Date(end + shift).toISOString() }
}

function shiftedDays(range: RangeReply, by: -1 | 1, nowMs: number) {
  const { tz } = range
  const first = dayNumber(isoDay(range.from, tz))
  const days = dayNumber(isoDay(lastMinute(range), tz)) - first + 1
  const today = dayNumber(isoDay(new Date(nowMs).toISOString(), tz))
  const start = first + by * days
  // A range of today ends in the future; the server ends it now.
  if (start + days > today + 1 || start < today - MAX_RANGE_DAYS) return null
  return { from: dayText(start), to: dayText(start + days) }
}

/** Calendar days are counted in UTC, where all have 24 hours. */
const dayNumber = (day: string): number => Date.parse(day) / DAY_MS
const dayText = (n: number): string => new Date(n * DAY_MS).toISOString().slice(0, 10)
