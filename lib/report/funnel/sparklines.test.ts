import { expect, test } from 'vitest'
import { vendor } from '@/components/report/testing/funnel-samples'
import type { BucketReply } from '@/lib/contract/funnel'
import { sparklinesOf } from './sparklines'

const XIAOMI = vendor('xiaomi', 2, [900, 800, 700, 60], 'reported')
const APPLE = vendor('apns', 1, [900, 800, 0, 60], 'unreported')
type Row = NonNullable<BucketReply['vendors']>[number]

const row = (name: string, sent: number, delivered: number | null): Row => ({
  ...{ vendor: name, platform: 2, channel: 'offline', sendable: sent, clicked: 0, deliveryRate: null },
  sent,
  delivered,
})
const bucket = (sent: number | null, vendors: Row[]): BucketReply => ({
  ...{ from: '2026-11-13T16:00:00Z', to: '2026-11-14T16:00:00Z', state: 'held', final: true, asOf: null },
  ...{ sendable: sent, sent, delivered: 0, clicked: 0, vendors, rates: { delivery: null, click: null } },
})
const held = (n: number) => bucket(2 * n, [row('xiaomi', n, n - 1), row('apns', n, 0)])
const countsOf = (series: BucketReply[]) => sparklinesOf([XIAOMI, APPLE], series).map(({ counts }) => counts)

test('a curve has deliveries where the vendor reports them, else what was sent', () => {
  expect(sparklinesOf([XIAOMI, APPLE], [held(5), held(7)])).toMatchObject([
    { vendor: 'xiaomi', channel: 'offline', measure: 'delivered', counts: [4, 6] },
    { vendor: 'apns', measure: 'sent', counts: [5, 7] },
  ])
})

test('what is not stored is a hole, and never 0', () => {
  const empty = bucket(0, [])
  const withoutVendors = bucket(9, [])
  expect(countsOf([held(5), bucket(null, []), empty, withoutVendors])[0]).toEqual([4, null, 0, null])
  expect(countsOf([bucket(5, [row('xiaomi', 5, null)])])).toEqual([[null], [0]])
  expect(countsOf([])).toEqual([[], []])
})

test('long series are added up to points of equal length, and a hole stays a hole', () => {
  const week = Array.from({ length: 168 }, () => held(2))
  expect(countsOf(week)[0]).toEqual(Array.from({ length: 28 }, () => 6))
  // The oldest buckets that fill no point are left out: half a point would look like a fall.
  expect(countsOf([held(9), ...Array.from({ length: 63 }, () => held(2))])[0]).toEqual(
    Array.from({ length: 21 }, () => 3),
  )
  expect(countsOf([...week.slice(1), bucket(null, [])])[0]?.at(-1)).toBeNull()
})
