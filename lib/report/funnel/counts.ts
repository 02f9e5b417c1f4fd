import type { CountReply } from '@/lib/contract/funnel'
import { MIN_VOLUME } from '@/lib/contract/limits'
import type { Counts } from '@/lib/contract/records'
import type { Channel, Vendor } from '@/lib/contract/vendors'

export type Delivery = CountReply['delivery']

/** What a vendor's channel sent, delivered and had clicked over the last 30 days held. */
export interface VendorHistory {
  sent: number
  delivered: number
  clicked: number
}

/** Xiaomi, OPPO and online push report without being set up (upstream page 60540). */
export function alwaysReports(vendor: Vendor, channel: Channel): boolean {
  return channel === 'online' || vendor === 'xiaomi' || vendor === 'oppo'
}

/**
 * Does this vendor report deliveries? Decided over weeks, never per bucket: once any was seen, a 0 is a real 0. More
 * clicks than deliveries: a lower bound.
 */
export function deliveryOf(vendor: Vendor, channel: Channel, { sent, delivered, clicked }: VendorHistory): Delivery {
  if (delivered > 0 || alwaysReports(vendor, channel)) return clicked > delivered ? 'partial' : 'reported'
  return sent >= MIN_VOLUME ? 'unreported' : 'unknown'
}

/** A rate as a fraction; null where a count is unknown or too few stand below the line to say anything. */
export function rateOf(part: number | null, whole: number | null): number | null {
  return part === null || whole === null || whole < MIN_VOLUME ? null : part / whole
}

/**
 * Counts with their rates. Where nothing is reported the raw delivery rate is unknown, not 0. Clicks are measured by
 * deliveries only where all of them are reported; else by what was sent, and `clickBasis` says so.
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
