import 'server-only'
import { HOUR } from '@/lib/contract/limits'
import type { Source } from '@/lib/contract/sources'
import { placeKey, type ReportedParts, type Reporting } from '@/lib/report/funnel/reporting'
import type { Span } from '@/lib/report/range/windows'
import type { ReportContext } from '@/lib/service/context'
import type { AppRow } from '@/lib/store/people/apps'
import { readHeldSum } from './held-sum'

/**
 * Returns what vendors sent and delivered in the parts of a range in which they report, where their receipts began or
 * ended within it. Sums stored buckets of whole hours; a part with a gap is left out. Requests nothing.
 */
export async function readReportedParts(
  ctx: Pick<ReportContext, 'store' | 'clock'>,
  { app, source, range }: { app: Pick<AppRow, 'id' | 'utcOffsetMin' | 'byDay'>; source: Source; range: Span },
  reporting: Reporting,
): Promise<ReportedParts> {
  const found = new Map<string, { sent: number; delivered: number }>()
  const parts = partsOf(range, reporting.splits)
  if (parts.length < 2) return found
  const sums = await Promise.all(parts.map((part) => readHeldSum(ctx, { app, source, range: part })))
  for (const [i, part] of parts.entries()) {
    for (const row of sums[i]?.counts.rows ?? []) {
      const { sent, delivered } = row
      if (sent === null || delivered === null) continue
      if (reporting.delivery(row, [part], row) !== 'reported') continue
      const before = found.get(placeKey(row)) ?? { sent: 0, delivered: 0 }
      found.set(placeKey(row), { sent: before.sent + sent, delivered: before.delivered + delivered })
    }
  }
  return found
}

/** Cuts the whole hours of a range where any vendor's receipts began or ended. */
function partsOf(range: Span, splits: readonly number[]): Span[] {
  const [from, to] = [Math.ceil(range.from / HOUR) * HOUR, Math.floor(range.to / HOUR) * HOUR]
  const starts = [from, ...splits.filter((at) => at > from && at < to)]
  return starts.map((at, i) => ({ from: at, to: starts[i + 1] ?? to }))
}
