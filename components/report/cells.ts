import type { CountReply, TotalReply } from '@/lib/contract/funnel'
import { MIN_VOLUME } from '@/lib/contract/limits'

export const MEASURES = ['sendable', 'sent', 'delivered', 'clicked'] as const
export type Measure = (typeof MEASURES)[number]

/** The parts of a bar as fractions of its length. */
export interface BarParts {
  reached: number
  lost: number
  unreported: number
}

/** One cell of the funnel. A `rate` of null is not shown; `base` is then the number it would be of, when known. */
export interface Cell {
  metric: Measure
  /** `hidden`: a shared view that shows rates only. */
  form: 'exact' | 'at_least' | 'unreported' | 'unknown' | 'hidden'
  count: number | null
  rate: number | null
  base: number | null
  /** `reporting`: sent through vendors that report. */
  basis: 'sendable' | 'sent' | 'reporting' | 'delivered'
  bar: BarParts
  lost: number
}

type Row = CountReply & { cover?: TotalReply['cover'] | null }

/** Returns the four cells of a row. Bars are drawn against the row's first step. */
export function cellsOf(row: Row): Cell[] {
  if (isRatesOnly(row)) return cellsOfRates(row)
  const whole = row.sendable ?? Math.max(row.sent ?? 0, row.delivered ?? 0, row.clicked ?? 0)
  const part = (n: number | null) => fraction(n, whole)
  const lostBefore = gap(row.sendable, row.sent)
  const after = afterSending(row)
  return [
    { ...cell('sendable', row.sendable), bar: { reached: part(whole), lost: 0, unreported: 0 } },
    {
      ...cell('sent', row.sent),
      rate: row.rates.send,
      base: row.sendable,
      lost: lostBefore,
      bar: { reached: part(row.sent), lost: part(lostBefore), unreported: 0 },
    },
    {
      ...cell('delivered', row.delivered),
      ...deliveredForm(row),
      base: row.cover ? row.cover.reportingSent : row.sent,
      basis: row.cover && row.cover.share !== 1 ? 'reporting' : 'sent',
      lost: after.lost,
      bar: { reached: part(row.delivered), lost: part(after.lost), unreported: part(after.unreported) },
    },
    {
      ...cell('clicked', row.clicked),
      rate: row.rates.click,
      basis: row.rates.clickBasis,
      base: row[row.rates.clickBasis],
      bar: { reached: part(row.clicked), lost: 0, unreported: 0 },
    },
  ]
}

/** Tells whether the counts of a row are left out, as in a shared view without counts. Otherwise a rate comes from counts. */
export function isRatesOnly({ sendable, sent, delivered, clicked, rates, delivery }: CountReply): boolean {
  if ([sendable, sent, delivered, clicked].some((count) => count !== null)) return false
  return (
    [rates.send, rates.delivery, rates.deliveryReporting, rates.click].some((rate) => rate !== null) ||
    delivery === 'unreported'
  )
}

/** Returns the cells of a row without counts. Its bars are drawn from the rates, against the row's first step. */
function cellsOfRates(row: Row): Cell[] {
  const { send, delivery, deliveryReporting, click, clickBasis } = row.rates
  const isUnreported = row.delivery === 'unreported'
  const delivered = isUnreported ? null : row.cover ? deliveryReporting : delivery
  const hidden = (metric: Measure, rate: number | null, basis: Cell['basis'], reached: number): Cell => ({
    ...{ metric, rate, basis, form: 'hidden' as const, count: null, base: null, lost: 0 },
    bar: { reached, lost: rate === null ? 0 : Math.max(0, 1 - rate), unreported: 0 },
  })
  return [
    { ...hidden('sendable', null, 'sendable', 1) },
    hidden('sent', send, 'sendable', send ?? 0),
    {
      ...hidden('delivered', delivered, row.cover && row.cover.share !== 1 ? 'reporting' : 'sent', delivered ?? 0),
      ...(isUnreported ? { form: 'unreported' as const, bar: { reached: 0, lost: 0, unreported: 1 } } : {}),
    },
    { ...hidden('clicked', click, clickBasis, click ?? 0), bar: { reached: click ?? 0, lost: 0, unreported: 0 } },
  ]
}

/** The bar of a whole row, as fractions of what was sendable: reached, lost after and before sending, not reported. */
export type RowBarParts = Record<'reached' | 'lostAfter' | 'unreported' | 'lostBefore', number>

