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
/** The same of the effect of the whole change: a few unlucky hours before a large fall are no part of it. */
const EDGE_SHARE = 0.25
/** A change is over once the rate differs from that of the change by more than chance explains, this many times. */
const OVER_SIGMAS = 3

/**
 * Finds the spans of hours in which a rate was not the usual one and that have a part inside the range. `series` begins
 * before the range and ends after it, so that a change is found with its start and its end.
 */
export function findIncidents(series: RateSeries, baseline: Baseline, range: Span): Incident[] {
  const least = Math.max(LEAST_EFFECT, DAY_SIGMAS * baseline.daySigma)
  return (['fell', 'rose'] as const).flatMap((change) => {
    const scored = scoredFor(change, series.hours, { baseline, least: HOUR_SHARE * least })
    return maximalSpans(scored, (span) => isBeyond(span, baseline, least)).flatMap((found) => {
      const { start, end } = withoutEdges(scored, found)
      const inside = scored.slice(start, end).filter(({ hour }) => hour.to > range.from && hour.from < range.to)
      const [first, last] = [series.hours[start], series.hours[end - 1]]
      if (!first || !last || !isBeyond(inside, baseline, least)) return []
      const { whole, part, expected } = sumsOf(inside, baseline)
      const isEnded = isOver(scored.slice(start, end), scored.slice(end), baseline)
      const { kind, vendor, channel } = series
      return {
        change,
        kind,
        vendor,
        channel,
        from: first.from,
        to: isEnded ? last.to : null,
        before: expected / whole,
        now: part / whole,
        whole,
        messages: Math.round(part - expected),
      }
    })
  })
}

function scoredFor(
  change: Incident['change'],
  hours: readonly RateHour[],
  { baseline, least }: { baseline: Baseline; least: number },
): Scored[] {
  return hours.map((hour) => {
    const gap = change === 'fell' ? missing(hour, baseline) : -excess(hour, baseline)
    return { hour, gap, score: gap - least * hour.whole }
  })
}

/** Leaves out hours at both ends that hardly differ from the usual, compared with the change itself. */
function withoutEdges(scored: readonly Scored[], { start, end }: { start: number; end: number }) {
  const span = scored.slice(start, end)
  const effect = sum(span, ({ gap }) => gap) / sum(span, ({ hour }) => hour.whole)
  const least = effect * EDGE_SHARE
  const core = bestSpan(span.map((one) => ({ ...one, score: Math.min(one.score, one.gap - least * one.hour.whole) })))
  return core ? { start: start + core.start, end: start + core.end } : { start, end }
}

function sumsOf(span: readonly Scored[], { rate }: Baseline) {
  return {
    whole: sum(span, ({ hour }) => hour.whole),
    part: sum(span, ({ hour }) => hour.part),
    expected: sum(span, ({ hour }) => hour.whole * rate(hour.from)),
  }
}

/** Returns whether the hours after a change certainly have another rate than the change. */
function isOver(span: readonly Scored[], after: readonly Scored[], baseline: Baseline): boolean {
  const during = sumsOf(span, baseline)
  const later = sumsOf(after, baseline)
  const chance = Math.sqrt(baseline.dispersion * sum(after, ({ hour }) => varianceOf(hour, baseline.rate)))
  const difference = later.part - (later.whole * during.part) / during.whole
  return later.whole > 0 && Math.abs(difference) >= OVER_SIGMAS * chance
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
