import { DAY, HOUR, MIN_VOLUME } from '@/lib/contract/limits'
import type { RateHour } from './rate-hours'
import { robustSigma, weightedMedian } from './robust'

/** What is usual for one rate of one vendor, learnt from stored hours. */
export interface Baseline {
  /** Returns the usual rate of the hour that begins at `at` (epoch seconds). */
  rate(at: number): number
  /** How much a day's rate usually differs from the usual one, in standard deviations, as a fraction of pushes. */
  daySigma: number
  /** How many times more an hour varies than by chance alone; 1 or more. */
  dispersion: number
}

/** A slot counts as known from this many different days. */
const MIN_DAYS_PER_SLOT = 3
/** With fewer days nothing is usual yet. */
export const MIN_DAYS = 7
/** With this many pushes a slot counts as much as the wider one: a few pushes say little about an hour. */
const HALF_TRUSTED = 500
/** A usual rate of 0 or 1 still varies this much. */
const LEAST_VARIANCE = 0.01

/**
 * Learns what is usual: the median rate of the days, refined by hour of the day, by weekday, and by both where there is
 * enough history. Days begin at the app's offset. Returns null with fewer than seven days of enough pushes.
 */
export function learnBaseline(hours: readonly RateHour[], offsetMin: number): Baseline | null {
  const settled = hours.filter(({ arrived }) => arrived === 1)
  const days = [...groupBy(settled, ({ from }) => dayOf(from, offsetMin)).values()].filter(
    (day) => wholeOf(day) >= MIN_VOLUME,
  )
  if (days.length < MIN_DAYS) return null
  const rate = usualRate(settled, offsetMin)
  const deviations = settled.map((hour) => missingOf(hour, rate) / Math.sqrt(varianceOf(hour, rate)))
  return {
    rate,
    daySigma: robustSigma(days.map((day) => day.reduce((sum, hour) => sum + missingOf(hour, rate), 0) / wholeOf(day))),
    dispersion: Math.max(1, robustSigma(deviations)) ** 2,
  }
}

function usualRate(hours: readonly RateHour[], offsetMin: number): Baseline['rate'] {
  const slots = new Map<string, { usual: number; whole: number }>()
  const keyed = hours.flatMap((hour) => slotKeys(hour.from, offsetMin).map((key) => ({ key, hour })))
  for (const [key, own] of groupBy(keyed, (one) => one.key)) {
    const days = groupBy(own, ({ hour }) => dayOf(hour.from, offsetMin))
    // Pooled by day: the median of many tiny samples would be that of a lucky one.
    const rates = [...days.values()].map((day) => pooled(day.map(({ hour }) => hour)))
    const usual = weightedMedian(rates)
    if (usual === null || (key !== 'all' && rates.length < MIN_DAYS_PER_SLOT)) continue
    slots.set(key, { usual, whole: rates.reduce((sum, { weight }) => sum + weight, 0) })
  }
  const rates = new Map<number, number>()
  return (at) => {
    const place = slotOf(at, offsetMin)
    const known = rates.get(place)
    if (known !== undefined) return known
    const found = slotKeys(at, offsetMin).reduce((wider, key) => {
      const slot = slots.get(key)
      if (!slot || key === 'all') return slot?.usual ?? wider
      const trust = slot.whole / (slot.whole + HALF_TRUSTED)
      return trust * slot.usual + (1 - trust) * wider
    }, 0)
    rates.set(place, found)
    return found
  }
}

/** Returns the variance of an hour's count by chance alone. */
export function varianceOf({ from, whole }: RateHour, rate: Baseline['rate']): number {
  const usual = rate(from)
  return whole * Math.max(LEAST_VARIANCE, usual * (1 - usual))
}

const wholeOf = (hours: readonly RateHour[]): number => hours.reduce((sum, { whole }) => sum + whole, 0)

const missingOf = ({ from, whole, part }: RateHour, rate: Baseline['rate']): number => whole * rate(from) - part

function pooled(hours: readonly RateHour[]): { value: number; weight: number } {
  const weight = wholeOf(hours)
  return { value: hours.reduce((sum, { part }) => sum + part, 0) / weight, weight }
}

function groupBy<T, K>(all: readonly T[], keyOf: (one: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const one of all) {
    const own = groups.get(keyOf(one))
    if (own) own.push(one)
    else groups.set(keyOf(one), [one])
  }
  return groups
}

/** Returns the number of the local day that contains `at` (epoch seconds). */
export const dayOf = (at: number, offsetMin: number): number => Math.floor((at + offsetMin * 60) / DAY)

/** Returns the hour of the local week, from 0 to 167. */
const slotOf = (at: number, offsetMin: number): number =>
  (dayOf(at, offsetMin) % 7) * 24 + (Math.floor((at + offsetMin * 60) / HOUR) % 24)

/** Returns the slots of an hour, the widest first. */
export function slotKeys(at: number, offsetMin: number): [string, string, string, string] {
  const slot = slotOf(at, offsetMin)
  return ['all', `hour ${slot % 24}`, `weekday ${Math.floor(slot / 24)}`, `slot ${slot}`]
}
