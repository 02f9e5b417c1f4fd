import type { Comparison } from '@/lib/contract/comparisons'
import { DAY, HOUR } from '@/lib/contract/limits'
import type { ResolvedRange } from './range'
import { dayOf, shiftDay, startOfDay, zoneOf } from './zone'

/** Returns the part of a range that is compared, in whole hours, and the range before it. */
export function comparedRanges(range: ResolvedRange, comparison: Exclude<Comparison, 'none'>) {
  const whole = { ...range, from: Math.ceil(range.from / HOUR) * HOUR, to: Math.floor(range.to / HOUR) * HOUR }
  return { whole, before: comparisonOf(whole, comparison) }
}

/**
 * Returns the range to compare with. Whole days move by the zone's calendar. `today` is compared with the same hours of
 * the day before. Any other range moves by its own length, to the whole hour before, because the archive keeps hours.
 */
export function comparisonOf(range: ResolvedRange, comparison: Exclude<Comparison, 'none'>): ResolvedRange {
  const { from, to, tz, preset } = range
  const zone = zoneOf(tz)
  const days = (to - from) / DAY
  const back = (at: number, by: number) => {
    const day = dayOf(zone, at)
    return startOfDay(zone, shiftDay(day, -by)) + (at - startOfDay(zone, day))
  }
  const whole = [from, to].every((at) => startOfDay(zone, dayOf(zone, at)) === at)
  const shift =
    comparison === 'weekday' ? Math.ceil(days / 7) * 7 : whole ? Math.round(days) : preset === 'today' ? 1 : null
  const [start, end] = shift === null ? [from - (to - from), from] : [back(from, shift), back(to, shift)]
  const intoHour = (end - start) % HOUR === 0 ? start % HOUR : 0
  return { from: start - intoHour, to: end - intoHour, tz, preset: null }
}
