import type { ReactNode } from 'react'
import type { Words } from '@/components/i18n/words'
import { BarSample } from '@/components/report/bar'
import { isRatesOnly, MEASURES } from '@/components/report/cells'
import { vendorKey } from '@/components/report/vendor'
import { sortVendors } from '@/components/report/vendor-sort'
import { Choice, type ChoiceTarget } from '@/components/ui/choice'
import type { VendorSort } from '@/lib/contract/chart/vendor-sorts'
import type { FunnelReply } from '@/lib/contract/funnel'
import type { LossHref } from './loss-href'
import { VendorHead } from './vendor-head'
import { TotalRow, VendorRow } from './vendor-row'

/** An order of the table and the address that has it. */
export interface SortLink {
  sort: VendorSort
  href: ChoiceTarget
}

interface Props {
  reply: FunnelReply
  sort: VendorSort
  sortLinks: SortLink[]
  lossHref: LossHref | null
  /** The button that saves the table as a picture. */
  picture?: ReactNode
  words: Words
}

const PLACEHOLDERS = [0, 1, 2, 3, 4, 5, 6, 7]

/** Renders the funnel per vendor: the total, then the vendors. On a narrow screen each row is a stepper card. */
export function VendorTable({ reply, sort, sortLinks, lossHref, picture, words }: Props) {
  const { t } = words
  const { total } = reply
  return (
    <section className="card vendors-card" aria-labelledby="by-vendor">
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2 px-5 pt-2 pb-1 max-sm:px-4">
        <h2 id="by-vendor" className="text-16 font-semibold">
          {t('overview.vendors.title')}
        </h2>
        <Legend words={words} />
        <SortLinks sort={sort} links={sortLinks} words={words} />
        {picture !== undefined && <div className="min-h-8 min-w-16 max-sm:min-w-0">{picture}</div>}
      </div>
      <table className="vendors">
        <caption className="sr-only">{t('overview.vendors.sumNote')}</caption>
        <VendorHead source={reply.source} words={words} />
        <tbody>
          {total ? (
            <Rows reply={{ ...reply, total }} sort={sort} lossHref={lossHref} words={words} />
          ) : (
            PLACEHOLDERS.map((n) => <PlaceholderRow key={n} />)
          )}
        </tbody>
      </table>
    </section>
  )
}

type RowsProps = Pick<Props, 'sort' | 'lossHref' | 'words'> & {
  reply: FunnelReply & { total: NonNullable<FunnelReply['total']> }
}

function Rows({ reply, sort, lossHref, words }: RowsProps) {
  const { total, comparison, vendors } = reply
  const changes = new Map((comparison?.vendors ?? []).map((one) => [vendorKey(one), one]))
  const curves = new Map(reply.sparklines.map((one) => [vendorKey(one), one]))
  const rows = sortVendors(vendors, sort, (row) => changes.get(vendorKey(row))?.change ?? null)
  const largest = Math.max(1, ...rows.map(({ sendable }) => sendable ?? 0))
  const whole = comparison?.before && comparison.change && { before: comparison.before, change: comparison.change }
  return (
    <>
      <TotalRow total={total} change={whole ?? null} length={100} lossHref={lossHref} words={words} />
      {rows.map((row) => (
        <VendorRow
          key={vendorKey(row)}
          row={row}
          total={total}
          change={changes.get(vendorKey(row)) ?? null}
          curve={curves.get(vendorKey(row)) ?? null}
          // Without counts there is no common scale.
          length={isRatesOnly(row) ? 100 : ((row.sendable ?? 0) / largest) * 100}
          lossHref={lossHref && ((stage) => lossHref(stage, row.vendor))}
          href={lossHref?.(null, row.vendor) ?? null}
          words={words}
        />
      ))}
    </>
  )
}

/** The orders are links, so that they work without JavaScript and are part of the address. */
function SortLinks({ sort, links, words: { t } }: { sort: VendorSort; links: SortLink[]; words: Words }) {
  if (links.length === 0) return null
  return (
    <div className="no-print ms-auto flex flex-wrap items-center gap-2 text-13 text-second max-sm:ms-0">
      <span id="vendor-sort">{t('overview.vendors.sort')}</span>
      <ul aria-labelledby="vendor-sort" className="choices flex-wrap">
        {links.map((link) => (
          <li key={link.sort}>
            <Choice to={link.href} title={t(`overview.vendors.sortMeaning.${link.sort}`)} current={link.sort === sort}>
              {t(`overview.vendors.sortBy.${link.sort}`)}
            </Choice>
          </li>
        ))}
      </ul>
    </div>
  )
}

function PlaceholderRow() {
  return (
    <tr>
      <td>
        <span className="waiting h-3 w-24" />
      </td>
      <td className="bar-cell">
        <span className="waiting block h-2.5 w-full" />
      </td>
      {[...MEASURES, 'lost', 'change', 'curve'].map((column) => (
        <td key={column}>
          <span className="waiting h-3 w-16 max-w-full" />
        </td>
      ))}
    </tr>
  )
}

function Legend({ words: { t } }: { words: Words }) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-12 text-second">
      <ul aria-label={t('overview.vendors.legend')} className="flex flex-wrap gap-x-3 gap-y-1">
        {(['reached', 'lost', 'unreported'] as const).map((part) => (
          <li key={part} className="flex items-center gap-1.5">
            <BarSample part={part} />
            {t(`overview.vendors.${part}`)}
          </li>
        ))}
      </ul>
      <label className="flex min-h-6 items-center gap-1.5">
        <input type="checkbox" className="own-scale accent-accent" />
        {t('overview.vendors.scale')}
      </label>
    </div>
  )
}
