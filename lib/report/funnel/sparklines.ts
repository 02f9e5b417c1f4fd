import type { BucketReply, SparklineReply, VendorReply } from '@/lib/contract/funnel'
import { addOrNull } from '@/lib/report/null-sums'

/** A curve of 80 pixels shows no more. */
const MOST_POINTS = 31

/**
 * Returns a small curve for each vendor. `series` has the vendors of its buckets. Neighbouring buckets are added up to
 * points of equal length, so the oldest buckets are left out if they do not fill a point. A bucket that is not held, or
 * whose answer had no vendors, makes a hole. A vendor without a row beside others had nothing there.
 */
export function sparklinesOf(vendors: readonly VendorReply[], series: readonly BucketReply[]): SparklineReply[] {
  const step = Math.ceil(series.length / MOST_POINTS)
  const buckets = series.slice(step === 0 ? 0 : series.length % step)
  return vendors.map((one) => {
    const { vendor, platform, channel, delivery } = one
    const measure = delivery === 'reported' ? 'delivered' : 'sent'
    const counts = buckets.map(({ sent, vendors: rows = [] }) => {
      const row = rows.find((each) => each.vendor === vendor && each.channel === channel)
      const isHole = rows.length === 0 && sent !== 0
      return row ? row[measure] : isHole ? null : 0
    })
    return { vendor, platform, channel, measure, counts: pointsOf(counts, step) }
  })
}

function pointsOf(counts: (number | null)[], step: number): (number | null)[] {
  const points: (number | null)[] = []
  for (let i = 0; i < counts.length; i += step) points.push(counts.slice(i, i + step).reduce(addOrNull))
  return points
}
