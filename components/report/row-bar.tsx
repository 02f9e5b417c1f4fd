import { exact } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'
import type { TotalReply, VendorReply } from '@/lib/contract/funnel'
import type { LossStage } from '@/lib/contract/records'
import { lostOf, type RowBarParts, rowBarOf } from './cells'

interface Props {
  row: VendorReply | TotalReply
  /** The element that explains how to turn this row's receipts on. */
  receipts: string
  lossHref: ((stage: LossStage) => string) | null
  words: Words
}

/**
 * Draws the one bar of a row: reached is solid, lost is striped, not reported is a dotted outline. Its parts are links
 * for a pointer. The cells beside it have the same numbers and links, for keyboards and screen readers.
 */
export function RowBar({ row, receipts, lossHref, words: { t } }: Props) {
  const parts = rowBarOf(row)
  const lost = lostOf(row)
  const textOf = (part: 'lost' | 'before', count: number) => t(`overview.drop.${part}`, { n: exact(count) })
  return (
    <span aria-hidden="true" className="bar row-bar">
      {parts.reached > 0 && <i className="delivered" style={width(parts, 'reached')} />}
      {parts.lostAfter > 0 && (
        <Part
          kind="lost"
          style={width(parts, 'lostAfter')}
          href={lossHref?.('post_send')}
          title={textOf('lost', lost?.after ?? 0)}
        />
      )}
      {parts.unreported > 0 && (
        <Part
          kind="unreported"
          style={width(parts, 'unreported')}
          href={`#${receipts}`}
          title={t('overview.delivery.unreported')}
        />
      )}
      {parts.lostBefore > 0 && (
        <Part
          kind="lost"
          style={width(parts, 'lostBefore')}
          href={lossHref?.('ready_to_send')}
          title={textOf('before', lost?.before ?? 0)}
        />
      )}
    </span>
  )
}

const width = (parts: RowBarParts, part: keyof RowBarParts) => ({ width: `${(parts[part] * 100).toFixed(2)}%` })

interface PartProps {
  kind: 'lost' | 'unreported'
  style: { width: string }
  href: string | undefined
  title: string
}

function Part({ kind, href, ...shown }: PartProps) {
  return href === undefined ? (
    <i className={kind} {...shown} />
  ) : (
    <a tabIndex={-1} href={href} className={kind} {...shown} />
  )
}
