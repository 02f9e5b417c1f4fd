import { exact, percent } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'
import { Bar } from '@/components/report/bar'
import { type Cell, cellsOf, MEASURES } from '@/components/report/cells'
import { byVolume, vendorKey } from '@/components/report/vendor'
import { VendorName } from '@/components/report/vendor-name'
import type { VendorReply } from '@/lib/contract/funnel'

/** Lists the vendors of a campaign: counts with their rates, and one bar for what arrived, was lost, or is not reported. */
export function CampaignVendors({ vendors, words }: { vendors: VendorReply[]; words: Words }) {
  const { t } = words
  if (vendors.length === 0) return null
  return (
    <section className="card px-5 py-4 max-sm:px-4" aria-labelledby="vendors">
      <h2 id="vendors" className="text-16 font-semibold">
        {t('campaign.vendors.title')}
      </h2>
      <table className="mt-2 w-full text-13">
        <thead className="max-sm:sr-only">
          <tr className="text-second">
            <th scope="col" className="py-1 pe-4 text-start font-medium">
              {t('campaign.vendors.vendor')}
            </th>
            {MEASURES.map((metric) => (
              <th key={metric} scope="col" className="py-1 ps-4 text-end font-medium">
                {t(`overview.metric.${metric}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {byVolume(vendors).map((row) => (
            <Row key={vendorKey(row)} row={row} words={words} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Row({ row, words }: { row: VendorReply; words: Words }) {
  const cells = cellsOf(row)
  const delivered = cells[2]
  return (
    <tr className="border-t border-line align-top max-sm:grid max-sm:grid-cols-4 max-sm:gap-x-3 max-sm:py-1.5 max-sm:first:border-t-0">
      <th scope="row" className="w-2/5 py-1.5 pe-4 text-start font-normal max-sm:col-span-4 max-sm:w-auto max-sm:pe-0">
        <VendorName vendor={row} words={words} />
        {delivered && (
          <span className="mt-1 block">
            <Bar metric="delivered" parts={delivered.bar} />
          </span>
        )}
      </th>
      {cells.map((cell) => (
        <td
          key={cell.metric}
          className="py-1.5 ps-4 text-end whitespace-nowrap max-sm:py-0.5 max-sm:ps-0 max-sm:text-start max-sm:whitespace-normal"
        >
          <span aria-hidden="true" className="block text-12 text-second sm:hidden">
            {words.t(`overview.metric.${cell.metric}`)}
          </span>
          <span className="block">{countText(cell, words)}</span>
          {cell.rate !== null && <span className="block text-12 text-second">{percent(cell.rate, words.locale)}</span>}
        </td>
      ))}
    </tr>
  )
}

function countText({ form, count }: Cell, { t }: Words): string {
  if (form === 'hidden') return ''
  if (form === 'unreported') return t('overview.delivery.unreported')
  if (form === 'unknown' || count === null) return t('overview.rate.unknown')
  return form === 'at_least' ? t('overview.rate.atLeast', { n: exact(count) }) : exact(count)
}
