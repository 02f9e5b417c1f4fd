import { exact, percent } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'
import type { TotalReply, VendorReply } from '@/lib/contract/funnel'
import { type Cell, cellsOf, clicksOfSent } from './cells'

interface Props {
  row: VendorReply | TotalReply
  /** The element that explains how to turn this row's receipts on. */
  receipts: string
  /** The share of this row in the total's sendable; null for the total, or where it is unknown. */
  share?: number | null
  words: Words
}

/** Renders the four cells of a row: the count, and its share of what the head of the column names as the base. */
export function FunnelCells({ row, receipts, share = null, words }: Props) {
  const cells = cellsOf(row).map((cell) => clickedOfSent(cell, row))
  return cells.map((cell) => (
    <td key={cell.metric}>
      <div className="cell">
        <span className="stage">{words.t(`overview.metric.${cell.metric}`)}</span>
        <Count cell={cell} receipts={receipts} words={words} />
        <Rate cell={cell} rate={cell.metric === 'sendable' ? share : cell.rate} words={words} />
      </div>
    </td>
  ))
}

function Count({ cell: { form, count }, receipts, words: { t } }: { cell: Cell; receipts: string; words: Words }) {
  if (form === 'hidden') return null
  if (form === 'unreported') {
    return (
      <a
        href={`#${receipts}`}
        className="count link whitespace-nowrap"
        title={t('overview.delivery.unreportedMeaning')}
      >
        {t('overview.delivery.unreported')}
      </a>
    )
  }
  if (form === 'unknown' || count === null) {
    return (
      <span className="count text-second" title={t('overview.rate.unknownMeaning')}>
        {t('overview.rate.unknown')}
      </span>
    )
  }
  if (form === 'at_least') {
    return (
      <span className="count" title={t('overview.rate.atLeastMeaning', { n: exact(count) })}>
        {t('overview.rate.atLeast', { n: exact(count) })}
      </span>
    )
  }
  return <span className="count">{exact(count)}</span>
}

/** Returns a row's clicks with what was sent as their base, because not every vendor reports deliveries. */
export function clickedOfSent(cell: Cell, row: Props['row']): Cell {
  return cell.metric === 'clicked' ? { ...cell, rate: clicksOfSent(row), base: row.sent, basis: 'sent' } : cell
}

/** Shows the rate. Below the minimum volume it shows the base instead, and nothing when there is none. */
function Rate({ cell, rate, words: { t, locale } }: { cell: Cell; rate: number | null; words: Words }) {
  const { form, base } = cell
  if (rate !== null) return <span className="rate">{percent(rate, locale)}</span>
  if (!base || form === 'unreported' || form === 'unknown' || form === 'at_least') return <span className="rate" />
  return (
    <span className="rate" title={`${t('overview.rate.tooFew')}: ${t('overview.rate.tooFewMeaning')}`}>
      {t('overview.rate.of', { base: exact(base) })}
    </span>
  )
}
