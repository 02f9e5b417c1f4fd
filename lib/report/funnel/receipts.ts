import { HOUR, MIN_VOLUME } from '@/lib/contract/limits'
import type { VendorCounts } from '@/lib/contract/records'
import type { Channel, Vendor } from '@/lib/contract/vendors'
import type { Span } from '@/lib/report/range/windows'
import { alwaysReports, type Delivery } from './counts'

/** What is held of an hour or a day of the overall; epoch seconds. */
export interface ReceiptEvidence extends Span {
  fetchedAt: number
  rows: VendorCounts[]
}

/** A vendor whose receipts began, stopped or came back; `at` (epoch seconds) is where the first such bucket begins. */
export interface ReceiptChange {
  change: 'began' | 'stopped' | 'resumed'
  vendor: Vendor
  channel: Channel
  at: number
  grain: 'hour' | 'day'
}

/** Receipts of an hour fetched sooner after its end may merely be on their way. */
const SETTLED_S = 600
/** Fewer deliveries than this in a hundred are as good as none: some belong to the hours before. */
const NONE = 0.01
/** That chance would leave so many out is not to be believed. */
const EXPECTED = 10

/** What can be told of the receipts from evidence that may overlap: the hours where a day is made of them, else the day. */
export function receiptChanges(evidence: ReceiptEvidence[]): ReceiptChange[] {
  const histories = new Map<string, ReceiptHistory>()
  for (const span of finest(evidence)) {
    for (const row of span.rows) {
      const key = `${row.vendor} ${row.channel}`
      const history = histories.get(key) ?? new ReceiptHistory(row.vendor, row.channel)
      histories.set(key, history)
      history.add(span, row)
    }
  }
  const found = [...histories.values()].flatMap((history) => history.end())
  return found.sort((a, b) => a.at - b.at || a.vendor.localeCompare(b.vendor))
}

/** Those that fall into the span, and the stop before it that lasts into it. */
export function changesWithin(changes: ReceiptChange[], { from, to }: Span): ReceiptChange[] {
  const last = new Map(changes.filter(({ at }) => at < from).map((one) => [`${one.vendor} ${one.channel}`, one]))
  const lasting = [...last.values()].filter(({ change }) => change === 'stopped')
  return [...lasting, ...changes.filter(({ at }) => at >= from && at < to)]
}

/**
 * Receipts that began later say nothing of what was sent before: over a span that they began in, deliveries are a lower
 * bound; over one before it, nobody knows.
 */
export function deliveryInSpan(
  delivery: Delivery,
  began: number | null,
  { from, to }: Span,
  delivered: number,
): Delivery {
  if (delivery !== 'reported' || began === null || began <= from) return delivery
  return began >= to && delivered === 0 ? 'unreported' : 'partial'
}

function finest(evidence: ReceiptEvidence[]): ReceiptEvidence[] {
  const hours = evidence.filter(({ from, to }) => to - from === HOUR)
  const covered = (day: Span) => {
    const inside = hours.filter(({ from }) => from >= day.from && from < day.to).length
    return inside > 0 && inside * HOUR >= day.to - day.from
  }
  const days = evidence.filter((one) => one.to - one.from > HOUR && !covered(one))
  const inDay = ({ from }: Span) => days.some((day) => from >= day.from && from < day.to)
  return [...days, ...hours.filter((hour) => !inDay(hour))].sort((a, b) => a.from - b.from)
}

interface SilentRun {
  at: number
  grain: ReceiptChange['grain']
  sent: number
  delivered: number
}

/** One vendor's channel over time. */
class ReceiptHistory {
  readonly #found: ReceiptChange[] = []
  /** What was sent and delivered while receipts came. */
  #usual = { sent: 0, delivered: 0 }
  /** The silence that lasts. */
  #run: SilentRun | null = null

  constructor(
    private readonly vendor: Vendor,
    private readonly channel: Channel,
  ) {}

  add(span: ReceiptEvidence, { sent, delivered }: VendorCounts): void {
    if (sent === null || delivered === null || (sent === 0 && delivered === 0)) return
    const grain = span.to - span.from === HOUR ? 'hour' : 'day'
    if (delivered <= sent * NONE) {
      if (span.fetchedAt < span.to + SETTLED_S) return
      this.#run ??= { at: span.from, grain, sent: 0, delivered: 0 }
      this.#run.sent += sent
      this.#run.delivered += delivered
      return
    }
    const change = this.#closed()
    if (change) this.#note(change === 'stopped' ? 'resumed' : 'began', span.from, grain)
    this.#run = null
    this.#usual.sent += sent
    this.#usual.delivered += delivered
  }

  end(): ReceiptChange[] {
    this.#closed()
    return this.#found
  }

  /** What the silence was: a stop is noted; before any receipt it is `began`, which only what follows can say. */
  #closed(): 'stopped' | 'began' | null {
    const run = this.#run
    if (!run || run.sent < MIN_VOLUME) return null
    if (this.#usual.sent === 0) {
      if (run.delivered > 0) return null
      if (!alwaysReports(this.vendor, this.channel)) return 'began'
    } else {
      const expected = (run.sent * this.#usual.delivered) / this.#usual.sent
      if (expected < EXPECTED || run.delivered * 10 > expected) return null
    }
    this.#note('stopped', run.at, run.grain)
    return 'stopped'
  }

  #note(change: ReceiptChange['change'], at: number, grain: ReceiptChange['grain']): void {
    this.#found.push({ change, vendor: this.vendor, channel: this.channel, at, grain })
  }
}
