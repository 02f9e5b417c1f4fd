import 'server-only'
import { DAY } from '@/lib/contract/limits'
import type { LossRow, LossStage } from '@/lib/contract/records'
import type { Source } from '@/lib/contract/sources'
import { bucketsIn } from '@/lib/report/collect/plan-buckets'
import { lossStages } from '@/lib/report/losses/losses'
import { mergeLosses, withoutParts } from '@/lib/report/losses/merge-losses'
import { sumOrNull } from '@/lib/report/null-sums'
import { uncoveredSpans } from '@/lib/report/range/disjoint-windows'
import type { Span } from '@/lib/report/range/windows'
import type { ReportContext } from '@/lib/service/context'
import type { AppRow } from '@/lib/store/people/apps'
import { readWindowPairs } from './window-pairs'

/** A trend always covers so many days, with those of the range among them. */
const TREND_DAYS = 30
const LATELY_DAYS = 7

export interface LossTrend {
  days: Span[]
  /** Returns a code's count on each day; null where the day is incomplete or its vendors are unknown. */
  of(stage: LossStage, code: string, place: { vendor: string; channel: string | null }): (number | null)[]
  /** Returns how often a code occurred in the last stored days, at most seven; null where no day is stored. */
  lately(stage: LossStage, code: string): { count: number | null; days: number }
}

/**
 * Returns the losses of all pushes by day, at the app's offset, up to the last day that begins before `to` (epoch
 * seconds). Requests nothing.
 */
export async function readLossTrend(
  ctx: ReportContext,
  { app, source, to }: { app: AppRow; source: Source; to: number },
): Promise<LossTrend> {
  const days = bucketsIn('day', { from: to - (TREND_DAYS + 1) * DAY, to }, app.utcOffsetMin).slice(-TREND_DAYS)
  const [first, last] = [days[0], days.at(-1)]
  if (!first || !last) return { days: [], of: () => [], lately: () => ({ count: null, days: 0 }) }
  const range = { from: first.from, to: last.to }
  const pairs = await readWindowPairs(ctx, { app, source, task: '', range })
  const records = days.map((day) => {
    const own = pairs.filter(({ from, to }) => from >= day.from && to <= day.to)
    return uncoveredSpans(own, day).length === 0
      ? mergeLosses(
          '',
          own.flatMap(({ record }) => (record ? withoutParts(record) : [])),
        )
      : null
  })
  return {
    days,
    of: (stage, code, { vendor, channel }) =>
      records.map((record) => {
        if (!record || record.absent.some((gap) => gap.stage === stage && gap.by === 'vendor')) return null
        const is = (row: LossRow) =>
          row.stage === stage && row.code === code && row.vendor === vendor && row.channel === channel
        return record.rows
          .filter(is)
          .reduce<number | null>((sum, { count }) => (sum === null || count === null ? null : sum + count), 0)
      }),
    lately(stage, code) {
      const counts = records.flatMap((record) => {
        const reasons = lossStages(record).find((one) => one.stage === stage)?.reasons
        return reasons ? [sumOrNull(reasons.filter((one) => one.code === code).map(({ count }) => count))] : []
      })
      const last = counts.filter((count) => count !== null).slice(-LATELY_DAYS)
      return { count: last.length > 0 ? sumOrNull(last) : null, days: last.length }
    },
  }
}
