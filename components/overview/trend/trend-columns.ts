import type { ChartLine, Unit } from '@/components/charts/points'
import type { Words } from '@/components/i18n/words'
import { MEASURES } from '@/components/report/cells'
import type { TrendView } from '@/lib/contract/chart/trend-view'
import type { FunnelReply } from '@/lib/contract/funnel'
import { trendLines } from './trend-lines'

/** A column of the table: the value of every bucket. */
export interface TrendColumn {
  key: string
  name: string
  unit: Unit
  values: readonly (number | null)[]
}

/** The counts and rates of every bucket with their comparison, or the chosen measure of every vendor. */
export function trendColumns(reply: FunnelReply, view: TrendView, words: Words): TrendColumn[] {
  if (view.by === 'vendor') {
    const unit: Unit = view.measure === 'rate' ? 'share' : 'count'
    const { lines, multiples } = trendLines(reply, view, words)
    const all = lines.length > 0 ? lines : multiples.flatMap((one) => one.lines.filter(({ form }) => form !== 'before'))
    return all.map((line) => columnOf(line, unit))
  }
  const counts = MEASURES.map((metric): TrendColumn => {
    const values = reply.series.map((bucket) => bucket[metric])
    return { key: metric, name: words.t(`overview.metric.${metric}`), unit: 'count', values }
  })
  const [volume, rates] = (['volume', 'rate'] as const).map(
    (measure) => trendLines(reply, { measure, by: 'total' }, words).lines,
  )
  const before = (volume ?? []).filter(({ form }) => form === 'before')
  return [
    ...counts,
    ...(rates ?? []).filter(({ form }) => form !== 'before').map((line) => columnOf(line, 'share')),
    ...before.map((line) => columnOf(line, 'count')),
    ...(rates ?? []).filter(({ form }) => form === 'before').map((line) => columnOf(line, 'share', 'rate-before')),
  ]
}

const columnOf = ({ key, name, values }: ChartLine, unit: Unit, as = key): TrendColumn => ({
  key: as,
  name,
  unit,
  values,
})
