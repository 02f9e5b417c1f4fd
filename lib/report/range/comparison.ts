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
  const move = moveOf(range, comparison)
  return { from: move(range.from), to: move(range.to), tz: range.tz, preset: null }
}

/** Returns where an instant of a range lies in the range to compare with. */
export function moveOf(range: ResolvedRange, comparison: Exclude<Comparison, 'none'>): (at: number) => number {
  const { from, to, tz, preset } = range
  const zone = zoneOf(tz)
  const days = (to - from) / DAY
  const whole = [from, to].every((at) => startOfDay(zone, dayOf(zone, at)) === at)
  const shift =
    comparison === 'weekday' ? Math.ceil(days / 7) * 7 : whole ? Math.round(days) : preset === 'today' ? 1 : null
  const move = (at: number) => {
    if (shift === null) return at - (to - from)
    const day = dayOf(zone, at)
    return startOfDay(zone, shiftDay(day, -shift)) + (at - startOfDay(zone, day))
  }
  const intoHour = (move(to) - move(from)) % HOUR === 0 ? move(from) % HOUR : 0
  return (at) => move(at) - intoHour
}
