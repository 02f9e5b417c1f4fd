import { DAY } from '@/lib/contract/limits'
import type { ReceiptChange } from '@/lib/report/funnel/receipts'
import type { Reporting, VendorPlace } from '@/lib/report/funnel/reporting'
import type { Span } from '@/lib/report/range/windows'
import { dayOf, learnBaseline, MIN_DAYS } from './baseline'
import { findIncidents, type Incident } from './incidents'
import { rateSeries, type StoredHour } from './rate-hours'
import { endedHours, findSilences, type Silence } from './silence'

/** The baseline is learnt from this much time before the range. */
export const LEARNT_S = 28 * DAY
/** With fewer days before the range, the range itself counts too: a median ignores a few unusual days. */
const ENOUGH_DAYS = 14
/** A change that began earlier than this before the range has become the baseline. */
const FOLLOWED_S = 13 * DAY
/** The hours up to this long after the range tell whether a change has ended. */
export const AFTER_S = 2 * DAY

export interface ReceiptsBegan extends VendorPlace {
  at: number
  grain: ReceiptChange['grain']
}

/** What is unusual in a range. */
export interface FoundChanges {
  silences: Silence[]
  incidents: Incident[]
  receipts: ReceiptsBegan[]
  /** The stored days of the baseline. */
  days: number
  /** False with too few of them: then only receipts are known. */
  isKnown: boolean
}

interface Evidence {
  /** Stored hours of all pushes around the range, in order of time. */
  hours: readonly StoredHour[]
  reporting: Reporting
  receipts: readonly ReceiptChange[]
  range: Span
  /** The app's offset, in minutes east of UTC. Weekdays and hours of the day count there. */
  offsetMin: number
}

/** Finds what is unusual in a range: silences, incidents of vendors' rates, and receipts that began. */
export function findChanges({ hours: all, reporting, receipts, range, offsetMin }: Evidence): FoundChanges {
  const hours = endedHours(all).filter(({ from, to }) => from >= range.from - LEARNT_S && to <= range.to + AFTER_S)
  const isBefore = ({ to }: Span) => to <= range.from
  const isUntilEnd = ({ to }: Span) => to <= range.to
  const isFollowed = ({ from }: Span) => from >= range.from - FOLLOWED_S
  const daysOf = (some: readonly Span[]) => new Set(some.map(({ from }) => dayOf(from, offsetMin))).size
  const learntOf = <T extends Span>(some: readonly T[]): T[] => {
    const before = some.filter(isBefore)
    return daysOf(before) >= ENOUGH_DAYS ? before : some.filter(isUntilEnd)
  }
  const learnt = learntOf(hours)
  const incidents = rateSeries(hours, reporting).flatMap((series) => {
    const usual = learnBaseline(learntOf(series.hours), offsetMin)
    return usual ? findIncidents({ ...series, hours: series.hours.filter(isFollowed) }, usual, range) : []
  })
  const days = daysOf(learnt)
  return {
    silences: findSilences(hours.filter(isFollowed), learnt, range, offsetMin),
    incidents: ranked(incidents),
    receipts: receipts
      .filter(({ change, at }) => change === 'began' && at >= range.from && at < range.to)
      .map(({ vendor, channel, at, grain }) => ({ vendor, channel, at, grain })),
    days,
    isKnown: days >= MIN_DAYS,
  }
}

/** Losses are before gains, and large changes before small ones. */
function ranked(incidents: readonly Incident[]): Incident[] {
  const rank = ({ messages }: Incident) => (messages < 0 ? -messages : messages / 1e9)
  return [...incidents].sort((a, b) => rank(b) - rank(a))
}
