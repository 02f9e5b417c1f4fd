import { bucketStateOf, isHole } from '@/components/charts/points'
import { zoneName } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { receiptChangesIn, receiptChangeText } from '@/components/report/receipt-changes'
import type { TrendView } from '@/lib/contract/chart/trend-view'
import type { FunnelReply } from '@/lib/contract/funnel'
import type { ChartNote } from './chart-notes'
import { type TrendColumn, trendColumns } from './trend-columns'
import { bucketLabel, valueText } from './trend-labels'

interface Props {
  reply: FunnelReply
  view: TrendView
  notes: readonly ChartNote[]
  campaigns: ReadonlyMap<number, string[]>
  words: Words
}

/** Renders the trend as a table, for screen readers and without scripts. */
export function TrendTable({ reply, view, notes, campaigns, words }: Props) {
  const { t, locale } = words
  const { series, range, interval } = reply
  if (series.length === 0) return null
  const columns = trendColumns(reply, view, words)
  const remarks = series.map((bucket, i) =>
    [
      ...(campaigns.get(i) ?? []),
      ...notes.filter((note) => note.i === i).map(({ text }) => text),
      ...receiptChangesIn(bucket, reply).map((change) => receiptChangeText(change, reply, words)),
    ].join(' · '),
  )
  const hasRemarks = remarks.some((text) => text !== '')
  return (
    <details className="trend-table mt-3">
      <summary className="link inline-block text-13">{t('overview.trend.table')}</summary>
      <div className="mt-2 overflow-x-auto">
        <table className="w-full text-13">
          <caption className="sr-only">{t('overview.trend.caption', { zone: zoneName(range.from, range.tz) })}</caption>
          <thead>
            <tr className="text-second">
              <th scope="col" className="py-1 pe-4 text-start font-medium">
                {t('overview.trend.when', { zone: zoneName(range.from, range.tz) })}
              </th>
              {columns.map(({ key, name }) => (
                <th key={key} scope="col" className="py-1 pe-4 text-end font-medium">
                  {name}
                </th>
              ))}
              <th scope="col" className="py-1 pe-4 text-start font-medium">
                {t('overview.trend.state')}
              </th>
              {hasRemarks && (
                <th scope="col" className="py-1 text-start font-medium">
                  {t('trend.note.column')}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {series.map((bucket, i) => (
              <tr key={bucket.from} className="border-t border-line align-top">
                <th scope="row" className="py-1 pe-4 text-start font-normal whitespace-nowrap">
                  {bucketLabel(bucket, interval, range.tz, locale)}
                </th>
                {columns.map((column) => (
                  <td key={column.key} className="py-1 pe-4 text-end">
                    {cellText(column, i, { isStored: !isHole(bucketStateOf(bucket)), words })}
                  </td>
                ))}
                <td className="py-1 pe-4 text-second">{t(`overview.trend.standing.${bucketStateOf(bucket)}`)}</td>
                {hasRemarks && <td className="min-w-40 py-1 break-words">{remarks[i]}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}

/** A hole is a dash, never a zero; so is a rate that is not reported or of too few. A stored count without a value is unknown. */
function cellText(
  { values, unit }: TrendColumn,
  i: number,
  { isStored, words: { t, locale } }: { isStored: boolean; words: Words },
): string {
  const unknown = isStored && unit === 'count' ? t('overview.rate.unknown') : '–'
  return valueText(values[i] ?? null, unit, { locale, unknown })
}
