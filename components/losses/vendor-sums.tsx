import Link from 'next/link'
import { exact } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'
import { vendorKey, vendorNames } from '@/components/report/vendor'
import { VendorMark } from '@/components/report/vendor-name'
import type { LossStageReply, LossVendor } from '@/lib/contract/losses'

interface Props {
  stage: LossStageReply
  vendorHref(vendor: string): string
  words: Words
}

/** Shows the same sum for each vendor, with a link to the losses of that vendor. */
export function VendorSums({ stage, vendorHref, words }: Props) {
  const { t } = words
  const rows = [...stage.vendors].sort((a, b) => weight(b) - weight(a))
  if (rows.length === 0) return null
  const after = stage.stage === 'post_send'
  const columns = ['explained', 'unexplained', 'lost', ...(after ? (['notReported'] as const) : [])] as const
  return (
    <details className="border-t border-line">
      <summary className="min-h-11 px-5 py-3 max-sm:px-4">
        <span className="link">{t('losses.vendors.title')}</span>
      </summary>
      <table className="sums">
        <thead>
          <tr>
            <th scope="col">{t('losses.vendors.vendor')}</th>
            {columns.map((column) => (
              <th scope="col" key={column}>
                {t(`losses.vendors.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={vendorKey(row)}>
              <th scope="row">
                <Link
                  prefetch={false}
                  href={vendorHref(row.vendor)}
                  className="flex items-center gap-2"
                  title={t('losses.vendors.only', { name: vendorNames(row, words).name })}
                >
                  <VendorMark vendor={row} />
                  <span className="link min-w-0">{vendorNames(row, words).name}</span>
                </Link>
              </th>
              {columns.map((column) => (
                <td key={column}>{cellOf(row, column, after, words)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

type Column = 'explained' | 'unexplained' | 'lost' | 'notReported'

/** A vendor that does not report has no number, because 0 would be wrong. */
function cellOf(row: LossVendor, column: Column, after: boolean, { t }: Words): string {
  if (after && row.delivery !== 'reported' && column !== 'notReported') return '–'
  if (after && row.delivery === 'reported' && column === 'notReported') return '–'
  const n = row[column]
  return n === null ? t('losses.unknown') : exact(n)
}

const weight = ({ lost, notReported }: LossVendor) => (lost ?? 0) + (notReported ?? 0)
