import type { BucketReply, CountReply } from '@/lib/contract/funnel'
import type { VendorCounts } from '@/lib/contract/records'
import { platformOf } from '@/lib/contract/vendors'
import { rateOf } from './counts'
import { type Reporting, sumHistory } from './reporting'
import type { SeriesBucket } from './series-report'

type ClickBasis = CountReply['rates']['clickBasis']

/** A bucket with its vendors. */
export type RatedBucket = BucketReply & Required<Pick<BucketReply, 'vendors'>>

/** Decides who reports, and what clicks are compared with. A series has one basis, so that a line keeps its meaning. */
interface RateBasis {
  reporting: Reporting
  clickBasis: ClickBasis
}

/** Adds rates to a bucket of a series, and replaces its rows by vendors. */
export function ratedBucket(bucket: SeriesBucket, { reporting, clickBasis }: RateBasis): RatedBucket {
  const { rows, ...counted } = bucket
  const isReported = reportedIn(bucket, reporting)
  const reported: VendorCounts[] = []
  const vendors = rows.map((row) => {
    const reports = isReported(row)
    if (reports) reported.push(row)
    return {
      vendor: row.vendor,
      platform: platformOf(row.vendor),
      channel: row.channel,
      sendable: row.sendable,
      sent: row.sent,
      delivered: row.delivered,
      clicked: row.clicked,
      deliveryRate: reports ? rateOf(row.delivered, row.sent) : null,
    }
  })
  const rates = { delivery: deliveryRate(reported), click: rateOf(bucket.clicked, bucket[clickBasis]) }
  return { ...counted, rates, vendors }
}

/** Returns the delivery rate over the vendors that report in all of a bucket; null without one, and below 200 sent. */
function deliveryRate(rows: VendorCounts[]): number | null {
  const { sent, delivered } = sumHistory(rows)
  return rows.length === 0 ? null : rateOf(delivered, sent)
}

/** Returns whether a vendor reports in all of a bucket. A year has some thousand rows, so the bucket is parsed once. */
function reportedIn(bucket: SeriesBucket, reporting: Reporting): (row: VendorCounts) => boolean {
  const spans = [{ from: Date.parse(bucket.from) / 1_000, to: Date.parse(bucket.to) / 1_000 }]
  return (row) => row.sent !== null && row.delivered !== null && reporting.delivery(row, spans, row) === 'reported'
}
