import { DAY, HORIZON, HOUR } from '@/lib/contract/limits'
import type { Metric } from '@/lib/contract/sources'
import { earliestAskable, type Span } from '@/lib/report/range/windows'
import { bucketsIn } from './plan-buckets'

/** How complete the hours of one metric are. Counts are hours that have ended; instants are epoch seconds. */
export interface ArchiveProgress {
  held: number
  expected: number
  /** Never held, and the upstream has forgotten them. */
  lost: number
  /** Not held yet, and can still be asked for. */
  pending: number
  /** When the next hour will be lost unless it is fetched; null when none is pending. */
  nextLossAt: number | null
  /** What was lost, neighbours as one. */
  gaps: Span[]
}

/**
 * Nothing is written down when an hour is lost: whoever began at `since` could ask back to the horizon of that day, so
 * every hour from there on that is neither held nor askable is lost. `since` and `now` are epoch seconds.
 */
export function progressOf({
  metric,
  held,
  since,
  nowS,
  days = null,
}: {
  metric: Metric
  held: Span[]
  since: number
  nowS: number
  /** Where days are kept and hours are not: the offset they begin at. They count as the hours they have. */
  days?: number | null
}): ArchiveProgress {
  const begins = new Set(
    days === null
      ? held.filter(({ from, to }) => to - from === HOUR).map(({ from }) => from)
      : held.filter(({ from, to }) => to - from === DAY).flatMap((day) => hoursIn(day).map(({ from }) => from)),
  )
  const span = { from: earliestAskable(HORIZON[metric], Math.min(since, nowS)), to: nowS }
  const hours = days === null ? bucketsIn('hour', span, 0) : bucketsIn('day', span, days).flatMap(hoursIn)
  const absent = hours.filter(({ from }) => !begins.has(from))
  const earliest = earliestAskable(HORIZON[metric], nowS)
  const lost = absent.filter(({ from }) => from < earliest)
  const [next] = absent.slice(lost.length)
  return {
    held: hours.length - absent.length,
    expected: hours.length,
    lost: lost.length,
    pending: absent.length - lost.length,
    nextLossAt: next ? nowS + next.from - earliest : null,
    gaps: joined(lost),
  }
}

/** A day need not begin with a whole hour of the epoch. */
function hoursIn({ from, to }: Span): Span[] {
  return Array.from({ length: (to - from) / HOUR }, (_, i) => ({ from: from + i * HOUR, to: from + (i + 1) * HOUR }))
}

function joined(spans: Span[]): Span[] {
  const gaps: Span[] = []
  for (const { from, to } of spans) {
    const last = gaps.at(-1)
    if (last?.to === from) last.to = to
    else gaps.push({ from, to })
  }
  return gaps
}
