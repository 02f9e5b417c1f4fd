import 'server-only'
import { DAY, HOUR } from '@/lib/contract/limits'
import { SOURCES } from '@/lib/contract/sources'
import type { Vendor } from '@/lib/contract/vendors'
import { type Delivery, deliveryOf } from '@/lib/report/funnel/counts'
import { type DeliveryOf, deliveryByHistory } from '@/lib/report/trace/delivery-of'
import { COMPARED_S, type HeldHour, type VendorHealth, vendorHealth } from '@/lib/report/trace/vendor-health'
import type { Context } from '@/lib/service/context'
import type { AppRow } from '@/lib/store/people/apps'

export interface ReadHealth {
  /** Whether a vendor reports deliveries of campaigns. */
  delivery: DeliveryOf
  vendors: VendorHealth[]
  /** Stored hours, of the whole hours that have passed. */
  held: number
  expected: number
}

/** Returns the delivery health of every vendor since a time (epoch seconds), from stored hours. Requests nothing. */
export async function readHealth(ctx: Context, app: AppRow, since: number): Promise<ReadHealth> {
  const nowS = ctx.clock.dataS()
  const span = { task: '', from: since - COMPARED_S, to: nowS, seconds: HOUR }
  const [windows, history] = await Promise.all([
    Promise.all(
      SOURCES.map((source) => ctx.store.windows.within({ appId: app.id, source, metric: 'statistics', ...span })),
    ),
    Promise.all(
      SOURCES.map((source) => ctx.store.windows.reporting({ appId: app.id, source, since: nowS - 30 * DAY })),
    ),
  ])
  const hours = windows
    .flat()
    .flatMap(({ from, to, fetchedAt, counts }): HeldHour[] =>
      counts ? [{ from, to, fetchedAt, rows: counts.rows }] : [],
    )
  const [first = 0, last = 0] = [Math.ceil(since / HOUR), Math.floor(nowS / HOUR)]
  return {
    delivery: deliveryByHistory(history[0] ?? []),
    vendors: vendorHealth(hours, { since, deliveryOf: (vendor) => deliveryAnywhere(history, vendor) }),
    held: new Set(hours.filter(({ from }) => from >= since).map(({ from }) => from)).size,
    expected: Math.max(0, last - first),
  }
}

type ReceiptHistory = Awaited<ReturnType<Context['store']['windows']['reporting']>>
const NO_COUNTS = { sent: 0, delivered: 0, clicked: 0 }

/** A vendor counts as reporting if it reports campaigns or chat messages. */
function deliveryAnywhere(history: ReceiptHistory[], vendor: Vendor): Delivery {
  const all = history.flat().filter((one) => one.vendor === vendor && one.channel !== 'online')
  const found = all.map(({ channel, ...counts }) => deliveryOf(vendor, channel, counts))
  return found.find((one) => one === 'reported' || one === 'partial') ?? found[0] ?? deliveryOf(vendor, null, NO_COUNTS)
}
