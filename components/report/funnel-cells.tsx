import { exact, percent } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'
import type { RateChanges, TotalReply, VendorReply } from '@/lib/contract/funnel'
import type { LossStage } from '@/lib/contract/records'
import { Bar } from './bar'
import { type Cell, cellsOf, type Measure } from './cells'
import { pointsText } from './delta'

interface Props {
  row: VendorReply | TotalReply
  /** The changes of its rates against the comparison. */
  change?: RateChanges | null
  /** The element that explains how to turn this row's receipts on. */
  receipts: string
  /** Links to the losses of this row; null where there is no such page. */
  lossHref: ((stage: LossStage) => string) | null
  words: Words
}

/** Renders the four cells of a row: the count, its share of the previous step, and a thin bar. */
export function FunnelCells({ row, change = null, receipts, lossHref, words }: Props) {
  return cellsOf(row).map((cell) => (
    <td key={cell.metric}>
      <div className="cell">
        <span className="stage">{words.t(`overview.metric.${cell.metric}`)}</span>
        <Count cell={cell} receipts={receipts} words={words} />
        <Rate cell={cell} change={changeFor(cell.metric, change, words)} words={words} />
        <Track cell={cell} lossHref={lossHref} words={words} />
      </div>
    </td>
  ))
}

function Count({ cell: { form, count }, receipts, words: { t } }: { cell: Cell; receipts: string; words: Words }) {
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

/** Shows the rate. Below the minimum volume it shows the base instead, and nothing when there is none. */
function Rate({ cell, change, words: { t, locale } }: { cell: Cell; change: string | null; words: Words }) {
  const { metric, form, rate, base, basis } = cell
  if (rate !== null) {
    const text = percent(rate, locale)
    const ofSent = metric === 'clicked' && basis === 'sent'
    return (
      <span className="rate">
        {basis === 'reporting'
          ? t('overview.rate.ofReporting', { rate: text })
          : ofSent
            ? t('overview.rate.ofSent', { rate: text })
            : text}
        {change !== null && <span className="whitespace-nowrap text-second"> {change}</span>}
      </span>
    )
  }
  if (!base || form === 'unreported' || form === 'unknown' || form === 'at_least') return <span className="rate" />
  return (
    <span className="rate" title={`${t('overview.rate.tooFew')}: ${t('overview.rate.tooFewMeaning')}`}>
      {t('overview.rate.of', { base: exact(base) })}
    </span>
  )
}

/** Smaller changes happen every week. In a table they would hide the large ones. */
const SHOWN_FROM = 0.005

function changeFor(metric: Measure, change: RateChanges | null, words: Words): string | null {
  const rates = { sendable: null, sent: change?.send, delivered: change?.delivery, clicked: change?.click }
  const found = rates[metric] ?? null
  return found !== null && Math.abs(found) >= SHOWN_FROM ? pointsText(found, words) : null
}

/** Draws the bar. A bar with a drop links to its reasons. */
function Track({ cell, lossHref, words }: Pick<Props, 'lossHref' | 'words'> & { cell: Cell }) {
  const drop = dropOf(cell, words)
  const bar = <Bar metric={cell.metric} parts={cell.bar} />
  if (!drop || !lossHref) {
    return (
      <span className="track" title={drop}>
        {bar}
      </span>
    )
  }
  return (
    <a
      className="track"
      href={lossHref(cell.metric === 'sent' ? 'ready_to_send' : 'post_send')}
      title={drop}
      aria-label={drop}
    >
      {bar}
    </a>
  )
}

function dropOf({ metric, lost }: Cell, { t }: Words): string | undefined {
  if (lost <= 0) return undefined
  return t(metric === 'sent' ? 'overview.drop.before' : 'overview.drop.lost', { n: exact(lost) })
}
