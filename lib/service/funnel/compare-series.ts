import 'server-only'
import type { Comparison } from '@/lib/contract/comparisons'
import type { Interval } from '@/lib/contract/funnel'
import type { Source } from '@/lib/contract/sources'
import type { SeriesBucket } from '@/lib/report/funnel/series-report'
import { comparedRanges, moveOf } from '@/lib/report/range/comparison'
import { iso } from '@/lib/report/range/iso-time'
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

/**
 * Returns the counterpart of each bucket in the period to compare with, from what is stored: null where that period has no
 * bucket of the same hours, as of a week that a range cuts. Empty without a comparison. Requests nothing.
 */
export async function compareSeries(
  ctx: ReaderContext,
  { app, source, range, interval, compare }: ComparedSeries,
  series: readonly Pick<SeriesBucket, 'from' | 'to'>[],
): Promise<(SeriesBucket | null)[]> {
  if (compare === 'none' || interval === 'none') return []
  const { whole, before } = comparedRanges(range, compare)
  if (before.from >= before.to) return []
  const found = await readSeries(ctx, { app, source, range: before, interval, requestMissing: false })
  const move = moveOf(whole, compare)
  const moved = (at: string) => iso(move(Date.parse(at) / 1_000))
  const byFrom = new Map(found.series.map((bucket) => [bucket.from, bucket]))
  return series.map(({ from, to }) => {
    const bucket = byFrom.get(moved(from))
    return bucket?.to === moved(to) ? bucket : null
  })
}
