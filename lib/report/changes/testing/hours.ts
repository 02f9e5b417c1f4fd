import { DAY, HOUR } from '@/lib/contract/limits'
import type { VendorCounts } from '@/lib/contract/records'
import type { Vendor } from '@/lib/contract/vendors'
import type { StoredHour } from '../rate-hours'

/** Monday, 2 November 2026, UTC. */
export const MONDAY = 1_793_577_600

/** The counts of one vendor in an hour: pushes and the part that was delivered. */
export interface VendorHour {
  vendor: Vendor
  sent: number
  rate: number
  sendRate?: number
}

/**
 * Returns so many days of hours from `MONDAY` on, all fetched at `fetchedAt` (by default two days after the last one).
 * `vendorsAt` says what each hour had.
 */
export function hoursOf(days: number, vendorsAt: (at: number) => VendorHour[], fetchedAt?: number): StoredHour[] {
  const end = MONDAY + days * DAY
  return Array.from({ length: days * 24 }, (_, i): StoredHour => {
    const from = MONDAY + i * HOUR
    const rows = vendorsAt(from).map(({ vendor, sent, rate, sendRate = 1 }): VendorCounts => {
      const delivered = Math.round(sent * rate)
      return { vendor, channel: 'offline', sendable: Math.round(sent / sendRate), sent, delivered, clicked: 0 }
    })
    const sum = (of: (row: VendorCounts) => number | null) => rows.reduce((all, row) => all + (of(row) ?? 0), 0)
    const total = {
      sendable: sum((row) => row.sendable),
      sent: sum((row) => row.sent),
      delivered: sum((row) => row.delivered),
      clicked: 0,
    }
    return { from, to: from + HOUR, fetchedAt: fetchedAt ?? end + 2 * DAY, total, rows }
  })
}
