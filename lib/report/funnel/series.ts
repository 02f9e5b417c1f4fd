import { PushlensError } from '@/lib/contract/errors'
import type { Interval } from '@/lib/contract/funnel'
import { DAY, HORIZON, HOUR } from '@/lib/contract/limits'
import type { ResolvedRange } from '@/lib/report/range/range'
import { earliestAskable, type Span } from '@/lib/report/range/windows'
import { dayOf, mondayOf, shiftDay, startOfDay, type Zone, zoneOf } from '@/lib/report/range/zone'

export type SeriesInterval = Exclude<Interval, 'none'>

/** `days` are the days that make up a day or a week; an hour has none. */
export interface Bucket extends Span {
  days: Span[]
}

export interface SeriesPlan {
  buckets: Bucket[]
  /** False where a border had to be moved to the whole hour before it. */
  aligned: boolean
}

const MOST_BUCKETS = 2_000
const floor = (at: number): number => Math.floor(at / HOUR) * HOUR
const ceil = (at: number): number => Math.ceil(at / HOUR) * HOUR

/**
 * The buckets of a range in its zone, in order and touching. The first and the last are cut to the hours the range
 * touches, and what still runs ends at the last whole hour: nothing is planned that would change its name every minute.
 * Throws `bad_range` above 2 000 buckets.
 */
export function planSeries(range: ResolvedRange, interval: SeriesInterval, nowS: number): SeriesPlan {
  const zone = zoneOf(range.tz)
  if (interval === 'hour') return planHours(range, zone, nowS)
  const { days, aligned } = planDays(range, zone, nowS)
  if (interval === 'day') return { buckets: days.map(({ from, to }) => ({ from, to, days: [{ from, to }] })), aligned }
  return { buckets: weeksOf(days), aligned }
}

/** Hours are those of the epoch, which are what is kept; a zone off the whole hour sees them begin at its half hour. */
function planHours(range: Span, zone: Zone, nowS: number): SeriesPlan {
  const from = floor(range.from)
  const count = Math.max(0, (Math.min(ceil(range.to), floor(nowS)) - from) / HOUR)
  if (count > MOST_BUCKETS) {
    throw new PushlensError('bad_range', `has ${count} hours, more than ${MOST_BUCKETS}`, 'interval')
  }
  const buckets = Array.from({ length: count }, (_, i) => ({
    from: from + i * HOUR,
    to: from + (i + 1) * HOUR,
    days: [],
  }))
  return { buckets, aligned: [range.from, range.to].every((at) => zone.offsetAt(at) % HOUR === 0) }
}

function planDays(range: Span, zone: Zone, nowS: number): { days: (Span & { day: string })[]; aligned: boolean } {
  // Beyond the horizon a day is made of hours, so its borders are moved to them; inside it is asked for as it is.
  const reach = earliestAskable(HORIZON.statistics, nowS) + DAY + HOUR
  const snapped = (at: number) => (at < reach ? floor(at) : at)
  const days: (Span & { day: string })[] = []
  let aligned = true
  for (let day = dayOf(zone, range.from), start = startOfDay(zone, day); start < range.to; ) {
    const next = shiftDay(day, 1)
    const end = startOfDay(zone, next)
    const cut = Math.min(end, ceil(range.to))
    const span = { from: Math.max(start, floor(range.from)), to: cut <= nowS ? cut : floor(nowS) }
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
