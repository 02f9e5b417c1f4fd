import { bucketStateOf, type ChartLine, isHole, type Unit } from '@/components/charts/points'
import { zoneName } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { receiptChangesIn, receiptChangeText } from '@/components/report/receipt-changes'
import type { FunnelReply } from '@/lib/contract/funnel'
import type { ChartNote } from './chart-notes'
import { bucketLabel, valueText } from './trend-labels'

export interface TrendTipProps {
  i: number
  reply: FunnelReply
  lines: readonly ChartLine[]
  unit: Unit
  notes: readonly ChartNote[]
  campaigns: readonly string[]
  words: Words
}

/** How many campaigns of one bucket the tooltip names. The table names all. */
const MOST_NAMES = 4

/** Describes one place of the chart: its time, values, campaigns and notes. */
export function TrendTip({ i, reply, lines, unit, notes, campaigns, words }: TrendTipProps) {
  const { t, locale } = words
  const { interval, range } = reply
  const bucket = reply.series[i]
  if (!bucket) return null
  const state = bucketStateOf(bucket)
  const unknown = t(unit === 'share' ? 'overview.rate.tooFew' : 'overview.rate.unknown')
  return (
    <div className="trend-tip">
      <p className="font-medium">{bucketLabel(bucket, interval, range.tz, locale)}</p>
      <p className="mb-1 text-12 text-second">{zoneName(bucket.from, range.tz)}</p>
      {!isHole(state) && (
        <dl className="grid grid-cols-[1fr_auto] gap-x-4">
          {lines.map(({ key, name, values }) => [
            <dt key={key} className="text-second">
              {name}
            </dt>,
            <dd key={`${key}-value`} className="text-end font-medium">
              {valueText(values[i] ?? null, unit, { locale, unknown: key === 'before' ? '–' : unknown })}
            </dd>,
          ])}
        </dl>
      )}
      <p className="mt-1 text-12 text-second">{t(`overview.trend.standing.${state}`)}</p>
      {campaigns.length > 0 && (
        <p className="mt-1 max-w-60 text-12">
          {campaigns.slice(0, MOST_NAMES).join(' · ')}
          {campaigns.length > MOST_NAMES && ` +${campaigns.length - MOST_NAMES}`}
        </p>
      )}
      {notes
        .filter((note) => note.i === i)
        .map(({ n, text }) => (
          <p key={n} className="mt-1 max-w-60 text-12">
            {n} · {text}
          </p>
        ))}
      {receiptChangesIn(bucket, reply).map((change) => (
        <p key={`${change.vendor} ${change.at}`} className="mt-1 max-w-60 text-12">
          {receiptChangeText(change, reply, words)}
        </p>
      ))}
    </div>
  )
}
