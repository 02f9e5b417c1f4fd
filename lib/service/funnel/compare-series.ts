import 'server-only'
import type { Comparison } from '@/lib/contract/comparisons'
import type { Interval } from '@/lib/contract/funnel'
import type { Source } from '@/lib/contract/sources'
import type { SeriesBucket } from '@/lib/report/funnel/series-report'
import { comparedRanges } from '@/lib/report/range/comparison'
import type { ResolvedRange } from '@/lib/report/range/range'
import { readSeries } from '@/lib/service/read/read-series'
import type { ReaderContext } from '@/lib/service/read/reader'
import type { AppRow } from '@/lib/store/people/apps'

interface ComparedSeries {
  app: AppRow
  source: Source
  range: ResolvedRange
  interval: Interval
  compare: Comparison
}

/** Returns the buckets of the period to compare with, from what is stored. Requests nothing. */
export async function compareSeries(
  ctx: ReaderContext,
  { app, source, range, interval, compare }: ComparedSeries,
): Promise<SeriesBucket[]> {
  if (compare === 'none' || interval === 'none') return []
  const { before } = comparedRanges(range, compare)
  if (before.from >= before.to) return []
  return (await readSeries(ctx, { app, source, range: before, interval, requestMissing: false })).series
}
