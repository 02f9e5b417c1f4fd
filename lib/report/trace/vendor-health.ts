import { HOUR, MIN_VOLUME } from '@/lib/contract/limits'
import type { VendorCounts } from '@/lib/contract/records'
import type { Vendor } from '@/lib/contract/vendors'
import { type Delivery, rateOf } from '@/lib/report/funnel/counts'
import type { Span } from '@/lib/report/range/windows'

/** One stored hour of the overall, of either source. Epoch seconds. */
export interface HeldHour extends Span {
  fetchedAt: number
  rows: Pick<VendorCounts, 'vendor' | 'channel' | 'sent' | 'delivered'>[]
}

/**
 * How a vendor performed since a time, compared with the days before. Rates are fractions; null below the minimum
 * volume.
 */
export interface VendorHealth {
  vendor: Vendor
  delivery: Delivery
  sent: number
  delivered: number
  rate: number | null
  before: number | null
  /** The hours in which deliveries fell. `to` is null while they have not recovered. */
  fell: { from: number; to: number | null } | null
}

interface Counted extends Span {
  sent: number
  delivered: number
}

/** Receipts arrive late, so an hour is judged from ten minutes after its end. */
const SETTLED_AFTER_S = 600
/** An hour with fewer pushes is ignored: it neither begins nor ends a fall. */
const MIN_PER_HOUR = 20
/**
 * Deliveries fell if the rate is below this part of the rate before. An iPhone uploads its receipts only at the next
 * sign-in.
 */
const FALLS_BELOW = 0.5
const FALLS_BELOW_APNS = 0.2

/**
 * Computes the health of each vendor, ordered by pushes sent since `since` (epoch seconds). Online push is left out,
 * because no vendor carries it.
 */
export function vendorHealth(
  hours: HeldHour[],
  { since, deliveryOf }: { since: number; deliveryOf: (vendor: Vendor) => Delivery },
): VendorHealth[] {
  const names = new Set(hours.flatMap(({ rows }) => rows.filter(isVendorPush).map(({ vendor }) => vendor)))
  return [...names]
    .map((vendor): VendorHealth => {
      const own = hoursOf(hours, vendor)
      const [past, recent] = [sum(own.filter(({ to }) => to <= since)), sum(own.filter(({ to }) => to > since))]
      const delivery = deliveryOf(vendor)
      const isReporting = delivery === 'reported' || delivery === 'partial'
      const before = isReporting ? rateOf(past.delivered, past.sent) : null
      return {
        vendor,
        delivery,
        ...recent,
        rate: isReporting ? rateOf(recent.delivered, recent.sent) : null,
        before,
        fell: isReporting ? fallOf(own, since, thresholdOf(vendor, before)) : null,
      }
    })
    .sort((a, b) => b.sent - a.sent)
}

const isVendorPush = ({ vendor, channel }: HeldHour['rows'][number]) => channel !== 'online' && vendor !== 'unknown'

/** Returns the hours of one vendor in order of time. Campaigns and chat messages of an hour are added. */
function hoursOf(hours: HeldHour[], vendor: Vendor): Counted[] {
  const found = new Map<number, Counted>()
  for (const { from, to, fetchedAt, rows } of hours) {
    if (fetchedAt < to + SETTLED_AFTER_S) continue
    for (const row of rows) {
      if (row.vendor !== vendor || !isVendorPush(row)) continue
      const one = found.get(from) ?? { from, to, sent: 0, delivered: 0 }
      one.sent += row.sent ?? 0
      one.delivered += row.delivered ?? 0
      found.set(from, one)
    }
  }
  return [...found.values()].sort((a, b) => a.from - b.from)
}

/** Returns the rate below which deliveries fell. Without a rate from before, only 0 counts as a fall. */
function thresholdOf(vendor: Vendor, before: number | null): number {
  return (before ?? 0) * (vendor === 'apns' ? FALLS_BELOW_APNS : FALLS_BELOW)
}

/** Returns the latest run of low hours with enough volume. */
function fallOf(own: Counted[], since: number, limit: number): VendorHealth['fell'] {
  let found: VendorHealth['fell'] = null
  let run: Counted[] = []
  const close = (end: number | null) => {
    const [first] = run
    if (first && sum(run).sent >= MIN_VOLUME) found = { from: first.from, to: end }
    run = []
  }
  for (const hour of own.filter(({ to, sent }) => to > since && sent >= MIN_PER_HOUR)) {
    if (hour.delivered === 0 || hour.delivered / hour.sent < limit) run.push(hour)
    else close(endOf(run))
  }
  close(null)
  return found
}

const endOf = (run: Counted[]): number => run.at(-1)?.to ?? 0

function sum(all: Counted[]): { sent: number; delivered: number } {
  return all.reduce(
    (total, { sent, delivered }) => ({ sent: total.sent + sent, delivered: total.delivered + delivered }),
    {
      sent: 0,
      delivered: 0,
    },
  )
}

/** How far back before `since` the comparison goes, in seconds. */
export const COMPARED_S = 7 * 24 * HOUR
