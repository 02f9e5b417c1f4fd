import { DAY, HOUR } from '@/lib/contract/limits'
import type { Metric } from '@/lib/contract/sources'
import { planExact, type Span } from '@/lib/report/range/windows'

/** The buckets that the archive keeps for good: whole hours of the epoch, and days at the app's offset. */
export const GRAINS = ['day', 'hour'] as const
export type Grain = (typeof GRAINS)[number]

const SECONDS = { hour: HOUR, day: DAY } as const

/** Returns the whole buckets inside `[from, to)`. Hours are whole hours of the epoch, at any offset of the app. */
export function bucketsIn(grain: Grain, { from, to }: Span, offsetMin: number): Span[] {
  const step = SECONDS[grain]
  const shift = shiftOf(grain, offsetMin)
  const first = Math.ceil((from + shift) / step) * step - shift
  const count = Math.max(0, Math.floor((to - first) / step))
  return Array.from({ length: count }, (_, i) => ({ from: first + i * step, to: first + (i + 1) * step }))
}

/** Returns whether a span is exactly one bucket, and so is kept for good. */
export function isBucket({ from, to }: Span, offsetMin: number): boolean {
  return GRAINS.some(
    (grain) => to - from === SECONDS[grain] && (from + shiftOf(grain, offsetMin)) % SECONDS[grain] === 0,
  )
}

/** In the first hours of a day, its hours are among the newest ones and answer for the whole day. */
const TODAY_AFTER_S = 2 * HOUR

/**
 * Returns the exact windows that a first visit needs, as a reader would request them now: today, the last 7 days, the 7
 * days before, and the last 30 days. `wanted` is the range before it was cut at the horizon.
 */
export function firstTotals(metric: Metric, nowS: number, offsetMin: number): (Span & { wanted: Span })[] {
  const midnight = midnightBefore(nowS, offsetMin)
  const back = (days: number, until: number) => ({ from: midnight - days * DAY, to: midnight - until * DAY })
  const today = nowS - midnight >= TODAY_AFTER_S ? [{ from: midnight, to: Math.floor(nowS / 60) * 60 }] : []
  const ranges = [...today, back(7, 0), back(14, 7), back(30, 0)]
  return ranges.flatMap((wanted) => planExact(wanted, metric, nowS).windows.map((window) => ({ ...window, wanted })))
}

/** Returns the start of the day at this offset, in epoch seconds. */
export function midnightBefore(nowS: number, offsetMin: number): number {
  const shift = shiftOf('day', offsetMin)
  return Math.floor((nowS + shift) / DAY) * DAY - shift
}

function shiftOf(grain: Grain, offsetMin: number): number {
  return grain === 'day' ? offsetMin * 60 : 0
}
