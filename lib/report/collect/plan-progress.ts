import { DAY, HORIZON, HOUR } from '@/lib/contract/limits'
import type { Metric } from '@/lib/contract/sources'
import { earliestAskable, type Span } from '@/lib/report/range/windows'
import { bucketsIn } from './plan-buckets'

/** How complete the hours of one metric are. Counts are hours that have ended. Instants are epoch seconds. */
export interface ArchiveProgress {
  held: number
  expected: number
  /** Never stored, and past Tencent's horizon. */
  lost: number
  /** Not stored yet, but still available from Tencent. */
  pending: number
  /** When the next pending hour expires unless it is fetched; null when none is pending. */
  nextLossAt: number | null
  /** The lost hours, with neighbours joined. */
  gaps: Span[]
}

/**
 * Computes how complete the hours of one metric are. The loss of an hour is not recorded when it happens. It follows
 * from `since`: an app connected then could fetch back to the horizon of that day. Every hour from there on that is
 * neither stored nor available is lost. `since` and `nowS` are epoch seconds.
 */
export function progressOf({
  metric,
  held,
  since,
  nowS,
  days = null,
  fillFrom = null,
}: {
  metric: Metric
  held: Span[]
  since: number
  nowS: number
  /**
   * The offset in minutes at which days begin, where the archive keeps days and no hours. Each day counts as its hours.
   */
  days?: number | null
  /** Hours from before this second are not expected; null to expect everything that Tencent had. */
  fillFrom?: number | null
}): ArchiveProgress {
  const begins = new Set(
    days === null
      ? held.filter(({ from, to }) => to - from === HOUR).map(({ from }) => from)
      : held.filter(({ from, to }) => to - from === DAY).flatMap((day) => hoursIn(day).map(({ from }) => from)),
  )
  const span = { from: Math.max(earliestAskable(HORIZON[metric], Math.min(since, nowS)), fillFrom ?? 0), to: nowS }
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

/** Splits a day into hours. A day need not begin at a whole hour of the epoch. */
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
