import { expect, test } from 'vitest'
import type { VendorReply } from '@/lib/contract/funnel'
import type { Channel, Vendor } from '@/lib/contract/vendors'
import { changeBetween } from './change'
import { funnelReport } from './funnel'
import { reportingOf } from './reporting'

const NOW = Date.parse('2026-11-20T04:03:20Z') / 1000
type Counted = [vendor: Vendor, sent: number, delivered: number, clicked: number, channel?: Channel]

/** A period in which every push that was sendable was sent. A vendor without deliveries does not report. */
function side(...rows: Counted[]) {
  const records = rows.map(([vendor, sent, delivered, clicked, channel = 'offline']) => {
    return { vendor, channel, sendable: sent, sent, delivered, clicked }
  })
  const sum = (of: (row: (typeof records)[number]) => number) => records.reduce((all, row) => all + of(row), 0)
  const total = {
    sendable: sum((row) => row.sendable),
    sent: sum((row) => row.sent),
    delivered: sum((row) => row.delivered),
    clicked: sum((row) => row.clicked),
  }
  return funnelReport({
    range: { from: NOW - 8 * 86_400, to: NOW - 86_400, tz: 'Etc/GMT-8', preset: null },
    source: 'task',
    tasks: [],
    records: [{ task: '', total, rows: records }],
    reporting: reportingOf({ recent: [], periods: [] }),
    receipts: [],
    withVendors: true,
    coverage: { held: 1, expected: 1, missing: [] },
    asOf: NOW,
    unreadable: 0,
    nowS: NOW,
  })
}

const vendor = (found: ReturnType<typeof changeBetween>, name: string) =>
  found?.vendors.find((one) => one.vendor === name)

test('counts are given now and before, rates as differences', () => {
  const found = changeBetween(side(['xiaomi', 1_000, 700, 70]), side(['xiaomi', 2_000, 1_600, 80]))
  expect(found).toMatchObject({ now: { sent: 1_000 }, before: { sent: 2_000, delivered: 1_600 } })
  expect(found?.change?.send).toBeCloseTo(0)
  expect(found?.change?.delivery).toBeCloseTo(-0.1)
  expect(found?.change?.click).toBeCloseTo(0.05)
  expect(vendor(found, 'xiaomi')?.change.delivery).toBeCloseTo(-0.1)
})

test('receipts that began are no improvement: only vendors that report in both periods count', () => {
  const now = side(['xiaomi', 1_000, 700, 70], ['huawei', 1_000, 950, 50])
  const before = side(['xiaomi', 1_000, 800, 80], ['huawei', 1_000, 0, 50])
  const found = changeBetween(now, before)
  expect(found?.change?.delivery).toBeCloseTo(-0.1)
  expect(vendor(found, 'huawei')?.change.delivery).toBe(null)
  // Clicks were per push sent before, and are per delivery now.
  expect(vendor(found, 'huawei')?.change.click).toBe(null)
})

test('a small side has no change, and a vendor of one side alone is left out', () => {
  const found = changeBetween(
    side(['xiaomi', 100, 70, 7], ['vivo', 900, 600, 9]),
    side(['xiaomi', 2_000, 1_600, 80], ['oppo', 900, 500, 9]),
  )
  expect(vendor(found, 'xiaomi')?.change).toEqual({ send: null, delivery: null, click: null })
  expect(found?.vendors.map((one) => one.vendor)).toEqual(['xiaomi'])
})

test('an unknown count of one vendor makes the change unknown', () => {
  const known = side(['xiaomi', 1_000, 700, 70], ['oppo', 1_000, 700, 70])
  const lacking = { ...known, vendors: known.vendors.map((one): VendorReply => ({ ...one, delivered: null })) }
  expect(changeBetween(known, lacking)?.change?.delivery).toBe(null)
  expect(changeBetween(known, { total: null, vendors: [] })).toBe(null)
})
