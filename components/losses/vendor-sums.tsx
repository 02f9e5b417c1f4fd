import Link from 'next/link'
import { exact } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'
import { vendorKey, vendorNames } from '@/components/report/vendor'
import { VendorMark } from '@/components/report/vendor-name'
import type { LossStageReply, LossVendor } from '@/lib/contract/losses'

interface Props {
  stage: LossStageReply
  vendorHref(vendor: string): string | null
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
            <tr key={row.vendor === null ? '' : vendorKey({ vendor: row.vendor, channel: row.channel })}>
              <th scope="row">
                <VendorLink row={row} vendorHref={vendorHref} words={words} />
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

/** Links to one vendor's losses, where they have a page. The part that is in no vendor's row has no link. */
function VendorLink({ row, vendorHref, words }: Pick<Props, 'vendorHref' | 'words'> & { row: LossVendor }) {
  const { t } = words
  const { vendor, channel } = row
  if (vendor === null) return <span title={t('losses.vendors.restMeaning')}>{t('losses.vendors.rest')}</span>
  const { name } = vendorNames({ vendor, channel }, words)
  const href = vendorHref(vendor)
  if (href === null) {
    return (
      <span className="flex items-center gap-2">
        <VendorMark vendor={{ vendor, channel }} />
        <span className="min-w-0">{name}</span>
      </span>
    )
  }
  return (
    <Link prefetch={false} href={href} className="flex items-center gap-2" title={t('losses.vendors.only', { name })}>
      <VendorMark vendor={{ vendor, channel }} />
      <span className="link min-w-0">{name}</span>
    </Link>
  )
}

type Column = 'explained' | 'unexplained' | 'lost' | 'notReported'

/**
 * A vendor that does not report has no number, because 0 would be wrong. One that reported in a part of the time has a
 * loss of that part.
 */
function cellOf(row: LossVendor, column: Column, after: boolean, { t }: Words): string {
  const n = row[column]
  if (n === null) return t('losses.unknown')
  const { vendor, delivery, lost, explained } = row
  const isCounted = vendor === null || delivery === 'reported' || lost !== 0 || explained !== 0
  if (after && !isCounted && column !== 'notReported') return '–'
  if (after && delivery === 'reported' && column === 'notReported') return '–'
  return exact(n)
}

/** The part that is in no vendor's row comes last. */
const weight = ({ vendor, lost, notReported }: LossVendor) =>
  vendor === null ? -Infinity : (lost ?? 0) + (notReported ?? 0)
