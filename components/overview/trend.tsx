import Link from 'next/link'
import { bucketStateOf, isFilling, isHole, LINES, pointsOf } from '@/components/charts/points'
import { TrendFigure } from '@/components/charts/trend-figure'
import { exact } from '@/components/i18n/number'
import { zoneName } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { receiptChangesIn, receiptChangeText } from '@/components/report/receipt-changes'
import type { BucketReply, FunnelReply } from '@/lib/contract/funnel'
import { axisLabel, bucketLabel, scaleLabel } from './trend-labels'
import { TrendTable } from './trend-table'

export interface IntervalLink {
  interval: 'hour' | 'day' | 'week'
  href: string
}

interface Props {
  reply: FunnelReply
  links: IntervalLink[]
  words: Words
}

/**
 * Renders sent, delivered and clicked over time, and the same as a table. Without reporting vendors there is no
 * delivery line.
 */
export function Trend({ reply, links, words }: Props) {
  const { t, locale } = words
  const { series, range, interval } = reply
  const points = pointsOf(series)
  const unreported = reply.total?.delivery === 'unreported'
  const lines = LINES.filter((line) => line !== 'delivered' || !unreported)
  const annotated = series.flatMap((bucket, i) => (receiptChangesIn(bucket, reply).length > 0 ? i : []))
  const tip = (i: number) => {
    const bucket = series[i]
    return bucket ? <Tip bucket={bucket} lines={lines} reply={reply} words={words} /> : null
  }
  return (
    <section aria-labelledby="trend" className="card p-5 max-sm:px-4">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <h2 id="trend" className="text-16 font-semibold">
          {t('overview.trend.title')}
        </h2>
        <ul aria-label={t('overview.trend.interval')} className="choices no-print">
          {links.map((link) => (
            <li key={link.interval}>
              <Link
                prefetch={false}
                scroll={false}
                href={link.href}
                aria-current={link.interval === interval ? 'true' : undefined}
              >
                {t(`overview.trend.${link.interval}`)}
              </Link>
            </li>
          ))}
        </ul>
      </div>
      <ul
        aria-label={t('overview.trend.legend')}
        className="mb-2 flex flex-wrap content-start gap-x-4 gap-y-1 text-12 text-second max-sm:min-h-9"
      >
        {lines.map((line) => (
          <Sample key={line} kind={line} text={t(`overview.metric.${line}`)} />
        ))}
        {points.some(isHole) && <Sample kind="hole" text={t('overview.trend.hole')} />}
        {points.some(isFilling) && <Sample kind="filling" text={t('overview.trend.standing.filling')} />}
        {annotated.length > 0 && <Sample kind="annotated" text={t('overview.receipts.changed')} />}
      </ul>
      <TrendFigure
        title={t('overview.trend.title')}
        points={points}
        lines={lines}
        annotated={annotated}
        xLabel={(i) => axisLabel(series[i], { count: series.length, interval, tz: range.tz, locale })}
        yLabel={(count) => scaleLabel(count, locale)}
        tip={tip}
      />
      <Notes reply={reply} unreported={unreported} words={words} />
      <TrendTable reply={reply} words={words} />
    </section>
  )
}

function Sample({ kind, text }: { kind: string; text: string }) {
  return (
    <li className="flex items-center gap-1.5">
      <span aria-hidden="true" className={`sample ${kind}`} />
      {text}
    </li>
  )
}

function Tip({
  bucket,
  lines,
  reply,
  words,
}: {
  bucket: BucketReply
  lines: readonly (typeof LINES)[number][]
  reply: FunnelReply
  words: Words
}) {
  const { t, locale } = words
  const { interval, range } = reply
  const state = bucketStateOf(bucket)
  return (
    <div className="trend-tip">
      <p className="font-medium">{bucketLabel(bucket, interval, range.tz, locale)}</p>
      <p className="mb-1 text-12 text-second">{zoneName(bucket.from, range.tz)}</p>
      {isHole({ state }) ? null : (
        <dl className="grid grid-cols-[1fr_auto] gap-x-4">
          {lines.map((line) => {
            const count = bucket[line]
            return [
              <dt key={line} className="text-second">
                {t(`overview.metric.${line}`)}
              </dt>,
              <dd key={`${line}-count`} className="text-end font-medium">
                {count === null ? t('overview.rate.unknown') : exact(count)}
              </dd>,
            ]
          })}
        </dl>
      )}
      <p className="mt-1 text-12 text-second">{t(`overview.trend.standing.${state}`)}</p>
      {receiptChangesIn(bucket, reply).map((change) => (
        <p key={`${change.vendor} ${change.at}`} className="mt-1 max-w-60 text-12">
          {receiptChangeText(change, reply, words)}
        </p>
      ))}
    </div>
  )
}

/** Notes what the chart cannot show: no data yet, no receipts, unaligned borders, a sum that differs. */
function Notes({ reply, unreported, words: { t } }: { reply: FunnelReply; unreported: boolean; words: Words }) {
  const { series, seriesSum, coverage, total, totalBasis, aligned } = reply
  const difference = (seriesSum?.sent ?? 0) - (total?.sent ?? 0)
  const whole = coverage.held === coverage.expected && totalBasis === 'exact' && seriesSum !== null && total !== null
  const notes = [
    series.length === 0 && t('overview.trend.none'),
    unreported && t('overview.trend.unreported'),
    !aligned && t('overview.trend.unaligned'),
    !reply.hourly && t('overview.trend.byDay'),
    whole && difference !== 0 && t('overview.trend.differs', { sum: exact(seriesSum?.sent ?? 0) }),
  ].filter((note) => note !== false)
  return notes.map((note) => (
    <p key={note} className="mt-2 text-12 text-second">
      {note}
    </p>
  ))
}
