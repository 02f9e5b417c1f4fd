import { DAY, HOUR } from '@/lib/contract/limits'
import type { Counts, VendorCounts } from '@/lib/contract/records'
import { placeKey, type Reporting, type VendorPlace } from '@/lib/report/funnel/reporting'
import type { Span } from '@/lib/report/range/windows'

export type RateKind = 'send' | 'delivery'

/** A stored hour of all pushes. Epoch seconds. */
export interface StoredHour extends Span {
  fetchedAt: number
  total: Counts
  rows: VendorCounts[]
}

/** One hour of one vendor's rate: `part` of `whole` pushes. */
export interface RateHour extends Span {
  whole: number
  part: number
  /** The least part of the final count that has arrived by the time of the fetch, as a fraction. */
  arrived: number
}

/** The hours of one vendor's rate, in order of time. */
export interface RateSeries extends VendorPlace {
  kind: RateKind
  hours: RateHour[]
}

/** Receipts of an hour are judged from this long after its end. */
const JUDGED_AFTER_S = 600
/** After this long almost every receipt has arrived. */
const ARRIVED_AFTER_S = 2 * DAY
/** Until then an iPhone may keep its receipt: it uploads them at the next sign-in. */
const ARRIVED_AT_FIRST = { apns: 0.4, other: 0.9 } as const

/**
 * Returns the send rate of each vendor, and the delivery rate of each vendor that reports all deliveries. An hour in
 * which a vendor does not report is in no delivery series, so a receipt that began is never a rise.
 */
export function rateSeries(hours: readonly StoredHour[], reporting: Reporting): RateSeries[] {
  const found = new Map<string, RateSeries>()
  const add = (kind: RateKind, { vendor, channel }: VendorPlace, hour: RateHour) => {
    if (hour.whole === 0) return
    const key = `${kind} ${placeKey({ vendor, channel })}`
    const series = found.get(key) ?? { kind, vendor, channel, hours: [] }
    found.set(key, series)
    series.hours.push(hour)
  }
  for (const { from, to, fetchedAt, rows } of hours) {
    if (to - from !== HOUR || fetchedAt < to + JUDGED_AFTER_S) continue
    for (const row of rows) {
      const { sendable, sent, delivered } = row
      if (sendable !== null && sent !== null) add('send', row, { from, to, whole: sendable, part: sent, arrived: 1 })
      if (sent === null || delivered === null) continue
      if (reporting.delivery(row, [{ from, to }], row) !== 'reported') continue
      const atFirst = row.vendor === 'apns' ? ARRIVED_AT_FIRST.apns : ARRIVED_AT_FIRST.other
      add('delivery', row, {
        from,
        to,
        whole: sent,
        part: delivered,
        arrived: fetchedAt >= to + ARRIVED_AFTER_S ? 1 : atFirst,
      })
    }
  }
  return [...found.values()]
}
