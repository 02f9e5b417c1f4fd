import type { ComparisonReply, RateChanges, TotalReply, VendorReply } from '@/lib/contract/funnel'
import { subtractOrNull } from '@/lib/report/null-sums'
import { rateOf } from './counts'
import { placeKey } from './reporting'

/** One side of a comparison. */
export interface ComparedSide {
  total: TotalReply | null
  vendors: VendorReply[]
}

/** Compares two periods. Null where one of them has no total. */
export function changeBetween(
  now: ComparedSide,
  before: ComparedSide,
): Pick<ComparisonReply, 'now' | 'before' | 'change' | 'vendors'> | null {
  if (!now.total || !before.total) return null
  const earlier = new Map(before.vendors.map((one) => [placeKey(one), one]))
  const pairs = now.vendors.flatMap((one) => {
    const other = earlier.get(placeKey(one))
    return other ? [{ now: one, before: other }] : []
  })
  return {
    now: countsOf(now.total),
    before: countsOf(before.total),
    change: { ...changesOf(now.total, before.total), delivery: deliveryChange(pairs) },
    vendors: pairs.map((pair) => ({
      vendor: pair.now.vendor,
      platform: pair.now.platform,
      channel: pair.now.channel,
      before: countsOf(pair.before),
      change: { ...changesOf(pair.now, pair.before), delivery: deliveryChange([pair]) },
    })),
  }
}

type Counted = TotalReply | VendorReply

const countsOf = ({ sendable, sent, delivered, clicked }: Counted) => ({ sendable, sent, delivered, clicked })

/** Clicks are compared only where both rates have the same base. */
function changesOf({ rates }: Counted, { rates: old }: Counted): Pick<RateChanges, 'send' | 'click'> {
  return {
    send: subtractOrNull(rates.send, old.send),
    click: rates.clickBasis === old.clickBasis ? subtractOrNull(rates.click, old.click) : null,
  }
}

/** The change of the delivery rate over the vendors that report all deliveries in both periods. */
function deliveryChange(pairs: { now: VendorReply; before: VendorReply }[]): number | null {
  const reporting = pairs.filter((pair) => pair.now.delivery === 'reported' && pair.before.delivery === 'reported')
  return subtractOrNull(
    deliveryRate(reporting.map((pair) => pair.now)),
    deliveryRate(reporting.map((pair) => pair.before)),
  )
}

function deliveryRate(rows: VendorReply[]): number | null {
  const known = rows.flatMap(({ sent, delivered }) =>
    sent === null || delivered === null ? [] : [{ sent, delivered }],
  )
  if (known.length < rows.length) return null
  const sum = (of: (row: { sent: number; delivered: number }) => number) => known.reduce((all, row) => all + of(row), 0)
  return rateOf(
    sum(({ delivered }) => delivered),
    sum(({ sent }) => sent),
  )
}
