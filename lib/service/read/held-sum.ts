import 'server-only'
import { DAY, HORIZON, HOUR } from '@/lib/contract/limits'
import type { StatisticsRecord } from '@/lib/contract/records'
import type { Source } from '@/lib/contract/sources'
import { bucketsIn, isBucket, midnightBefore } from '@/lib/report/collect/plan-buckets'
import { type Piece, sumPieces } from '@/lib/report/funnel/series-report'
import { uncoveredSpans } from '@/lib/report/range/disjoint-windows'
import { type Span, stateOfWindow } from '@/lib/report/range/windows'
import type { ReportContext } from '@/lib/service/context'
import type { AppRow } from '@/lib/store/people/apps'

/** The total of a range that stored buckets cover without a gap. */
export interface HeldSum {
  counts: Omit<StatisticsRecord, 'task'>
  /** How many buckets were summed. */
  buckets: number
  /** Epoch seconds of the oldest fetch used. */
  asOf: number
  /** A refresh of one of the buckets is due, so the counts may have grown. */
  isStale: boolean
}

interface SumQuestion {
  app: Pick<AppRow, 'id' | 'utcOffsetMin' | 'byDay'>
  source: Source
  range: Span
}

/**
 * Sums the stored buckets of a range, of all pushes: the app's days, and hours where no day fits. Returns null where they
 * leave a gap. Requests nothing. An app whose hours do not add up to days is summed from its days alone.
 */
export async function readHeldSum(
  { store, clock }: Pick<ReportContext, 'store' | 'clock'>,
  { app, source, range }: SumQuestion,
): Promise<HeldSum | null> {
  if (![range.from, range.to].every((at) => isBorder(at, app.utcOffsetMin))) return null
  const { from, to } = range
  const rows = await store.daily.within({ appId: app.id, source, from, to })
  const days: Piece[] = rows.flatMap(({ day, heldS, asOf, ...row }) =>
    heldS === DAY && day + DAY <= to ? [{ ...row, from: day, to: day + DAY, fetchedAt: asOf }] : [],
  )
  const gaps = uncoveredSpans(days, range)
  // The roll-up has each day that its hours complete. Only at an offset of half an hour do hours cross a day's borders.
  const isOpen = gaps.some((gap) => app.utcOffsetMin % 60 === 0 && bucketsIn('day', gap, app.utcOffsetMin).length > 0)
  if (isOpen || (app.byDay && gaps.length > 0)) return null
  const pieces = [...days]
  for (const gap of gaps) {
    const subject = { appId: app.id, source, metric: 'statistics' as const, task: '' }
    const found = await store.windows.within({ ...subject, ...gap, seconds: HOUR })
    const hours = found.filter((hour) => isBucket(hour, app.utcOffsetMin) && hour.fetchedAt >= hour.to)
    if (uncoveredSpans(hours, gap).length > 0) return null
    pieces.push(...hours)
  }
  const counts = sumPieces(pieces)
  if (!counts) return null
  const nowS = clock.dataS()
  return {
    counts,
    buckets: pieces.length,
    asOf: Math.min(...pieces.map(({ fetchedAt }) => fetchedAt)),
    isStale: pieces.some((piece) => isDue(piece, nowS)),
  }
}

/** Returns whether a bucket can begin or end here: a whole hour, or the app's midnight. */
function isBorder(at: number, offsetMin: number): boolean {
  return at % HOUR === 0 || midnightBefore(at, offsetMin) === at
}

function isDue({ from, to, fetchedAt, final }: Piece, nowS: number): boolean {
  const facts = { from, to, heldFetchedAt: fetchedAt, final, queued: false, horizon: HORIZON.statistics, nowS }
  return stateOfWindow(facts) === 'stale'
}
