import type { CSSProperties } from 'react'
import { Sparkline } from '@/components/charts/sparkline'
import { exact, percent } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'
import { isRatesOnly, type Lost, lostOf } from '@/components/report/cells'
import { Delta, pointsNumber, toneOf } from '@/components/report/delta'
import { FunnelCells } from '@/components/report/funnel-cells'
import { RowBar } from '@/components/report/row-bar'
import { vendorKey, vendorMark, vendorNames } from '@/components/report/vendor'
import { VendorMark } from '@/components/report/vendor-name'
import type { ComparisonReply, SparklineReply, TotalReply, VendorReply } from '@/lib/contract/funnel'
import { MIN_VOLUME } from '@/lib/contract/limits'
import type { LossStage } from '@/lib/contract/records'

interface RowProps {
  words: Words
  /** The length of the bar on the common scale, in percent. */
  length: number
  lossHref: ((stage: LossStage) => string) | null
}

export function TotalRow({ total, change, ...shared }: RowProps & { total: TotalReply; change: ChangeNow | null }) {
  const { t } = shared.words
  return (
    <tr className="total" style={lengthOf(shared.length)}>
      <th scope="row" title={t('overview.vendors.sumNote')}>
        {t('overview.vendors.total')}
      </th>
      <BarCell row={total} receipts="receipts" {...shared} />
      <FunnelCells row={total} receipts="receipts" {...shared} />
      <LostCell row={total} {...shared} />
      <ChangeCell change={change} sent={total.cover.reportingSent} {...shared} />
      <td className="curve" />
    </tr>
  )
}

type ChangeNow = Pick<ComparisonReply['vendors'][number], 'change' | 'before'>

interface VendorRowProps extends RowProps {
  row: VendorReply
  total: TotalReply
  change: ChangeNow | null
  curve: SparklineReply | null
  /** The losses of this vendor; null where there is no such page. */
  href: string | null
}

export function VendorRow({ row, total, change, curve, href, ...shared }: VendorRowProps) {
  const { words } = shared
  const { name, also } = vendorNames(row, words)
  const receipts = `receipts-${vendorKey(row)}`
  return (
    <tr style={lengthOf(shared.length)}>
      <th scope="row">
        <span className="flex items-start gap-2.5">
          <VendorMark vendor={row} column />
          <span className="min-w-0">
            {href === null ? (
              <span title={also || undefined}>{name}</span>
            ) : (
              <a href={href} className="vendor-link" title={words.t('overview.vendors.open', { name })}>
                {name}
              </a>
            )}
            {vendorMark(row) === '?' && also && (
              <span className="block max-w-28 truncate text-12 text-second max-[1199px]:max-w-none" title={also}>
                {also}
              </span>
            )}
          </span>
        </span>
      </th>
      <BarCell row={row} receipts={receipts} {...shared} />
      <FunnelCells row={row} receipts={receipts} share={shareOf(row.sendable, total.sendable)} {...shared} />
      <LostCell row={row} {...shared} />
      <ChangeCell change={change} sent={row.sent} {...shared} />
      <td className="curve">
        {curve && (
          <Sparkline
            counts={curve.counts}
            measure={curve.measure}
            label={words.t('overview.vendors.curveOf', { metric: words.t(`overview.metric.${curve.measure}`) })}
          />
        )}
      </td>
    </tr>
  )
}

type CellProps = RowProps & { row: VendorReply | TotalReply }

function BarCell({ row, receipts, lossHref, words }: CellProps & { receipts: string }) {
  return (
    <td className="bar-cell">
      <span className="track">
        <RowBar row={row} receipts={receipts} lossHref={lossHref} words={words} />
      </span>
    </td>
  )
}

/** Links to the stage that lost more. */
function LostCell({ row, lossHref, words }: CellProps) {
  const { t, locale } = words
  const known = lostOf(row)
  // "At least 0" would say no more.
  const lost = known && (known.isWhole || known.count > 0) ? known : null
  return (
    <td>
      <div className="cell last">
        <span className="stage">{t('overview.vendors.lostHead')}</span>
        {lost === null ? (
          <span className="count text-second">
            {t(isRatesOnly(row) ? 'overview.rate.hidden' : 'overview.rate.unknown')}
          </span>
        ) : (
          <LostCount
            lost={lost}
            href={
              lost.count > 0 && lossHref ? lossHref(lost.after > lost.before ? 'post_send' : 'ready_to_send') : null
            }
            words={words}
          />
        )}
        <span className="rate">{lost?.share != null && percent(lost.share, locale)}</span>
      </div>
    </td>
  )
}

function LostCount({ lost, href, words: { t } }: { lost: Lost; href: string | null; words: Words }) {
  const text = lost.isWhole ? exact(lost.count) : t('overview.rate.atLeast', { n: exact(lost.count) })
  const title = lost.isWhole ? undefined : t('overview.vendors.lostAtLeast')
  return href === null ? (
    <span className="count" title={title}>
      {text}
    </span>
  ) : (
    <a href={href} className="count link" title={title}>
      {text}
    </a>
  )
}

/** Shows the change of the delivery rate. A pointer and a screen reader also get the number sent before. */
function ChangeCell({
  change,
  sent,
  words,
}: Pick<RowProps, 'words'> & { change: ChangeNow | null; sent: number | null }) {
  const { t } = words
  const before = change?.before.sent ?? null
  const text = pointsNumber(change?.change.delivery)
  return (
    <td className="change">
      <span className="stage">
        {t('overview.vendors.changeHead')} {t('overview.vendors.base.change')}
      </span>
      {text === null ? (
        <span className="text-second" title={t('overview.vendors.noChange')}>
          –
        </span>
      ) : (
        <Delta
          text={text}
          tone={toneOf(change?.change.delivery, Math.min(sent ?? 0, before ?? 0))}
          before={t('overview.vendors.sentBefore', { n: before === null ? '–' : exact(before) })}
        />
      )}
    </td>
  )
}

/** Returns the share of the total; null when a row exceeds it, because rows need not add up to the total. */
function shareOf(part: number | null, whole: number | null): number | null {
  return part === null || whole === null || whole < MIN_VOLUME || part > whole ? null : part / whole
}

function lengthOf(percent: number): CSSProperties {
  return { '--same': percent.toFixed(2) } as CSSProperties
}
