import { HOUR, MIN_VOLUME } from '@/lib/contract/limits'
import type { VendorCounts } from '@/lib/contract/records'
import type { Vendor } from '@/lib/contract/vendors'
import { alwaysReports, type Delivery, rateOf } from '@/lib/report/funnel/counts'
import type { Span } from '@/lib/report/range/windows'

/** One stored hour of the overall, of either source. Epoch seconds. */
export interface HeldHour extends Span {
  fetchedAt: number
  rows: Pick<VendorCounts, 'vendor' | 'channel' | 'sent' | 'delivered'>[]
}

/**
 * The hours in which deliveries fell. `to` is null while they have not recovered. `atLeast`: no good hour is stored
 * right before `from`, so the fall may have begun earlier.
 */
export interface Fall {
  from: number
  to: number | null
  atLeast: boolean
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
  fell: Fall | null
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
  const settled = hours.filter(({ to, fetchedAt }) => fetchedAt >= to + SETTLED_AFTER_S)
  const stored = new Set(settled.map(({ from }) => from))
  const names = new Set(hours.flatMap(({ rows }) => rows.filter(isVendorPush).map(({ vendor }) => vendor)))
  return [...names]
    .map((vendor): VendorHealth => {
      const own = hoursOf(settled, vendor)
      const past = sum(withReceipts(own.filter(({ to }) => to <= since)))
      const recent = sum(own.filter(({ to }) => to > since))
      const delivery = deliveryOf(vendor)
      const isReporting = delivery === 'reported' || delivery === 'partial'
      const before = isReporting ? rateOf(past.delivered, past.sent) : null
      return {
        vendor,
        delivery,
        ...recent,
        rate: isReporting ? rateOf(recent.delivered, recent.sent) : null,
        before,
        fell: isReporting ? fallOf(own, stored, { vendor, since, before }) : null,
      }
    })
    .sort((a, b) => b.sent - a.sent)
}

const isVendorPush = ({ vendor, channel }: HeldHour['rows'][number]) => channel !== 'online' && vendor !== 'unknown'

/** Returns the hours of one vendor in order of time. Campaigns and chat messages of an hour are added. */
function hoursOf(settled: HeldHour[], vendor: Vendor): Counted[] {
  const found = new Map<number, Counted>()
  for (const { from, to, rows } of settled) {
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

/**
 * Returns the hours that can serve as a baseline. Hours in a row without any delivery are left out if they sent enough
 * to expect one: the vendor gave no receipts then, or was down.
 */
function withReceipts(hours: Counted[]): Counted[] {
  const kept: Counted[] = []
  let silent: Counted[] = []
  const close = () => {
    if (sum(silent).sent < MIN_VOLUME) kept.push(...silent)
    silent = []
  }
  for (const hour of hours) {
    if (hour.delivered === 0) {
      silent.push(hour)
    } else {
      close()
      kept.push(hour)
    }
  }
  close()
  return kept
}

interface Baseline {
  vendor: Vendor
  since: number
  before: number | null
}

/**
 * Returns the latest run of low hours with enough volume that lasted beyond `since`, from its true beginning, also
 * where that is before `since`.
 */
function fallOf(own: Counted[], stored: ReadonlySet<number>, { vendor, since, before }: Baseline): Fall | null {
  const limit = (before ?? 0) * (vendor === 'apns' ? FALLS_BELOW_APNS : FALLS_BELOW)
  let found: Fall | null = null
  let run: Counted[] = []
  let good: Counted | null = null
  const close = (isOver: boolean) => {
    const [first, last, sent] = [run[0], run.at(-1), sum(run).sent]
    run = []
    if (!first || !last || last.to <= since || sent < MIN_VOLUME) return
    // Without a good hour before, an end means that receipts began. Only a vendor that always reports was down.
    if (isOver && good === null && !alwaysReports(vendor, 'offline')) return
    const to = isOver ? last.to : null
    found = { from: first.from, to, atLeast: good === null || !isUnbroken(stored, good.to, first.from) }
  }
  for (const hour of own.filter(({ sent }) => sent >= MIN_PER_HOUR)) {
    if (hour.delivered === 0 || hour.delivered / hour.sent < limit) {
      run.push(hour)
    } else {
      close(true)
      good = hour
    }
  }
  close(false)
  return found
}

/** Whether every hour between two times is stored. */
function isUnbroken(stored: ReadonlySet<number>, from: number, to: number): boolean {
  for (let at = from; at < to; at += HOUR) {
    if (!stored.has(at)) return false
  }
  return true
}

function sum(all: Counted[]): { sent: number; delivered: number } {
  const total = { sent: 0, delivered: 0 }
  for (const { sent, delivered } of all) {
    total.sent += sent
    total.delivered += delivered
  }
  return total
}

/** How far back before `since` the comparison goes, in seconds. */
export const COMPARED_S = 7 * 24 * HOUR
