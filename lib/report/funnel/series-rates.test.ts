import { describe, expect, test } from 'vitest'
import type { VendorCounts } from '@/lib/contract/records'
import type { Vendor } from '@/lib/contract/vendors'
import { type Reporting, reportingOf } from './reporting'
import { ratedBucket } from './series-rates'
import type { SeriesBucket } from './series-report'

const history = (vendor: Vendor, delivered: number) => ({
  ...{ vendor, channel: 'offline' as const },
  ...{ sent: 10_000, delivered, clicked: 0 },
})
const REPORTING = reportingOf({ recent: [history('vivo', 5_000), history('huawei', 0)], periods: [] })
const row = (vendor: Vendor, sent: number | null, delivered: number | null): VendorCounts => ({
  ...{ vendor, channel: 'offline' },
  ...{ sendable: sent, sent, delivered, clicked: 0 },
})

function bucket(rows: VendorCounts[], over: Partial<SeriesBucket> = {}): SeriesBucket {
  return {
    ...{ from: '2026-11-18T16:00:00Z', to: '2026-11-19T16:00:00Z', state: 'held', final: false },
    ...{ asOf: '2026-11-25T00:00:00Z', sendable: 2_000, sent: 2_000, delivered: 500, clicked: 40 },
    rows,
    ...over,
  }
}
const rated = (one: SeriesBucket, reporting: Reporting, clickBasis: 'sent' | 'delivered') => {
  const found = ratedBucket(one, { reporting, clickBasis })
  if (!found) throw new Error('no bucket')
  return found
}
const rates = (one: SeriesBucket, reporting = REPORTING) => rated(one, reporting, 'sent').rates

describe('the delivery rate of a bucket', () => {
  test('is over reporting vendors only', () => {
    expect(rates(bucket([row('vivo', 1_000, 500), row('huawei', 1_000, 0)])).delivery).toBe(0.5)
  })

  test('is 0 where a reporting vendor delivered nothing, and null where nobody reports', () => {
    expect(rates(bucket([row('vivo', 1_000, 0)])).delivery).toBe(0)
    expect(rates(bucket([row('huawei', 1_000, 0)])).delivery).toBeNull()
    expect(rates(bucket([])).delivery).toBeNull()
  })

  test('is null below 200, and leaves out a vendor with an unknown count', () => {
    expect(rates(bucket([row('vivo', 199, 100)])).delivery).toBeNull()
    expect(rates(bucket([row('vivo', 200, 100)])).delivery).toBe(0.5)
    expect(rates(bucket([row('vivo', 1_000, null), row('xiaomi', 400, 100)])).delivery).toBe(0.25)
  })

  test('leaves out a vendor whose receipts began within the bucket', () => {
    const place = { vendor: 'huawei', channel: 'offline' } as const
    const noon = Date.parse('2026-11-19T04:00:00Z') / 1_000
    const periods = [
      { ...place, from: -Infinity, to: noon, delivery: 'unreported' as const },
      { ...place, from: noon, to: Infinity, delivery: 'reported' as const },
    ]
    const reporting = reportingOf({ recent: [history('vivo', 5_000)], periods })
    const one = bucket([row('vivo', 1_000, 500), row('huawei', 1_000, 900)])
    expect(rates(one, reporting).delivery).toBe(0.5)
    const after = { from: '2026-11-19T04:00:00Z', to: '2026-11-20T04:00:00Z' }
    expect(rates({ ...one, ...after }, reporting).delivery).toBe(0.7)
  })
})

test('the click rate has the basis of the whole series', () => {
  const one = bucket([row('vivo', 2_000, 500)])
  const of = (clickBasis: 'sent' | 'delivered') => rated(one, REPORTING, clickBasis).rates.click
  expect([of('sent'), of('delivered')]).toEqual([0.02, 0.08])
  expect(rates(bucket([], { clicked: null })).click).toBeNull()
})

test('a vendor has its own rate, and without receipts none: never 0', () => {
  const one = bucket([row('huawei', 1_000, 0), row('vivo', 1_000, 0), row('xiaomi', 199, 100)])
  expect(rated(one, REPORTING, 'sent').vendors).toMatchObject([
    { vendor: 'huawei', platform: 3, delivered: 0, deliveryRate: null },
    { vendor: 'vivo', sent: 1_000, deliveryRate: 0 },
    { vendor: 'xiaomi', deliveryRate: null },
  ])
  expect(rated(one, REPORTING, 'sent')).not.toHaveProperty('rows')
})
