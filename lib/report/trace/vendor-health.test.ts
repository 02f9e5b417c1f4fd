import { describe, expect, test } from 'vitest'
import type { Vendor } from '@/lib/contract/vendors'
import type { Delivery } from '@/lib/report/funnel/counts'
import { type HeldHour, vendorHealth } from './vendor-health'

const HOUR = 3_600
const SINCE = 1_795_000 * 1_000

/** `n` hours from hour `first` after `since`, each with these counts. */
function hours(
  first: number,
  n: number,
  sent: number,
  delivered: number,
  over: Partial<HeldHour['rows'][number]> = {},
) {
  return Array.from({ length: n }, (_, i): HeldHour => {
    const from = SINCE + (first + i) * HOUR
    const rows = [{ vendor: 'xiaomi' as Vendor, channel: 'offline' as const, sent, delivered, ...over }]
    return { from, to: from + HOUR, fetchedAt: from + 2 * HOUR, rows }
  })
}
const judge = (all: HeldHour[], delivery: Delivery = 'reported') =>
  vendorHealth(all, { since: SINCE, deliveryOf: () => delivery })
const fell = (all: HeldHour[], delivery?: Delivery) => judge(all, delivery)[0]?.fell

describe('a vendor since a time', () => {
  test('is counted after that time and compared with the days before', () => {
    expect(judge([...hours(-24, 24, 100, 90), ...hours(0, 3, 100, 80)])).toEqual([
      { vendor: 'xiaomi', delivery: 'reported', sent: 300, delivered: 240, rate: 0.8, before: 0.9, fell: null },
    ])
  })

  test('campaigns and chat messages of an hour are added', () => {
    const [one] = judge([...hours(0, 2, 100, 80), ...hours(0, 2, 100, 60, { channel: null })])
    expect([one?.sent, one?.delivered, one?.rate]).toEqual([400, 280, 0.7])
  })

  test('too few pushes give counts but no rate', () => {
    expect(judge(hours(0, 1, 150, 90))[0]).toMatchObject({ sent: 150, rate: null, before: null, fell: null })
  })

  test('online push belongs to no vendor', () => {
    expect(judge(hours(0, 3, 100, 90, { vendor: 'unknown', channel: 'online' }))).toEqual([])
  })

  test('an unknown count adds nothing', () => {
    expect(judge(hours(0, 3, 100, 90, { delivered: null }))[0]).toMatchObject({ sent: 300, delivered: 0 })
  })
})

describe('deliveries fell', () => {
  const usual = hours(-48, 48, 100, 90)

  test('since an hour, and have not recovered', () => {
    const all = [...usual, ...hours(0, 4, 100, 88), ...hours(4, 4, 100, 20)]
    expect(fell(all)).toEqual({ from: SINCE + 4 * HOUR, to: null, atLeast: false })
  })

  test('and recovered: the end is reported', () => {
    const all = [...usual, ...hours(0, 3, 100, 0), ...hours(3, 3, 100, 91)]
    expect(fell(all)).toEqual({ from: SINCE, to: SINCE + 3 * HOUR, atLeast: false })
  })

  test('hours with little volume neither begin nor end a fall', () => {
    const all = [
      ...usual,
      ...hours(0, 1, 10, 9),
      ...hours(1, 2, 100, 3),
      ...hours(3, 2, 10, 10),
      ...hours(5, 2, 100, 2),
    ]
    expect(fell(all)).toEqual({ from: SINCE + HOUR, to: null, atLeast: false })
  })

  test('a reporting vendor at 0 fell, even without a rate from before', () => {
    expect(fell(hours(0, 3, 100, 0))).toEqual({ from: SINCE, to: null, atLeast: true })
    expect(fell(hours(0, 3, 100, 20))).toBeNull()
  })

  test('a slightly lower rate or too little volume is not a fall', () => {
    expect(fell([...usual, ...hours(0, 5, 100, 50)])).toBeNull()
    expect(fell([...usual, ...hours(0, 1, 150, 0)])).toBeNull()
  })

  test('a vendor that never reports cannot fall', () => {
    expect(fell([...usual, ...hours(0, 5, 100, 0)], 'unreported')).toBeNull()
    expect(fell([...usual, ...hours(0, 5, 100, 0)], 'unknown')).toBeNull()
  })

  test('iPhones report late, so only a deep fall counts', () => {
    const apns = { vendor: 'apns' as const }
    const before = hours(-48, 48, 100, 70, apns)
    expect(fell([...before, ...hours(0, 5, 100, 30, apns)])).toBeNull()
    expect(fell([...before, ...hours(0, 5, 100, 5, apns)])).toEqual({ from: SINCE, to: null, atLeast: false })
  })

  test('an hour fetched too soon after its end is not judged', () => {
    const early = hours(0, 5, 100, 0).map((hour) => ({ ...hour, fetchedAt: hour.to + 60 }))
    expect(fell([...usual, ...early])).toBeNull()
  })

  test('hours before the chosen time do not count, in any order', () => {
    const all = [...hours(0, 4, 100, 90), ...hours(-10, 10, 100, 0), ...hours(-58, 48, 100, 90)]
    expect(fell(all)).toBeNull()
  })
})

