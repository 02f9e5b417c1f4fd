import { exact } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'
import { BarSample } from '@/components/report/bar'
import { receiptsOf, vendorKey, vendorNames } from '@/components/report/vendor'
import type { LossVendor } from '@/lib/contract/losses'

/** Lists the vendors that report no deliveries, and what each needs before its losses become visible. */
export function ReceiptsChecklist({ vendors, words }: { vendors: readonly LossVendor[]; words: Words }) {
  const { t } = words
  const unreported = vendors
    .flatMap(({ vendor, ...row }) => (vendor === null ? [] : [{ vendor, ...row }]))
    .filter(({ delivery, notReported }) => delivery === 'unreported' && notReported !== 0)
    .sort((a, b) => (b.notReported ?? 0) - (a.notReported ?? 0))
  if (unreported.length === 0) return null
  return (
    <section id="receipts" className="card px-5 py-4 max-sm:px-4" aria-labelledby="receipts-title">
      <h2 id="receipts-title" className="font-semibold">
        {t('losses.receipts')}
      </h2>
      <p className="mt-1 max-w-[78ch] text-second">{t('losses.receiptsLead')}</p>
      <dl className="mt-3 grid gap-x-6 gap-y-3 md:grid-cols-[14rem_1fr]">
        {unreported.map((row) => (
          <div key={vendorKey(row)} className="md:col-span-2 md:grid md:grid-cols-subgrid">
            <dt className="flex items-baseline gap-2 font-medium">
              <BarSample part="unreported" />
              {vendorNames(row, words).name}
              <span className="text-13 font-normal text-second">
                {row.notReported === null ? t('losses.unknown') : exact(row.notReported)}
              </span>
            </dt>
            <dd className="max-w-[78ch]">{receiptsOf(row.vendor, words)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
