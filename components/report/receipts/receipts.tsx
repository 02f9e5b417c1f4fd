import type { Words } from '@/components/i18n/words'
import { byVolume, receiptsOf, vendorKey, vendorNames } from '@/components/report/vendor'
import type { VendorReply } from '@/lib/contract/funnel'

/** Explains for each vendor without receipts how to turn them on. Cells of the table link to these lines. */
export function Receipts({ vendors, words }: { vendors: readonly VendorReply[]; words: Words }) {
  const unreported = byVolume(vendors).filter(({ delivery }) => delivery === 'unreported')
  if (unreported.length === 0) return null
  return (
    <details id="receipts" className="card px-5 py-3 max-sm:px-4">
      <summary className="min-h-6 font-semibold">
        <span className="link">{words.t('overview.delivery.howTo')}</span>
      </summary>
      <p className="mt-2 max-w-[78ch] text-second">{words.t('overview.receipts.lead')}</p>
      <dl className="mt-3 grid gap-x-6 gap-y-3 md:grid-cols-[12rem_1fr]">
        {unreported.map((row) => (
          <div
            key={vendorKey(row)}
            id={`receipts-${vendorKey(row)}`}
            className="md:col-span-2 md:grid md:grid-cols-subgrid"
          >
            <dt className="font-medium">{vendorNames(row, words).name}</dt>
            <dd className="max-w-[78ch]">{receiptsOf(row.vendor, words)}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
