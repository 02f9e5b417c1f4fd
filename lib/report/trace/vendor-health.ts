import { HOUR, MIN_VOLUME } from '@/lib/contract/limits'
import type { VendorCounts } from '@/lib/contract/records'
import type { Vendor } from '@/lib/contract/vendors'
import { type Delivery, rateOf } from '@/lib/report/funnel/counts'
import type { Span } from '@/lib/report/range/windows'

/** One held hour of the overall, of either source. Epoch seconds. */
export interface HeldHour extends Span {
  fetchedAt: number
  rows: Pick<VendorCounts, 'vendor' | 'channel' | 'sent' | 'delivered'>[]
}

/** How a vendor fared since a time, against the days before it. Rates are fractions, null below the least volume. */
export interface VendorHealth {
  vendor: Vendor
  delivery: Delivery
  sent: number
  delivered: number
  rate: number | null
  before: number | null
  /** The hours in which deliveries fell; `to` is null where they have not come back. */
  fell: { from: number; to: number | null } | null
}

interface Counted extends Span {
  sent: number
  delivered: number
}

/** Receipts trail behind: an hour is judged from ten minutes after its end. */
const SETTLES_S = 600
/** Fewer than this say nothing of an hour; it neither makes nor ends a fall. */
const LEAST_OF_AN_HOUR = 20
/** Below this part of the rate before, deliveries fell. An iPhone uploads its receipts only at the next sign-in. */
const FALLS_BELOW = 0.5
const FALLS_BELOW_APNS = 0.2

/** Vendors by what they were sent since then. Online push is left out: no vendor carries it. `since` is epoch seconds. */
export function vendorHealth(
  hours: HeldHour[],
  { since, deliveryOf }: { since: number; deliveryOf: (vendor: Vendor) => Delivery },
): VendorHealth[] {
  const names = new Set(hours.flatMap(({ rows }) => rows.filter(isCarried).map(({ vendor }) => vendor)))
  return [...names]
    .map((vendor): VendorHealth => {
      const own = hoursOf(hours, vendor)
      const [past, recent] = [sum(own.filter(({ to }) => to <= since)), sum(own.filter(({ to }) => to > since))]
      const delivery = deliveryOf(vendor)
      const tells = delivery === 'reported' || delivery === 'partial'
      const before = tells ? rateOf(past.delivered, past.sent) : null
      return {
        vendor,
        delivery,
        ...recent,
        rate: tells ? rateOf(recent.delivered, recent.sent) : null,
        before,
        fell: tells ? fallOf(own, since, limitOf(vendor, before)) : null,
      }
    })
    .sort((a, b) => b.sent - a.sent)
}

const isCarried = ({ vendor, channel }: HeldHour['rows'][number]) => channel !== 'online' && vendor !== 'unknown'

/** The hours of one vendor in order of time; campaigns and chat messages of an hour are one. */
function hoursOf(hours: HeldHour[], vendor: Vendor): Counted[] {
  const found = new Map<number, Counted>()
  for (const { from, to, fetchedAt, rows } of hours) {
    if (fetchedAt < to + SETTLES_S) continue
    for (const row of rows) {
      if (row.vendor !== vendor || !isCarried(row)) continue
      const one = found.get(from) ?? { from, to, sent: 0, delivered: 0 }
      one.sent += row.sent ?? 0
      one.delivered += row.delivered ?? 0
      found.set(from, one)
    }
  }
  return [...found.values()].sort((a, b) => a.from - b.from)
}

/** A vendor that reports and is not known from before falls only when it reads 0. */
function limitOf(vendor: Vendor, before: number | null): number {
  return (before ?? 0) * (vendor === 'apns' ? FALLS_BELOW_APNS : FALLS_BELOW)
}

/** The latest stretch of low hours with enough volume to say so. */
function fallOf(own: Counted[], since: number, limit: number): VendorHealth['fell'] {
  let found: VendorHealth['fell'] = null
  let run: Counted[] = []
  const close = (end: number | null) => {
    const [first] = run
    if (first && sum(run).sent >= MIN_VOLUME) found = { from: first.from, to: end }
    run = []
  }
  for (const hour of own.filter(({ to, sent }) => to > since && sent >= LEAST_OF_AN_HOUR)) {
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

/** How far back the hours before `since` are compared, in seconds. */
export const COMPARED_S = 7 * 24 * HOUR