describe('when a fall began', () => {
  const usual = hours(-48, 48, 100, 90)

  test('is “at least since” where the first stored hour is already low', () => {
    expect(fell(hours(2, 4, 100, 0))).toEqual({ from: SINCE + 2 * HOUR, to: null, atLeast: true })
  })

  test('is “at least since” where the hours before are not stored', () => {
    expect(fell([...usual, ...hours(3, 4, 100, 0)])).toEqual({ from: SINCE + 3 * HOUR, to: null, atLeast: true })
    const early = hours(0, 3, 100, 90).map((hour) => ({ ...hour, fetchedAt: hour.to + 60 }))
    expect(fell([...usual, ...early, ...hours(3, 4, 100, 0)])?.atLeast).toBe(true)
  })

  test('can be before the chosen time, and is exact where a good hour is stored right before it', () => {
    const all = [...usual.slice(0, 40), ...hours(-8, 12, 100, 0)]
    expect(fell(all)).toEqual({ from: SINCE - 8 * HOUR, to: null, atLeast: false })
  })
})

describe('the baseline', () => {
  const huawei = { vendor: 'huawei' as const }

  test('leaves out days without receipts', () => {
    const all = [
      ...hours(-168, 144, 100, 0, huawei),
      ...hours(-24, 24, 100, 90, huawei),
      ...hours(0, 5, 100, 30, huawei),
    ]
    expect(judge(all)[0]).toMatchObject({ before: 0.9, fell: { from: SINCE, to: null, atLeast: false } })
  })

  test('does not exist where no day had receipts', () => {
    expect(judge([...hours(-48, 48, 100, 0, huawei), ...hours(0, 5, 100, 90, huawei)])[0]).toMatchObject({
      before: null,
      fell: null,
    })
  })

  test('keeps a quiet hour that happened to have no delivery', () => {
    const all = [...hours(-24, 23, 20, 10), ...hours(-1, 1, 20, 0), ...hours(0, 1, 100, 90)]
    expect(judge(all)[0]?.before).toBeCloseTo(230 / 480)
  })

  test('hours at 0 before receipts began are not a fall', () => {
    const all = [...hours(0, 5, 100, 0, huawei), ...hours(5, 3, 100, 90, huawei)]
    expect(fell(all)).toBeNull()
  })

  test('hours at 0 of a vendor that always reports are a fall, also from the first stored hour on', () => {
    const all = [...hours(0, 5, 100, 0), ...hours(5, 3, 100, 90)]
    expect(fell(all)).toEqual({ from: SINCE, to: SINCE + 5 * HOUR, atLeast: true })
  })
})
