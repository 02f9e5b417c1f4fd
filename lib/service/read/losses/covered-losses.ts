import 'server-only'
import type { Source } from '@/lib/contract/sources'
import { sumPieces } from '@/lib/report/funnel/series-report'
import { mergeLosses, withoutParts } from '@/lib/report/losses/merge-losses'
import { coverageOfGaps } from '@/lib/report/range/disjoint-windows'
import type { ResolvedRange } from '@/lib/report/range/range'
import type { AppRow } from '@/lib/store/people/apps'
import { codesIn, readExactBehind } from '../behind-sum'
import type { ReaderContext } from '../reader'
import { mergeFreshness, mergeTaskLosses, type ReadLosses } from './merged-losses'
import { isPairStale, pairsCover, pairWindows, type WindowPair } from './window-pairs'

/**
 * Returns the losses of a range that stored days and hours cover, of all pushes. Waits for no call. The exact window takes
 * their place where it is stored with its funnel; with `request` it is fetched behind for presets.
 */
export async function readCoveredLosses(
  ctx: ReaderContext,
  { app, source, range }: { app: AppRow; source: Source; range: ResolvedRange },
  pairs: WindowPair[],
  request: boolean,
): Promise<ReadLosses> {
  const nowS = ctx.clock.dataS()
  const isStale = pairs.some((pair) => isPairStale(pair, nowS))
  const codes = codesIn(mergeLosses('', recordsOf(pairs).map(withoutParts)).rows)
  const sums = { loss: codes, statistics: sumPieces(pairs)?.total.sent ?? null }
  const readMetric = (metric: 'loss' | 'statistics') =>
    readExactBehind(ctx, { app, source, metric, range }, { total: sums[metric], isStale }, request)
  const [loss, statistics] = await Promise.all([readMetric('loss'), readMetric('statistics')])
  const whole = loss.window && statistics.window ? pairWindows(loss.window, statistics.window) : null
  const exact = whole && pairsCover([whole], range) ? whole : null
  const used = exact ? [exact] : pairs
  const coverage = exact ? { held: 1, expected: 1, missing: [] } : coverageOfGaps(range, [], range.from, false)
  return {
    window: { from: range.from, to: range.to },
    basis: exact ? 'exact' : 'sum',
    ...mergeTaskLosses([''], new Map([['', used]]), [coverage]),
    difference: differenceOf(exact && codesIn(recordsOf([exact]).flatMap(({ rows }) => rows)), codes),
    freshness: mergeFreshness(loss.freshness, statistics.freshness),
  }
}

const recordsOf = (pairs: WindowPair[]) => pairs.flatMap(({ record }) => record ?? [])

function differenceOf(exact: number | null, sum: number | null): ReadLosses['difference'] {
  return exact === null || sum === null || exact === sum ? null : { exact, sum }
}
