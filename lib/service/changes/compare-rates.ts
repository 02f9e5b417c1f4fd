import 'server-only'
import type { ChangesReply } from '@/lib/contract/changes/changes'
import type { Comparison } from '@/lib/contract/comparisons'
import type { Counts, StatisticsRecord } from '@/lib/contract/records'
import type { Source } from '@/lib/contract/sources'
import type { RateKind } from '@/lib/report/changes/rate-hours'
import { type RateSplit, type SplitRow, splitRate } from '@/lib/report/changes/split'
import { lacksVendors } from '@/lib/report/funnel/counts'
import { placeKey, type Reporting } from '@/lib/report/funnel/reporting'
import { subtractOrNull, sumOrNull } from '@/lib/report/null-sums'
import { comparedRanges } from '@/lib/report/range/comparison'
import { iso } from '@/lib/report/range/iso-time'
import type { ResolvedRange } from '@/lib/report/range/range'
import type { Span } from '@/lib/report/range/windows'
import type { Context } from '@/lib/service/context'
import { readHeldSum } from '@/lib/service/read/held-sum'
import type { AppRow } from '@/lib/store/people/apps'

interface RateQuestion {
  app: AppRow
  source: Source
  range: ResolvedRange
  compare: Comparison
  reporting: Reporting
}

type Sums = Omit<StatisticsRecord, 'task'>
interface Side extends Span {
  counts: Sums
}

/** Splits the change of both rates against the comparison, from stored buckets. The period is that of the overview. */
export async function compareRates(
  ctx: Context,
  { app, source, range, compare, reporting }: RateQuestion,
): Promise<ChangesReply['comparison']> {
  if (compare === 'none') return null
  const { whole, before: earlier } = comparedRanges(range, compare)
  const sideOf = async ({ from, to }: Span): Promise<Side | null> => {
    const sum = from < to ? await readHeldSum(ctx, { app, source, range: { from, to } }) : null
    return sum && !lacksVendors(sum.counts) ? { from, to, counts: sum.counts } : null
  }
  const [now, before] = await Promise.all([sideOf(whole), sideOf(earlier)])
  const split = (kind: RateKind): RateSplit | null => {
    return now && before
      ? splitRate(kind, kind === 'send' ? sendRows(now, before) : deliveryRows(now, before, reporting))
      : null
  }
  return { compare, from: iso(earlier.from), to: iso(earlier.to), send: split('send'), delivery: split('delivery') }
}

const NOTHING: Counts = { sendable: 0, sent: 0, delivered: 0, clicked: 0 }

/** Pairs the vendors of both periods. A vendor without a row in one of them had no pushes there. */
function pairs({ counts: now }: Side, { counts: before }: Side): SplitRow[] {
  const places = new Map([...now.rows, ...before.rows].map((row) => [placeKey(row), row]))
  const rowOf = ({ rows }: Sums, key: string) => rows.find((row) => placeKey(row) === key) ?? NOTHING
  return [...places].map(([key, { vendor, channel }]) => ({
    vendor,
    channel,
    now: rowOf(now, key),
    before: rowOf(before, key),
  }))
}

/** Tencent's total need not be the sum of its vendors, so what is left is a row of its own. */
function sendRows(now: Side, before: Side): SplitRow[] {
  const rows = pairs(now, before)
  const rest = ({ counts }: Side, key: 'sendable' | 'sent') =>
    subtractOrNull(counts.total[key], sumOrNull(counts.rows.map((row) => row[key])))
  const restOf = (side: Side) => ({ sendable: rest(side, 'sendable'), sent: rest(side, 'sent'), delivered: 0 })
  const [a, b] = [restOf(now), restOf(before)]
  const isNothing = [a, b].every(({ sendable, sent }) => sendable === 0 && sent === 0)
  return isNothing ? rows : [...rows, { vendor: null, channel: null, now: a, before: b }]
}

function deliveryRows(now: Side, before: Side, reporting: Reporting): SplitRow[] {
  const reports = (side: Side, key: string) => {
    const row = side.counts.rows.find((one) => placeKey(one) === key)
    return row !== undefined && reporting.delivery(row, [side], row) === 'reported'
  }
  return pairs(now, before).filter(({ vendor, channel }) => {
    if (vendor === null) return false
    const key = placeKey({ vendor, channel })
    return reports(now, key) && reports(before, key)
  })
}
