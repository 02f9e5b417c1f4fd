import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { exact, headline, percent } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'
import { Bar } from '@/components/report/bar'
import { type BarParts, type Cell, cellsOf, MEASURES, type Measure, stepBar } from '@/components/report/cells'
import { Delta, growthText, pointsText } from '@/components/report/delta'
import { Hint } from '@/components/ui/hint'
import type { ComparisonReply, TotalReply } from '@/lib/contract/funnel'
import type { LossStage } from '@/lib/contract/records'
import type { Source } from '@/lib/contract/sources'
import type { LossHref } from './loss-href'

/** The top reason of each drop with its link, rendered by the server. */
export type TopReasons = Record<LossStage, ReactNode>

interface Props {
  total: TotalReply | null
  /** What the numbers are compared with; null without a comparison. */
  comparison?: ComparisonReply | null
  source: Source
  lossHref: LossHref | null
  topReasons?: TopReasons | undefined
  words: Words
}

/**
 * Renders the total as four large numbers: counts first, rates where people compare them, and each drop in its parts.
 */
export function Totals({ total, comparison = null, source, lossHref, topReasons, words }: Props) {
  return (
    <section aria-label={words.t('overview.numbers')}>
      <dl className="card numbers grid grid-cols-2 grid-rows-[repeat(10,auto)] lg:grid-cols-4 lg:grid-rows-[repeat(5,auto)]">
        {total
          ? cellsOf(total).map((cell, i, all) => (
              <Tile
                key={cell.metric}
                metric={cell.metric}
                source={source}
                words={words}
                {...faceOf(cell, total, words)}
                delta={deltaOf(cell.metric, comparison, words)}
                bar={barOf(cell, total, all[i - 1])}
                drops={<Drops cell={cell} total={total} lossHref={lossHref} topReasons={topReasons} words={words} />}
              />
            ))
          : MEASURES.map((metric) => <Placeholder key={metric} metric={metric} source={source} words={words} />)}
      </dl>
    </section>
  )
}

/** Four tiles in a row, or two rows of two with a line between them. */
const TILE = clsx(
  'row-span-5 grid grid-rows-subgrid items-start border-s border-line px-5 py-4 first:border-s-0 max-sm:px-3.5 max-sm:py-3',
  'max-lg:nth-3:border-s-0 max-lg:nth-[n+3]:border-t',
)

/** Two lines below each number. On a narrow screen "delivered" needs four. */
const UNDER = 'mt-1 text-13 text-second min-h-[1.125rem] sm:min-h-9'
const ROOM: Record<Measure, string> = {
  sendable: UNDER,
  sent: UNDER,
  delivered: `${UNDER} max-sm:min-h-18`,
  clicked: UNDER,
}

interface Face {
  big: { text: string; title?: string; word?: boolean }
  beside?: string
  under: ReactNode
}

interface TileProps extends Face {
  metric: Measure
  source: Source
  words: Words
  delta: ReactNode
  bar: BarParts
  drops: ReactNode
}

function Tile({ metric, source, words, big, delta, beside, under, bar, drops }: TileProps) {
  return (
    <div className={TILE}>
      <Term metric={metric} source={source} words={words} />
      <dd className="mt-1 flex min-h-9 flex-wrap items-baseline gap-x-2 lg:min-h-11">
        <span
          title={big.title}
          className={big.word ? 'text-20 font-medium' : 'text-28 font-medium tracking-[-0.02em] lg:text-40'}
        >
          {big.text}
        </span>
        {delta}
        {beside && <span className="text-13 text-second">{beside}</span>}
      </dd>
      <dd className={ROOM[metric]}>{under}</dd>
      <dd className="mt-3">
        <Bar metric={metric} parts={bar} />
      </dd>
      <dd className="mt-2 min-h-6 text-13 leading-6">{drops}</dd>
    </div>
  )
}

function Term({ metric, source, words }: { metric: Measure; source: Source; words: Words }) {
  const meaning = `${words.t(`overview.meaning.${metric}`)} ${words.t(`overview.unit.${source}`)}`
  return (
    <dt className="text-13 font-medium">
      <Hint id={`number-${metric}`} meaning={meaning} end={metric === 'clicked'}>
        {words.t(`overview.metric.${metric}`)}
      </Hint>
    </dt>
  )
}

/** Counts are compared in percent, rates in points. A comparison that is not complete shows nothing. */
function deltaOf(metric: Measure, comparison: ComparisonReply | null, words: Words): ReactNode {
  if (!comparison?.now || !comparison.before) return null
  const { now, before, change } = comparison
  const text =
    metric === 'delivered'
      ? pointsText(change?.delivery, words)
      : metric === 'clicked'
        ? pointsText(change?.click, words)
        : growthText(now[metric], before[metric])
  const old = before[metric]
  const meaning = words.t('overview.compare.before', { n: old === null ? '–' : exact(old) })
  const sameVendors = metric === 'delivered' ? `, ${words.t('overview.compare.sameVendors')}` : ''
  return <Delta text={text} before={meaning + sameVendors} />
}

