import { exact, percent } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'
import { type Cell, cellsOf, MEASURES } from '@/components/report/cells'
import { byVolume, vendorNames } from '@/components/report/vendor'
import type { CountReply, FunnelReply } from '@/lib/contract/funnel'
import { footText, headOf, type PictureSubject } from './funnel-lines'
import type { Sheet } from './sheet-picture'

interface SheetQuestion {
  reply: FunnelReply
  subject: PictureSubject
  words: Words
}

/** Returns the vendor table: a row for the total and for each vendor, with counts and rates. */
export function vendorSheet({ reply, subject, words }: SheetQuestion): Sheet {
  const { t } = words
  const rowOf = (name: string, row: CountReply, bold = false) => ({
    cells: [name, ...cellsOf(row).map((cell) => cellText(cell, words))],
    bold,
  })
  return {
    ...headOf(t('overview.vendors.title'), reply, subject, words),
    columns: [
      { name: t('overview.vendors.vendor'), share: 180 },
      ...MEASURES.map((metric) => ({ name: t(`overview.metric.${metric}`), share: 239, end: true })),
    ],
    rows: [
      ...(reply.total ? [rowOf(t('overview.vendors.total'), reply.total, true)] : []),
      ...byVolume(reply.vendors).map((row) => rowOf(vendorNames(row, words).name, row)),
    ],
    foot: [footText(reply, words)],
  }
}

/** The count, and its rate with what it is of. What is not reported is a word, never 0 %. */
function cellText({ form, count, rate, basis }: Cell, { t, locale }: Words): string {
  if (form === 'unreported') return t('overview.delivery.unreported')
  if (form === 'unknown' || count === null) return t('overview.rate.unknown')
  const shown = form === 'at_least' ? t('overview.rate.atLeast', { n: exact(count) }) : exact(count)
  return rate === null ? shown : `${shown} · ${t(RATES[basis], { rate: percent(rate, locale) })}`
}

const RATES = {
  sendable: 'overview.rate.ofSendable',
  sent: 'overview.rate.ofSent',
  reporting: 'overview.rate.ofReporting',
  delivered: 'overview.rate.ofDelivered',
} as const
