import type { VendorSort } from '@/lib/contract/chart/vendor-sorts'
import type { RateChanges, VendorReply } from '@/lib/contract/funnel'
import { lostOf } from './cells'
import { byVolume, vendorKey } from './vendor'

export type ChangeOf = (row: VendorReply) => RateChanges | null

/** What a row is sorted by, smallest first. Null comes last: what is unknown is neither best nor worst. */
const VALUES: Record<Exclude<VendorSort, 'volume'>, (row: VendorReply, changeOf: ChangeOf) => number | null> = {
  rate: deliveryRate,
  change: (row, changeOf) => changeOf(row)?.delivery ?? null,
  points: (row) => negative(lostOf(row)?.share),
  lost: (row) => negative(lostOf(row)?.count),
}

/** Sorts the vendors of a report. Equal rows stay by volume. */
export function sortVendors(rows: readonly VendorReply[], sort: VendorSort, changeOf: ChangeOf): VendorReply[] {
  const sorted = byVolume(rows)
  if (sort === 'volume') return sorted
  const valued = new Map(sorted.map((row) => [vendorKey(row), VALUES[sort](row, changeOf)]))
  const orderOf = (row: VendorReply) => valued.get(vendorKey(row)) ?? Number.POSITIVE_INFINITY
  return sorted.sort((a, b) => (orderOf(a) === orderOf(b) ? 0 : orderOf(a) - orderOf(b)))
}

/** Returns the rate of deliveries among what was sent, of a vendor that reports; else null. */
function deliveryRate({ cover, delivery, rates }: VendorReply): number | null {
  if (delivery !== 'reported') return null
  return cover ? rates.deliveryReporting : rates.delivery
}

const negative = (n: number | null | undefined): number | null => (n == null ? null : -n)