function Placeholder({ metric, source, words }: Omit<Props, 'total' | 'lossHref'> & { metric: Measure }) {
  return (
    <div className={TILE}>
      <Term metric={metric} source={source} words={words} />
      <dd className="mt-1 min-h-9 lg:min-h-11">
        <span className="waiting mt-1.5 h-7 w-3/5 lg:h-8" />
      </dd>
      <dd className={ROOM[metric]}>
        <span className="waiting h-3 w-2/5" />
      </dd>
      <dd className="mt-3">
        <span className="waiting block h-1.5 w-full" />
      </dd>
      <dd className="mt-2 min-h-6" />
    </div>
  )
}

/** Sent is shown as a count, delivered and clicked as rates. Without a rate the count is shown. */
function faceOf(cell: Cell, total: TotalReply, words: Words): Face {
  const { t, locale } = words
  const count = countFace(cell, words)
  if (cell.metric === 'sendable') return { big: count, under: null }
  if (cell.metric === 'sent') {
    return {
      big: count,
      under:
        cell.rate === null
          ? baseText(cell, words)
          : t('overview.rate.ofSendable', { rate: percent(cell.rate, locale) }),
    }
  }
  if (cell.rate === null) return { big: count, under: cell.form === 'unreported' ? null : baseText(cell, words) }
  const big = { text: percent(cell.rate, locale) }
  if (cell.metric === 'clicked') {
    const basis = cell.basis === 'sent' ? 'overview.rate.basisSent' : 'overview.rate.basisDelivered'
    return { big, beside: t(basis), under: count.text }
  }
  const { share } = total.cover
  const whole = cell.basis !== 'reporting' || share === null
  const raw = total.rates.delivery
  const counted =
    raw === null || whole ? count.text : `${count.text} · ${t('overview.rate.raw', { rate: percent(raw, locale) })}`
  return {
    big,
    beside: whole ? t('overview.rate.basisSent') : t('overview.rate.basisReporting'),
    under: (
      <>
        <span className="block">{counted}</span>
        {!whole && <span className="block">{t('overview.rate.cover', { share: percent(share, locale) })}</span>}
      </>
    ),
  }
}

function countFace({ form, count }: Cell, { t, locale }: Words): Face['big'] {
  if (form === 'unreported') return { text: t('overview.delivery.unreported'), word: true }
  if (form === 'unknown' || count === null) return { text: t('overview.rate.unknown'), word: true }
  const { text, title } = headline(count, locale)
  return form === 'at_least' ? { text: t('overview.rate.atLeast', { n: text }), title } : { text, title }
}

function baseText({ base, count }: Cell, { t }: Words): string {
  if (!base || count === null) return ''
  return `${t('overview.rate.of', { base: exact(base) })} · ${t('overview.rate.tooFew')}`
}

function barOf(cell: Cell, total: TotalReply, before: Cell | undefined): BarParts {
  if (cell.metric === 'sendable') return cell.bar
  if (cell.metric === 'delivered') return stepBar(cell, total.sent, total.cover.notReported ?? 0)
  return stepBar(cell, cell.metric === 'clicked' ? cell.base : (before?.count ?? null))
}

interface DropsProps {
  cell: Cell
  total: TotalReply
  lossHref: LossHref | null
  topReasons: TopReasons | undefined
  words: Words
}

function Drops({ cell, total, lossHref, topReasons, words: { t } }: DropsProps) {
  if (cell.metric === 'sent') {
    return cell.lost > 0 ? (
      <>
        <Why href={lossHref?.('ready_to_send') ?? null}>{t('overview.drop.before', { n: exact(cell.lost) })}</Why>
        {topReasons?.ready_to_send && <span className="block">{topReasons.ready_to_send}</span>}
      </>
    ) : null
  }
  if (cell.metric !== 'delivered') return null
  const notReported = total.cover.notReported ?? 0
  return (
    <>
      {cell.lost > 0 && (
        <Why href={lossHref?.('post_send') ?? null}>{t('overview.drop.lost', { n: exact(cell.lost) })}</Why>
      )}
      {cell.lost > 0 && notReported > 0 && ' · '}
      {notReported > 0 && (
        <a href="#receipts" className="link">
          {t('overview.drop.notReported', { n: exact(notReported) })}
        </a>
      )}
      {cell.lost > 0 && topReasons?.post_send && <span className="block">{topReasons.post_send}</span>}
    </>
  )
}

/** Links a drop to its reasons, when there is a losses page. */
function Why({ href, children }: { href: string | null; children: string }) {
  return href ? (
    <a href={href} className="link">
      {children}
    </a>
  ) : (
    children
  )
}
