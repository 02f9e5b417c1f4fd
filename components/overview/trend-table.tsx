import { bucketStateOf } from '@/components/charts/points'
import { exact } from '@/components/i18n/number'
import { zoneName } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { MEASURES } from '@/components/report/cells'
import { receiptChangesIn, receiptChangeText } from '@/components/report/receipt-changes'
import type { BucketReply, FunnelReply } from '@/lib/contract/funnel'
import { bucketLabel } from './trend-labels'

/** Renders the trend as a table, for screen readers and without scripts. */
export function TrendTable({ reply, words }: { reply: FunnelReply; words: Words }) {
  const { t, locale } = words
  const { series, range, interval } = reply
  if (series.length === 0) return null
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
              {MEASURES.map((metric) => (
                <th key={metric} scope="col" className="py-1 pe-4 text-end font-medium">
                  {t(`overview.metric.${metric}`)}
                </th>
              ))}
              <th scope="col" className="py-1 text-start font-medium">
                {t('overview.trend.state')}
              </th>
            </tr>
          </thead>
          <tbody>
            {series.map((bucket) => (
              <tr key={bucket.from} className="border-t border-line">
                <th scope="row" className="py-1 pe-4 text-start font-normal whitespace-nowrap">
                  {bucketLabel(bucket, interval, range.tz, locale)}
                </th>
                {MEASURES.map((metric) => (
                  <td key={metric} className="py-1 pe-4 text-end">
                    {countText(bucket, metric, words)}
                  </td>
                ))}
                <td className="py-1 text-second">
                  {[
                    t(`overview.trend.standing.${bucketStateOf(bucket)}`),
                    ...receiptChangesIn(bucket, reply).map((change) => receiptChangeText(change, reply, words)),
                  ].join('. ')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}

/** A hole is a dash, never a zero. A stored bucket without a value is unknown. */
function countText(bucket: BucketReply, metric: (typeof MEASURES)[number], { t }: Words): string {
  const count = bucket[metric]
  if (count !== null) return exact(count)
  return bucket.state === 'held' || bucket.state === 'stale' ? t('overview.rate.unknown') : '–'
}
