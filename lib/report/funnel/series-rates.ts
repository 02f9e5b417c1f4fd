import type { BucketReply, CountReply } from '@/lib/contract/funnel'
import type { VendorCounts } from '@/lib/contract/records'
import { platformOf } from '@/lib/contract/vendors'
import { rateOf } from './counts'
import { type Reporting, sumHistory } from './reporting'
import { countsOf, type SeriesBucket } from './series-report'

type ClickBasis = CountReply['rates']['clickBasis']

/** A bucket with its vendors. */
export type RatedBucket = BucketReply & Required<Pick<BucketReply, 'vendors'>>

/** Decides who reports, and what clicks are compared with. */
interface RateBasis {
  reporting: Reporting
  clickBasis: ClickBasis
}

/** Adds rates to a bucket of a series, and replaces its rows by vendors. */
export function ratedBucket(bucket: SeriesBucket, basis: RateBasis): RatedBucket {
  const { rows, ...counted } = bucket
  const vendors = rows.map((row) => ({
    ...{ vendor: row.vendor, platform: platformOf(row.vendor), channel: row.channel },
    ...countsOf(row),
    deliveryRate: vendorRate(row, bucket, basis.reporting),
  }))
  return { ...counted, rates: bucketRates(bucket, basis), vendors }
}

/**
 * Returns the rates of a bucket. The delivery rate is over the vendors that report in all of the bucket. The click rate
 * has one basis over the whole series, so that a line never changes its meaning. A rate of fewer than 200 is null.
 */
function bucketRates(bucket: SeriesBucket, { reporting, clickBasis }: RateBasis): BucketReply['rates'] {
  const rows = bucket.rows.filter((row) => isReported(row, bucket, reporting))
  const { sent, delivered } = sumHistory(rows)
  return {
    delivery: rows.length === 0 ? null : rateOf(delivered, sent),
    click: rateOf(bucket.clicked, bucket[clickBasis]),
  }
}

/** Returns a vendor's delivery rate in a bucket; null where it does not report all of it, and below 200. */
function vendorRate(row: VendorCounts, bucket: SeriesBucket, reporting: Reporting): number | null {
  return isReported(row, bucket, reporting) ? rateOf(row.delivered, row.sent) : null
}

function isReported(row: VendorCounts, bucket: SeriesBucket, reporting: Reporting): boolean {
  const span = { from: Date.parse(bucket.from) / 1_000, to: Date.parse(bucket.to) / 1_000 }
  const isKnown = row.sent !== null && row.delivered !== null
  return isKnown && reporting.delivery(row, [span], sumHistory([row])) === 'reported'
}
