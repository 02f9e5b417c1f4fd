import type { ReactNode } from 'react'
import { exact, headline, percent } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'
import { type BarParts, type Cell, stepBar } from '@/components/report/cells'
import { Delta, growthText, pointsText, toneOf } from '@/components/report/delta'
import type { ComparisonReply, TotalReply } from '@/lib/contract/funnel'

/** A large number, and the lines below it. */
export interface Face {
  big: { text: string; title?: string; word?: boolean }
  under: ReactNode
}

/** Sent is shown as a count, delivered and clicked as rates. Without a rate the count is shown. */
export function faceOf(cell: Cell, total: TotalReply, comparison: ComparisonReply | null, words: Words): Face {
  const { t, locale } = words
  const count = countFace(cell, words)
  if (cell.form === 'hidden') return hiddenFace(cell, total, words)
  if (cell.metric === 'sendable') return { big: count, under: null }
  if (cell.metric === 'sent') {
    if (cell.rate === null) return { big: count, under: baseText(cell, words) }
    const rate = t('overview.rate.ofSendable', { rate: percent(cell.rate, locale) })
    return { big: count, under: <RateLine rate={rate} comparison={comparison} words={words} /> }
  }
  if (cell.rate === null) return { big: count, under: cell.form === 'unreported' ? null : baseText(cell, words) }
  const big = { text: percent(cell.rate, locale) }
  const basis = t(`overview.rate.${BASES[cell.basis]}`)
  if (cell.metric === 'clicked' || cell.basis !== 'reporting' || total.cover.share === null) {
    return { big, under: lines(basis, count.text) }
  }
  const cover = t('overview.rate.cover', { share: percent(total.cover.share, locale) })
  const raw = total.rates.delivery
  const ofAll = raw === null ? '' : ` · ${t('overview.rate.raw', { rate: percent(raw, locale) })}`
  return { big, under: lines(basis, `${count.text}${ofAll}`, cover) }
}

/** Without counts the rate is the number. Nothing is a rate of sendable. */
function hiddenFace({ metric, rate, basis }: Cell, { cover }: TotalReply, { t, locale }: Words): Face {
  if (rate === null) {
    return {
      big: { text: t(metric === 'sendable' ? 'overview.rate.hidden' : 'overview.rate.unknown'), word: true },
      under: null,
    }
  }
  const share = metric === 'delivered' && basis === 'reporting' ? cover.share : null
  return {
    big: { text: percent(rate, locale) },
    under: lines(
      t(`overview.rate.${BASES[basis]}`),
      ...(share === null ? [] : [t('overview.rate.cover', { share: percent(share, locale) })]),
    ),
  }
}

const BASES = {
  sendable: 'basisSendable',
  sent: 'basisSent',
  reporting: 'basisReporting',
  delivered: 'basisDelivered',
} as const

function lines(...texts: string[]): ReactNode {
  return texts.map((text) => (
    <span key={text} className="block">
      {text}
    </span>
  ))
}

/** The send rate, with its change in points. */
function RateLine({ rate, comparison, words }: { rate: string; comparison: ComparisonReply | null; words: Words }) {
  const { now, before, change } = comparison ?? {}
  const base = Math.min(now?.sendable ?? 0, before?.sendable ?? 0)
  return (
    <>
      {rate}{' '}
      <Delta
        text={pointsText(change?.send, words)}
        tone={toneOf(change?.send, base)}
        before={words.t('overview.compare.ofSendRate')}
      />
    </>
  )
}

/** Counts are compared in percent, rates in points. A comparison that is not complete shows nothing. */
export function deltaOf(cell: Cell, total: TotalReply, comparison: ComparisonReply | null, words: Words): ReactNode {
  if (!comparison?.now || !comparison.before) return null
  const { now, before, change } = comparison
  const { metric } = cell
  const old = before[metric]
  const meaning = words.t('overview.compare.before', { n: old === null ? '–' : exact(old) })
  if (metric === 'sendable' || metric === 'sent') {
    return <Delta text={growthText(now[metric], before[metric])} before={meaning} />
  }
  const points = metric === 'delivered' ? change?.delivery : change?.click
  const base = metric === 'delivered' ? total.cover.reportingSent : cell.base
  const share = now.sent && before.sent ? Math.min(1, before.sent / now.sent) : 0
  const sameVendors = metric === 'delivered' ? `, ${words.t('overview.compare.sameVendors')}` : ''
  return (
    <Delta
      text={pointsText(points, words)}
      tone={toneOf(points, base === null ? null : base * share)}
      before={meaning + sameVendors}
    />
  )
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

/** Returns the bar of a large number, drawn against the step before. */
export function barOf(cell: Cell, total: TotalReply, before: Cell | undefined): BarParts {
  if (cell.metric === 'sendable' || cell.form === 'hidden') return cell.bar
  if (cell.metric === 'delivered') return stepBar(cell, total.sent, total.cover.notReported ?? 0)
  return stepBar(cell, cell.metric === 'clicked' ? cell.base : (before?.count ?? null))
}
