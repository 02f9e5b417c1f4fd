import 'server-only'
import { HOUR } from '@/lib/contract/limits'
import { SOURCES } from '@/lib/contract/sources'
import type { Vendor } from '@/lib/contract/vendors'
import type { Delivery } from '@/lib/report/funnel/counts'
import type { Reporting } from '@/lib/report/funnel/reporting'
import type { Span } from '@/lib/report/range/windows'
import { type DeliveryOf, deliveryByReporting, deliveryWithin } from '@/lib/report/trace/delivery-of'
import { COMPARED_S, type HeldHour, type VendorHealth, vendorHealth } from '@/lib/report/trace/vendor-health'
import type { Context } from '@/lib/service/context'
import { readReporting } from '@/lib/service/read/read-receipts'
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
  const [windows, [campaigns, chat]] = await Promise.all([
    Promise.all(
      SOURCES.map((source) => ctx.store.windows.within({ appId: app.id, source, metric: 'statistics', ...span })),
    ),
    Promise.all([readReporting(ctx, app, 'task'), readReporting(ctx, app, 'chat')]),
  ])
  const hours = windows
    .flat()
    .flatMap(({ from, to, fetchedAt, counts }): HeldHour[] =>
      counts ? [{ from, to, fetchedAt, rows: counts.rows }] : [],
    )
  const [first = 0, last = 0] = [Math.ceil(since / HOUR), Math.floor(nowS / HOUR)]
  return {
    delivery: deliveryByReporting(campaigns.reporting, nowS),
    vendors: vendorHealth(hours, {
      since,
      deliveryOf: (vendor) =>
        deliveryAnywhere([campaigns.reporting, chat.reporting], vendor, { from: since, to: nowS }),
    }),
    held: new Set(hours.filter(({ from }) => from >= since).map(({ from }) => from)).size,
    expected: Math.max(0, last - first),
  }
}

/** A vendor counts as reporting if it reports campaigns or chat messages. */
function deliveryAnywhere(sources: Reporting[], vendor: Vendor, span: Span): Delivery {
  const found = sources.map((reporting) => deliveryWithin(reporting, { vendor, channel: 'offline' }, span))
  const reports = found.find((one) => one === 'reported' || one === 'partial')
  return reports ?? found.find((one) => one !== 'unknown') ?? 'unknown'
}
