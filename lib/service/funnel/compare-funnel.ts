import 'server-only'
import type { Comparison } from '@/lib/contract/comparisons'
import type { ComparisonReply } from '@/lib/contract/funnel'
import type { StatisticsRecord } from '@/lib/contract/records'
import type { Source } from '@/lib/contract/sources'
import { type ComparedSide, changeBetween } from '@/lib/report/funnel/change'
import { funnelReport } from '@/lib/report/funnel/funnel'
import type { Reporting } from '@/lib/report/funnel/reporting'
import { comparedRanges } from '@/lib/report/range/comparison'
import { iso } from '@/lib/report/range/iso-time'
import type { ResolvedRange } from '@/lib/report/range/range'
import { readHeldSum } from '@/lib/service/read/held-sum'
import type { ReaderContext } from '@/lib/service/read/reader'
import type { AppRow } from '@/lib/store/people/apps'

interface ComparedQuestion {
  app: AppRow
  source: Source
  range: ResolvedRange
  compare: Comparison
  reporting: Reporting
}

/**
 * Compares a range with an earlier one, of all pushes, from what is stored; null for no comparison. Requests nothing. `shown` is the report of
 * the range where it is complete; a range that ends within an hour is compared up to that hour.
 */
export async function compareFunnel(
  ctx: ReaderContext,
  { app, source, range, compare, reporting }: ComparedQuestion,
  shown: ComparedSide | null,
): Promise<ComparisonReply | null> {
  if (compare === 'none') return null
  const { whole, before } = comparedRanges(range, compare)
  const isWhole = whole.from === range.from && whole.to === range.to
  const sideOf = async (side: ResolvedRange): Promise<ComparedSide | null> => {
    const counts = side.from < side.to ? await readCounts(ctx, { app, source, range: side }) : null
    return counts && reportOf(counts, { range: side, source, reporting, nowS: ctx.clock.dataS() })
  }
  const [now, earlier] = await Promise.all([isWhole && shown ? shown : sideOf(whole), sideOf(before)])
  const found = now && earlier && changeBetween(now, earlier)
  return {
    compare,
    range: { from: iso(whole.from), to: iso(whole.to) },
    from: iso(before.from),
    to: iso(before.to),
    held: found !== null,
    ...(found ?? { now: null, before: null, change: null, vendors: [] }),
  }
}

/** Returns the counts of a range from its exact window, or from stored buckets without a gap; null where there is neither. */
async function readCounts(
  ctx: ReaderContext,
  { app, source, range }: Pick<ComparedQuestion, 'app' | 'source' | 'range'>,
): Promise<Omit<StatisticsRecord, 'task'> | null> {
  const sum = await readHeldSum(ctx, { app, source, range })
  if (sum) return sum.counts
  const { from, to } = range
  const subject = { appId: app.id, source, metric: 'statistics' as const, tasks: [''], from, to }
  const [exact] = await ctx.store.windows.find(subject)
  return exact && exact.fetchedAt >= to ? (exact.counts ?? null) : null
}

function reportOf(
  counts: Omit<StatisticsRecord, 'task'>,
  about: { range: ResolvedRange; source: Source; reporting: Reporting; nowS: number },
): ComparedSide {
  const { total, vendors } = funnelReport({
    ...about,
    tasks: [],
    records: [{ task: '', ...counts }],
    receipts: [],
    withVendors: true,
    coverage: { held: 1, expected: 1, missing: [] },
    asOf: null,
    unreadable: 0,
  })
  return { total, vendors }
}
