import { MIN_VOLUME } from '@/lib/contract/limits'
import type { VendorPlace } from '@/lib/report/funnel/reporting'
import type { Span } from '@/lib/report/range/windows'
import { type Baseline, varianceOf } from './baseline'
import type { RateHour, RateKind, RateSeries } from './rate-hours'

/** Hours in which a vendor's rate was not its usual one. Rates and messages are those of its part inside the range. */
export interface Incident extends VendorPlace {
  change: 'fell' | 'rose'
  kind: RateKind
  /** Epoch seconds of the first hour, which may be before the range. */
  from: number
  /** The end of the last hour; null while it goes on. */
  to: number | null
  /** The usual rate of these hours, and the rate they had. */
  before: number
  now: number
  /** How many pushes the rate is of. */
  whole: number
  /** Messages gained, or lost where it is negative. */
  messages: number
}

/** A change below this is not worth a sentence, even where the data usually varies less. In fractions. */
const LEAST_EFFECT = 0.05
/** A change must exceed the usual variation of days this many times. */
const DAY_SIGMAS = 4
/** A change must exceed chance this many times: every span of hours is a candidate, so some look unusual. */
const CHANCE_SIGMAS = 6
/** The part of the least effect that an hour must exceed to belong to a change. */
const HOUR_SHARE = 0.6

/**
 * Finds the spans of hours in which a rate was not the usual one and that have a part inside the range. `series` begins
 * before the range and ends after it, so that a change is found with its start and its end.
 */
export function findIncidents(series: RateSeries, baseline: Baseline, range: Span): Incident[] {
  const least = Math.max(LEAST_EFFECT, DAY_SIGMAS * baseline.daySigma)
  return (['fell', 'rose'] as const).flatMap((change) => {
    const gapOf = (hour: RateHour) => (change === 'fell' ? missing(hour, baseline) : -excess(hour, baseline))
    const scored = series.hours.map((hour) => ({
      hour,
      gap: gapOf(hour),
      score: gapOf(hour) - HOUR_SHARE * least * hour.whole,
    }))
    return maximalSpans(scored, (span) => isBeyond(span, baseline, least)).flatMap(({ start, end }) => {
      const inside = scored.slice(start, end).filter(({ hour }) => hour.to > range.from && hour.from < range.to)
      if (!isBeyond(inside, baseline, least)) return []
      const hours = inside.map(({ hour }) => hour)
      const whole = sum(hours, ({ whole }) => whole)
      const expected = sum(hours, (hour) => hour.whole * baseline.rate(hour.from))
      const part = sum(hours, ({ part }) => part)
      const isOver = sum(series.hours.slice(end), (hour) => hour.whole) >= MIN_VOLUME
      const [first, last] = [series.hours[start], series.hours[end - 1]]
      if (!first || !last) return []
      const { kind, vendor, channel } = series
      const to = isOver ? last.to : null
      const messages = Math.round(part - expected)
      return [
        {
          change,
          kind,
          vendor,
          channel,
          from: first.from,
          to,
          before: expected / whole,
          now: part / whole,
          whole,
          messages,
        },
      ]
    })
  })
}

/** Returns how many messages an hour misses for certain: receipts that may still arrive are not missing. */
const missing = ({ from, whole, part, arrived }: RateHour, { rate }: Baseline): number =>
  whole * rate(from) * arrived - part

const excess = ({ from, whole, part }: RateHour, { rate }: Baseline): number => whole * rate(from) - part

interface Scored {
  hour: RateHour
  /** Messages by which the hour differs from the usual, in the direction of the change. */
  gap: number
  score: number
}

function isBeyond(span: readonly Scored[], baseline: Baseline, least: number): boolean {
  const whole = sum(span, ({ hour }) => hour.whole)
  if (whole < MIN_VOLUME) return false
  const gap = sum(span, (one) => one.gap)
  const chance = Math.sqrt(baseline.dispersion * sum(span, ({ hour }) => varianceOf(hour, baseline.rate)))
  return gap >= least * whole && gap >= CHANCE_SIGMAS * chance
}

/**
 * Returns the spans with the highest scores that pass, in order of time and without overlap. What is left before and after
 * a span is searched again.
 */
function maximalSpans(
  scored: readonly Scored[],
  passes: (span: readonly Scored[]) => boolean,
  offset = 0,
): { start: number; end: number }[] {
  const best = bestSpan(scored)
  if (!best || !passes(scored.slice(best.start, best.end))) return []
  return [
    ...maximalSpans(scored.slice(0, best.start), passes, offset),
    { start: offset + best.start, end: offset + best.end },
    ...maximalSpans(scored.slice(best.end), passes, offset + best.end),
  ]
}

/** Returns the span of hours with the highest sum of scores; null where no score is positive. */
function bestSpan(scored: readonly Scored[]): { start: number; end: number } | null {
  let best: { start: number; end: number; score: number } | null = null
  let [start, reached] = [0, 0]
  for (const [i, { score }] of scored.entries()) {
    if (reached <= 0) [start, reached] = [i, 0]
    reached += score
    if (reached > (best?.score ?? 0)) best = { start, end: i + 1, score: reached }
  }
  return best
}

function sum<T>(all: readonly T[], of: (one: T) => number): number {
  return all.reduce((total, one) => total + of(one), 0)
}
