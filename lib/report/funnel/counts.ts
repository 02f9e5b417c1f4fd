import type { CountReply } from '@/lib/contract/funnel'
import { MIN_VOLUME } from '@/lib/contract/limits'
import type { Counts } from '@/lib/contract/records'
import { type Channel, type Vendor, vendorFacts } from '@/lib/contract/vendors'

export type Delivery = CountReply['delivery']

/** What a vendor's channel sent, delivered and had clicked. An unknown count decides like 0. */
export type VendorHistory = Pick<Counts, 'sent' | 'delivered' | 'clicked'>

/** Returns whether deliveries are reported without any set-up: Xiaomi, OPPO and online push (upstream page 60540). */
export function alwaysReports(vendor: Vendor, channel: Channel): boolean {
  return channel === 'online' || (vendorFacts(vendor)?.alwaysReports ?? false)
}

/**
 * Decides whether a vendor reports deliveries. The decision covers weeks, never one bucket: once any delivery was seen,
 * a 0 is a real 0. With more clicks than deliveries, deliveries are a lower bound.
 */
export function deliveryOf(vendor: Vendor, channel: Channel, counts: VendorHistory): Delivery {
  const delivered = counts.delivered ?? 0
  if (delivered > 0 || alwaysReports(vendor, channel)) return (counts.clicked ?? 0) > delivered ? 'partial' : 'reported'
  return (counts.sent ?? 0) >= MIN_VOLUME ? 'unreported' : 'unknown'
}

/**
 * Returns whether an answer gives pushes but no vendor's row. What its vendors lost, and which of them report, is then
 * unknown.
 */
export function lacksVendors({ total, rows }: { total: Counts; rows: readonly unknown[] }): boolean {
  return rows.length === 0 && (total.sendable !== 0 || total.sent !== 0)
}

/** Returns a rate as a fraction; null where a count is unknown or `whole` is below the minimum volume. */
export function rateOf(part: number | null, whole: number | null): number | null {
  return part === null || whole === null || whole < MIN_VOLUME ? null : part / whole
}

/**
 * Adds rates to counts. Without reported deliveries the delivery rate is null, not 0. The click rate is per delivery
 * only where all deliveries are reported; otherwise it is per push sent, and `clickBasis` says so.
 */
export function countsReport(counts: Counts, delivery: Delivery): CountReply {
  const { sendable, sent, delivered, clicked } = counts
  const reported = delivery === 'reported'
  const raw = reported || delivery === 'partial' ? rateOf(delivered, sent) : null
  return {
    sendable,
    sent,
    delivered,
    clicked,
    delivery,
    rates: {
      send: rateOf(sent, sendable),
      delivery: raw,
      deliveryReporting: reported ? raw : null,
      click: rateOf(clicked, reported ? delivered : sent),
      clickBasis: reported ? 'delivered' : 'sent',
    },
  }
}
