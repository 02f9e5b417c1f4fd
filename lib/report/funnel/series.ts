import { PushlensError } from '@/lib/contract/errors'
import type { Interval } from '@/lib/contract/funnel'
import { DAY, HORIZON, HOUR } from '@/lib/contract/limits'
import type { ResolvedRange } from '@/lib/report/range/range'
import { earliestAskable, type Span } from '@/lib/report/range/windows'
import { dayOf, mondayOf, shiftDay, startOfDay, type Zone, zoneOf } from '@/lib/report/range/zone'

export type SeriesInterval = Exclude<Interval, 'none'>

/** `days` are the days of a day or week bucket. An hour bucket has none. */
export interface Bucket extends Span {
  days: Span[]
}

export interface SeriesPlan {
  buckets: Bucket[]
  /** False where a border was moved to the whole hour before it. */
  aligned: boolean
}

const MAX_BUCKETS = 2_000
const floorHour = (at: number): number => Math.floor(at / HOUR) * HOUR
const ceilHour = (at: number): number => Math.ceil(at / HOUR) * HOUR

/**
 * Plans the buckets of a range in its zone, in order and without gaps. The first and the last are cut to the hours that
 * the range touches. A running bucket ends at the last whole hour, so that its key does not change every minute. Throws
 * `bad_range` above 2,000 buckets.
 */
export function planSeries(range: ResolvedRange, interval: SeriesInterval, nowS: number): SeriesPlan {
  const zone = zoneOf(range.tz)
  if (interval === 'hour') return planHours(range, zone, nowS)
  const { days, aligned } = planDays(range, zone, nowS)
  if (interval === 'day') return { buckets: days.map(({ from, to }) => ({ from, to, days: [{ from, to }] })), aligned }
  return { buckets: weeksOf(days), aligned }
}

/** Plans hours of the epoch, which the archive keeps. In a zone at a half-hour offset they begin at half past. */
function planHours(range: Span, zone: Zone, nowS: number): SeriesPlan {
  const from = floorHour(range.from)
  const count = Math.max(0, (Math.min(ceilHour(range.to), floorHour(nowS)) - from) / HOUR)
  if (count > MAX_BUCKETS) {
    throw new PushlensError('bad_range', `has ${count} hours, more than ${MAX_BUCKETS}`, 'interval')
  }
  const buckets = Array.from({ length: count }, (_, i) => ({
    from: from + i * HOUR,
    to: from + (i + 1) * HOUR,
    days: [],
  }))
  return { buckets, aligned: [range.from, range.to].every((at) => zone.offsetAt(at) % HOUR === 0) }
}

function planDays(range: Span, zone: Zone, nowS: number): { days: (Span & { day: string })[]; aligned: boolean } {
  // Past the horizon a day is made of stored hours, so its borders move to whole hours. Inside the horizon it is
  // requested as it is.
  const firstExact = earliestAskable(HORIZON.statistics, nowS) + DAY + HOUR
  const snapped = (at: number) => (at < firstExact ? floorHour(at) : at)
  const days: (Span & { day: string })[] = []
  let aligned = true
  for (let day = dayOf(zone, range.from), start = startOfDay(zone, day); start < range.to; ) {
    const next = shiftDay(day, 1)
    const end = startOfDay(zone, next)
    const cut = Math.min(end, ceilHour(range.to))
    const span = { from: Math.max(start, floorHour(range.from)), to: cut <= nowS ? cut : floorHour(nowS) }
    const [from, to] = [snapped(span.from), snapped(span.to)]
    if (from < to) days.push({ day, from, to })
    aligned &&= from === span.from && to === span.to
    day = next
    start = end
  }
  return { days, aligned }
}

function weeksOf(days: (Span & { day: string })[]): Bucket[] {
  const weeks = new Map<string, Bucket>()
  for (const { day, from, to } of days) {
    const monday = mondayOf(day)
    const week = weeks.get(monday)
    weeks.set(monday, { from: week?.from ?? from, to, days: [...(week?.days ?? []), { from, to }] })
  }
  return [...weeks.values()]
}
