import { DAY, HORIZON } from '@/lib/contract/limits'
import type { Channel, Vendor } from '@/lib/contract/vendors'
import type { Span } from '@/lib/report/range/windows'
import { alwaysReports, type Delivery, deliveryOf, type VendorHistory } from './counts'
import { finestBuckets, type ReceiptChange, type ReceiptEvidence, receiptChanges } from './receipts'

export interface VendorPlace {
  vendor: Vendor
  channel: Channel
}

/**
 * A part of a vendor's history, with or without receipts. The first one begins at -Infinity, the last one ends at
 * Infinity.
 */
export interface ReportingPeriod extends VendorPlace, Span {
  delivery: Delivery
}

/** What the stored hours and days of all pushes say about receipts. */
export interface ReceiptHistory {
  changes: ReceiptChange[]
  /** Only of vendors whose receipts began or ended. They cover all time. */
  periods: ReportingPeriod[]
}

export interface Reporting {
  /**
   * Decides whether a vendor's channel reports its deliveries within some spans of time. `counts` are its counts there.
   * They decide only where the history knows nothing of the vendor.
   */
  delivery(place: VendorPlace, spans: readonly Span[], counts: VendorHistory): Delivery
  /** When the decision changes, of any vendor, in order of time: epoch seconds. */
  splits: readonly number[]
}

/**
 * What a vendor sent and delivered in the parts of a range in which it reports, by `placeKey`. Only of vendors whose
 * receipts began or ended within the range.
 */
export type ReportedParts = ReadonlyMap<string, { sent: number; delivered: number }>

/** Receipts have ended after a silence of this length. A shorter one is an incident: its zeros are real. */
const ENDED_AFTER_S = HORIZON.statistics
/** A period is judged by its last 30 stored days. */
const JUDGED_S = 30 * DAY

/** Finds the changes of receipts, and splits each vendor's history where its receipts began or ended. */
export function receiptHistory(evidence: ReceiptEvidence[]): ReceiptHistory {
  const buckets = finestBuckets(evidence)
  const changes = receiptChanges(evidence)
  const places = new Map(changes.map((one) => [placeKey(one), one]))
  const end = buckets.at(-1)?.to ?? 0
  return {
    changes,
    periods: [...places].flatMap(([key, place]) => {
      const splits = splitsOf(
        changes.filter((one) => placeKey(one) === key),
        end,
      )
      return splits.length === 0 ? [] : periodsOf(place, splits, buckets)
    }),
  }
}

interface Split {
  at: number
  reports: boolean
}

/** Returns where receipts began or ended, in order of time. */
function splitsOf(changes: ReceiptChange[], end: number): Split[] {
  return changes.flatMap(({ change, at, vendor, channel }, i) => {
    if (change === 'began') return [{ at, reports: true }]
    if (change !== 'stopped' || alwaysReports(vendor, channel)) return []
    const resumedAt = changes[i + 1]?.at
    if ((resumedAt ?? end) - at < ENDED_AFTER_S) return []
    const ended = { at, reports: false }
    return resumedAt === undefined ? [ended] : [ended, { at: resumedAt, reports: true }]
  })
}

function periodsOf({ vendor, channel }: VendorPlace, splits: Split[], buckets: ReceiptEvidence[]): ReportingPeriod[] {
  const [first] = splits
  const all = [{ at: -Infinity, reports: !first?.reports }, ...splits]
  return all.map(({ at: from, reports }, i) => {
    const to = all[i + 1]?.at ?? Infinity
    const delivery = reports ? deliveryOf(vendor, channel, sumWithin({ vendor, channel }, { from, to }, buckets)) : null
    return {
      vendor,
      channel,
      from,
      to,
      delivery: delivery === 'partial' ? delivery : reports ? 'reported' : 'unreported',
    }
  })
}

function sumWithin(place: VendorPlace, { from, to }: Span, buckets: ReceiptEvidence[]): VendorHistory {
  const inside = buckets.filter((bucket) => bucket.from >= from && bucket.to <= to)
  const since = (inside.at(-1)?.to ?? 0) - JUDGED_S
  const rows = inside.filter((bucket) => bucket.from >= since).flatMap((bucket) => bucket.rows)
  return sumHistory(rows.filter((row) => placeKey(row) === placeKey(place)))
}

/** Sums the counts of one vendor's channel. An unknown count adds nothing. */
export function sumHistory(rows: readonly VendorHistory[]): Record<keyof VendorHistory, number> {
  const sum = { sent: 0, delivered: 0, clicked: 0 }
  for (const { sent, delivered, clicked } of rows) {
    sum.sent += sent ?? 0
    sum.delivered += delivered ?? 0
    sum.clicked += clicked ?? 0
  }
  return sum
}

/**
 * Makes the decision for one app and source. `recent` are the counts of the last 30 stored days; they decide for vendors
 * without periods.
 */
export function reportingOf({
  recent,
  periods,
}: {
  recent: readonly (VendorPlace & VendorHistory)[]
  periods: readonly ReportingPeriod[]
}): Reporting {
  const pasts = new Map(recent.map((one) => [placeKey(one), one]))
  const parts = new Map<string, ReportingPeriod[]>()
  for (const one of periods) parts.set(placeKey(one), [...(parts.get(placeKey(one)) ?? []), one])
  const begins = periods.map(({ from }) => from).filter(Number.isFinite)
  return {
    splits: [...new Set(begins)].sort((a, b) => a - b),
    delivery(place, spans, counts) {
      const key = placeKey(place)
      const own = parts.get(key)
      if (own) return deliveryInPeriods(own, spans, counts)
      const past = pasts.get(key)
      const known = past ? deliveryOf(place.vendor, place.channel, past) : 'unknown'
      if (known === 'unknown') return deliveryOf(place.vendor, place.channel, counts)
      return lowerBound(known, counts)
    },
  }
}

/** Over several periods with and without receipts, deliveries are a lower bound. */
function deliveryInPeriods(own: ReportingPeriod[], spans: readonly Span[], counts: VendorHistory): Delivery {
  const touched = own.filter(({ from, to }) => spans.some((span) => span.from < to && from < span.to))
  const kinds = new Set(touched.map(({ delivery }) => delivery))
  const [only = 'unknown'] = kinds
  return kinds.size === 1 ? lowerBound(only, counts) : 'partial'
}

/** A vendor without receipts that delivered all the same reports some deliveries, not all. */
function lowerBound(delivery: Delivery, { delivered }: VendorHistory): Delivery {
  return delivery === 'unreported' && (delivered ?? 0) > 0 ? 'partial' : delivery
}

export const placeKey = ({ vendor, channel }: { vendor: string; channel: Channel }): string => `${vendor} ${channel}`
