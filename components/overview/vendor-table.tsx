import type { CSSProperties } from 'react'
import { percent } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'
import { BarSample } from '@/components/report/bar'
import { MEASURES } from '@/components/report/cells'
import { FunnelCells } from '@/components/report/funnel-cells'
import { byVolume, vendorKey, vendorMark, vendorNames } from '@/components/report/vendor'
import { VendorMark } from '@/components/report/vendor-name'
import { Hint } from '@/components/ui/hint'
import type { CountReply, FunnelReply, RateChanges, TotalReply, VendorReply } from '@/lib/contract/funnel'
import type { LossStage } from '@/lib/contract/records'
import type { LossHref } from './loss-href'

interface Props {
  reply: FunnelReply
  lossHref: LossHref | null
  words: Words
}

const PLACEHOLDERS = [0, 1, 2, 3, 4, 5, 6, 7]

/** Renders the funnel per vendor: the total, then vendors by volume. On a narrow screen each row is a stepper card. */
export function VendorTable({ reply, lossHref, words }: Props) {
  const { t } = words
  const rows = byVolume(reply.vendors)
  const changes = new Map((reply.comparison?.vendors ?? []).map((one) => [vendorKey(one), one.change]))
  const largest = Math.max(1, ...rows.map(({ sendable }) => sendable ?? 0))
  return (
    <section className="card vendors-card" aria-labelledby="by-vendor">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-5 pt-4 pb-2 max-sm:px-4">
        <h2 id="by-vendor" className="text-16 font-semibold">
          {t('overview.vendors.title')}
        </h2>
        <Legend words={words} />
      </div>
      <table className="vendors">
        <caption className="sr-only">{t('overview.vendors.sumNote')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('overview.vendors.vendor')}</th>
            {MEASURES.map((metric) => (
              <th scope="col" key={metric}>
                <Hint
                  id={`column-${metric}`}
                  end={metric === 'clicked'}
                  meaning={`${t(`overview.meaning.${metric}`)} ${t(`overview.unit.${reply.source}`)}`}
                >
                  {t(`overview.metric.${metric}`)}
                </Hint>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {reply.total ? <TotalRow total={reply.total} lossHref={lossHref} words={words} /> : null}
          {reply.total
            ? rows.map((row) => (
                <VendorRow
                  key={vendorKey(row)}
                  change={changes.get(vendorKey(row)) ?? null}
                  row={row}
                  largest={largest}
                  total={reply.total}
                  lossHref={lossHref && ((stage) => lossHref(stage, row.vendor))}
                  words={words}
                />
              ))
            : PLACEHOLDERS.map((n) => <PlaceholderRow key={n} />)}
        </tbody>
      </table>
    </section>
  )
}

function TotalRow({ total, lossHref, words }: Pick<Props, 'lossHref' | 'words'> & { total: TotalReply }) {
  return (
    <tr className="total" style={scale(100)}>
      <th scope="row" title={words.t('overview.vendors.sumNote')}>
        {words.t('overview.vendors.total')}
      </th>
      <FunnelCells row={total} receipts="receipts" lossHref={lossHref} words={words} />
    </tr>
  )
}

function VendorRow({
  row,
  change,
  largest,
  total,
  lossHref,
  words,
}: {
  row: VendorReply
  change: RateChanges | null
  largest: number
  total: CountReply | null
  lossHref: ((stage: LossStage) => string) | null
  words: Words
}) {
  const { name, also } = vendorNames(row, words)
  const share = shareOf(row.sendable, total?.sendable ?? null)
  return (
    <tr style={scale(((row.sendable ?? 0) / largest) * 100)}>
      <th scope="row">
        <span className="flex items-start gap-2.5">
          <VendorMark vendor={row} column />
          <span className="min-w-0">
            <span className="block font-medium" title={also || undefined}>
              {name}
            </span>
            <span className="block text-12 text-second">
              {[
                share !== null && words.t('overview.vendors.share', { share: percent(share, words.locale) }),
                (share === null || vendorMark(row) === '?') && also,
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </span>
        </span>
      </th>
      <FunnelCells
        row={row}
        change={change}
        receipts={`receipts-${vendorKey(row)}`}
        lossHref={lossHref}
        words={words}
      />
    </tr>
  )
}

/** Returns the share of the total; null when a row exceeds it, because rows need not add up to the total. */
function shareOf(part: number | null, whole: number | null): number | null {
  return part === null || !whole || part > whole ? null : part / whole
}

function PlaceholderRow() {
  return (
    <tr>
      <td>
        <span className="waiting h-3 w-24" />
      </td>
      {MEASURES.map((metric) => (
        <td key={metric}>
          <span className="waiting mt-1 h-3 w-16" />
          <span className="waiting mt-2.5 block h-1.5 w-full" />
        </td>
      ))}
    </tr>
  )
}

function Legend({ words: { t } }: { words: Words }) {
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-1 text-12 text-second">
      <ul aria-label={t('overview.vendors.legend')} className="flex flex-wrap gap-x-4 gap-y-1">
        {(['reached', 'lost', 'unreported'] as const).map((part) => (
          <li key={part} className="flex items-center gap-1.5">
            <BarSample part={part} />
            {t(`overview.vendors.${part}`)}
          </li>
        ))}
      </ul>
      <label className="flex min-h-6 items-center gap-1.5">
        <input type="checkbox" className="same-scale accent-accent" />
        {t('overview.vendors.scale')}
      </label>
    </div>
  )
}

/** Sets the length of a row's bar for the common scale. */
function scale(share: number): CSSProperties {
  return { '--same': share.toFixed(2) } as CSSProperties
}
