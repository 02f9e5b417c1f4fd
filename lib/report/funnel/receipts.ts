import { HOUR, MIN_VOLUME } from '@/lib/contract/limits'
import type { VendorCounts } from '@/lib/contract/records'
import type { Channel, Vendor } from '@/lib/contract/vendors'
import type { Span } from '@/lib/report/range/windows'
import { alwaysReports } from './counts'

/** The stored counts of an hour or a day of the overall. Epoch seconds. */
export interface ReceiptEvidence extends Span {
  fetchedAt: number
  rows: VendorCounts[]
}

/** A change of a vendor's receipts. `at` (epoch seconds) is the start of the first bucket that shows it. */
export interface ReceiptChange {
  change: 'began' | 'stopped' | 'resumed'
  vendor: Vendor
  channel: Channel
  at: number
  grain: 'hour' | 'day'
}

/** Receipts of an hour may still arrive for this long after its end. */
const SETTLED_AFTER_S = 600
/** A delivery rate up to this counts as none: a few receipts belong to earlier hours. */
const NO_RECEIPTS_RATE = 0.01
/** A silence counts as a stop only if at least this many deliveries were expected in it. */
const MIN_EXPECTED = 10

/**
 * Finds the changes of all vendors' receipts in buckets that may overlap. A day is replaced by its hours where all of
 * them are stored.
 */
export function receiptChanges(evidence: ReceiptEvidence[]): ReceiptChange[] {
  const histories = new Map<string, ReceiptHistory>()
  for (const span of finestBuckets(evidence)) {
    for (const row of span.rows) {
      const key = `${row.vendor} ${row.channel}`
      const history = histories.get(key) ?? new ReceiptHistory(row.vendor, row.channel)
      histories.set(key, history)
      history.add(span, row)
    }
  }
  const found = [...histories.values()].flatMap((history) => history.changes())
  return found.sort((a, b) => a.at - b.at || a.vendor.localeCompare(b.vendor))
}

/** Returns the changes within the span, and an earlier stop that lasts into it. */
export function changesWithin(changes: ReceiptChange[], { from, to }: Span): ReceiptChange[] {
  const last = new Map(changes.filter(({ at }) => at < from).map((one) => [`${one.vendor} ${one.channel}`, one]))
  const lastingStops = [...last.values()].filter(({ change }) => change === 'stopped')
  return [...lastingStops, ...changes.filter(({ at }) => at >= from && at < to)]
}

/** Returns buckets that do not overlap, in order of time: days, and the hours of a day where all of them are stored. */
export function finestBuckets(evidence: ReceiptEvidence[]): ReceiptEvidence[] {
  const hours = evidence.filter(({ from, to }) => to - from === HOUR)
  const hasAllHours = (day: Span) => {
    const inside = hours.filter(({ from }) => from >= day.from && from < day.to).length
    return inside > 0 && inside * HOUR >= day.to - day.from
  }
  const days = evidence.filter((one) => one.to - one.from > HOUR && !hasAllHours(one))
  const inDay = ({ from }: Span) => days.some((day) => from >= day.from && from < day.to)
  return [...days, ...hours.filter((hour) => !inDay(hour))].sort((a, b) => a.from - b.from)
}

interface Silence {
  at: number
  grain: ReceiptChange['grain']
  sent: number
  delivered: number
}

/** The receipts of one vendor's channel over time. Buckets are added in order. */
class ReceiptHistory {
  readonly #changes: ReceiptChange[] = []
  /** Counts while receipts arrived. */
  #usual = { sent: 0, delivered: 0 }
  /** The current silence. */
  #silence: Silence | null = null

  constructor(
    private readonly vendor: Vendor,
    private readonly channel: Channel,
  ) {}

  add(span: ReceiptEvidence, { sent, delivered }: VendorCounts): void {
    if (sent === null || delivered === null || (sent === 0 && delivered === 0)) return
    const grain = span.to - span.from === HOUR ? 'hour' : 'day'
    if (delivered <= sent * NO_RECEIPTS_RATE) {
      if (span.fetchedAt < span.to + SETTLED_AFTER_S) return
      this.#silence ??= { at: span.from, grain, sent: 0, delivered: 0 }
      this.#silence.sent += sent
      this.#silence.delivered += delivered
      return
    }
    const change = this.#endSilence()
    if (change) this.#record(change === 'stopped' ? 'resumed' : 'began', span.from, grain)
    this.#silence = null
    this.#usual.sent += sent
    this.#usual.delivered += delivered
  }

  changes(): ReceiptChange[] {
    this.#endSilence()
    return this.#changes
  }

  /**
   * Ends the current silence and decides what it was. A stop is recorded at once. A silence before the first receipt is
   * `began`, which the next bucket with receipts confirms.
   */
  #endSilence(): 'stopped' | 'began' | null {
    const silence = this.#silence
    if (!silence || silence.sent < MIN_VOLUME) return null
    if (this.#usual.sent === 0) {
      if (silence.delivered > 0) return null
      if (!alwaysReports(this.vendor, this.channel)) return 'began'
    } else {
      const expected = (silence.sent * this.#usual.delivered) / this.#usual.sent
      if (expected < MIN_EXPECTED || silence.delivered * 10 > expected) return null
    }
    this.#record('stopped', silence.at, silence.grain)
    return 'stopped'
  }

  #record(change: ReceiptChange['change'], at: number, grain: ReceiptChange['grain']): void {
    this.#changes.push({ change, vendor: this.vendor, channel: this.channel, at, grain })
  }
}