/** Returns the one bar of a row. The parts never exceed it: where counts contradict each other, they shrink alike. */
export function rowBarOf(row: Row): RowBarParts {
  if (isRatesOnly(row)) return rowBarOfRates(row)
  const [, sent, delivered] = cellsOf(row)
  const { reached = 0, lost = 0, unreported = 0 } = delivered?.bar ?? {}
  const lostBefore = sent?.bar.lost ?? 0
  const most = Math.max(1, reached + lost + unreported + lostBefore)
  return {
    reached: reached / most,
    lostAfter: lost / most,
    unreported: unreported / most,
    lostBefore: lostBefore / most,
  }
}

function rowBarOfRates({ rates, delivery }: Row): RowBarParts {
  const sent = rates.send ?? 1
  const delivered = delivery === 'unreported' ? null : (rates.delivery ?? rates.deliveryReporting)
  const [reached, after] = delivered === null ? [0, 0] : [sent * delivered, sent * (1 - delivered)]
  return {
    reached,
    lostAfter: delivery === 'reported' ? after : 0,
    unreported: delivery === 'reported' ? 0 : sent - reached,
    lostBefore: 1 - sent,
  }
}

/** What a row lost. `share` is of sendable, and null below the minimum volume. */
export interface Lost {
  before: number
  after: number
  count: number
  share: number | null
  /** False where deliveries are not all reported, so that more may be lost. */
  isWhole: boolean
}

/** Returns what a row lost before and after sending; null where a count is unknown. */
export function lostOf(row: Row): Lost | null {
  const [, sent, delivered] = cellsOf(row)
  if (row.sendable === null || row.sent === null || !sent || !delivered) return null
  const count = sent.lost + delivered.lost
  const share = row.sendable < MIN_VOLUME ? null : fraction(count, row.sendable)
  const isWhole = row.sent === 0 || (delivered.count !== null && row.delivery === 'reported' && !row.cover?.notReported)
  return { before: sent.lost, after: delivered.lost, count, share, isWhole }
}

/** Returns clicks among what was sent: the one base that every vendor has. Null below the minimum volume. */
export function clicksOfSent(row: CountReply): number | null {
  const { sent, clicked, rates } = row
  if (isRatesOnly(row)) return rates.clickBasis === 'sent' ? rates.click : productOf(rates.delivery, rates.click)
  return sent === null || clicked === null || sent < MIN_VOLUME ? null : clicked / sent
}

/** Returns the bar of a large number, drawn against the previous step. */
export function stepBar(cell: Cell, before: number | null, unreported = 0): BarParts {
  return {
    reached: fraction(cell.count, before),
    lost: fraction(cell.lost, before),
    unreported: fraction(unreported, before),
  }
}

function cell(metric: Measure, count: number | null): Cell {
  const nothing = { reached: 0, lost: 0, unreported: 0 }
  const form = count === null ? 'unknown' : 'exact'
  return { metric, form, count, rate: null, base: null, basis: 'sendable', bar: nothing, lost: 0 }
}

function deliveredForm(row: Row): Pick<Cell, 'form' | 'rate'> {
  const rate = row.cover ? row.rates.deliveryReporting : row.rates.delivery
  // "At least 0" would say no more.
  const isEmptyBound = row.delivery === 'partial' && row.delivered === 0 && !row.cover
  if (row.delivery === 'unreported' || isEmptyBound) return { form: 'unreported', rate: null }
  if (row.delivered === null) return { form: 'unknown', rate: null }
  if (row.delivery === 'partial') return { form: 'at_least', rate: row.cover ? rate : null }
  return { form: 'exact', rate: row.delivery === 'reported' ? rate : null }
}

/** Splits what was sent and not delivered: lost when the vendor reports, else not reported. Never one sum. */
function afterSending(row: Row): { lost: number; unreported: number } {
  if (row.cover) return { lost: Math.max(0, row.cover.lost ?? 0), unreported: Math.max(0, row.cover.notReported ?? 0) }
  const missing = gap(row.sent, row.delivered)
  return row.delivery === 'reported' ? { lost: missing, unreported: 0 } : { lost: 0, unreported: missing }
}

function gap(before: number | null, after: number | null): number {
  return before === null || after === null ? 0 : Math.max(0, before - after)
}

const productOf = (a: number | null, b: number | null) => (a === null || b === null ? null : a * b)

function fraction(n: number | null, whole: number | null): number {
  return n === null || !whole ? 0 : Math.min(1, Math.max(0, n / whole))
}
