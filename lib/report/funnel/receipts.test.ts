import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY, HOUR } from '@/lib/contract/limits'
import type { StatisticsRecord } from '@/lib/contract/records'
import type { Channel, Vendor } from '@/lib/contract/vendors'
import { funnelReport } from './funnel'
import { changesWithin, type ReceiptEvidence, receiptChanges } from './receipts'
import { receiptHistory, reportingOf } from './reporting'

const T0 = Date.parse('2026-11-10T00:00:00Z') / 1_000

type Step = [sent: number | null, delivered: number | null]

/** One vendor, hour by hour from T0. Each hour was fetched long after its end. */
function hours(
  steps: Step[],
  vendor: Vendor = 'huawei',
  channel: Channel = 'offline',
  seconds = HOUR,
): ReceiptEvidence[] {
  return steps.map(([sent, delivered], i) => ({
    from: T0 + i * seconds,
    to: T0 + (i + 1) * seconds,
    fetchedAt: T0 + 90 * DAY,
    rows: [{ vendor, channel, sendable: sent, sent, delivered, clicked: 0 }],
  }))
}

const changesOf = (evidence: ReceiptEvidence[]) =>
  receiptChanges(evidence).map(({ change, at, grain }) => `${change} ${(at - T0) / HOUR} ${grain}`)

const GOOD: Step = [500, 350]
const SILENT: Step = [500, 0]

describe('receipts over time', () => {
  test('a reporting vendor without receipts has stopped, from the first silent hour on', () => {
    expect(changesOf(hours([GOOD, GOOD, SILENT, SILENT]))).toEqual(['stopped 2 hour'])
  })

  test('a return of receipts is reported too', () => {
    expect(changesOf(hours([GOOD, SILENT, SILENT, GOOD, GOOD]))).toEqual(['stopped 1 hour', 'resumed 3 hour'])
  })

  test('first receipts after a silence have begun', () => {
    expect(changesOf(hours([SILENT, SILENT, GOOD, GOOD]))).toEqual(['began 2 hour'])
  })

  test('a vendor that always reports cannot begin: an initial silence is a stop', () => {
    expect(changesOf(hours([SILENT, GOOD], 'xiaomi'))).toEqual(['stopped 0 hour', 'resumed 1 hour'])
    expect(changesOf(hours([SILENT, GOOD], 'unknown', 'online'))).toEqual(['stopped 0 hour', 'resumed 1 hour'])
  })

  test('a vendor that never reports has no changes', () => {
    expect(changesOf(hours([SILENT, SILENT, SILENT]))).toEqual([])
  })

  test('below 200 sent there is no change, and small hours add up', () => {
    expect(changesOf(hours([GOOD, [100, 0], [99, 0]]))).toEqual([])
    expect(changesOf(hours([GOOD, [100, 0], [0, 0], [100, 0]]))).toEqual(['stopped 1 hour'])
  })

  test('a vendor with hardly any deliveries has not stopped', () => {
    expect(changesOf(hours([[10_000, 120], SILENT, [10_000, 120]]))).toEqual([])
  })

  test('late receipts of earlier hours do not hide a stop', () => {
    expect(changesOf(hours([GOOD, [500, 3], [500, 1], GOOD]))).toEqual(['stopped 1 hour', 'resumed 3 hour'])
  })

  test('an hour fetched right at its end is ignored: its receipts may still arrive', () => {
    const [first, second] = hours([GOOD, SILENT])
    if (!first || !second) throw new Error('no hours')
    expect(changesOf([first, { ...second, fetchedAt: second.to + 60 }])).toEqual([])
    expect(changesOf([first, { ...second, fetchedAt: second.to + 600 }])).toEqual(['stopped 1 hour'])
  })

  test('unknown counts and hours without a row are ignored', () => {
    const gap = { ...hours([GOOD])[0], from: T0 + HOUR, to: T0 + 2 * HOUR, rows: [] } as ReceiptEvidence
    expect(changesOf([...hours([GOOD, [500, null]]), gap, ...hours([GOOD, [null, 0]])])).toEqual([])
  })

  test('vendors and channels are separate, ordered by time', () => {
    const changes = receiptChanges([
      ...hours([GOOD, SILENT, SILENT], 'xiaomi'),
      ...hours([SILENT, SILENT, GOOD], 'vivo', null),
    ])
    expect(changes.map(({ vendor, channel, change }) => [vendor, channel, change])).toEqual([
      ['xiaomi', 'offline', 'stopped'],
      ['vivo', null, 'began'],
    ])
  })

  test('a day is judged by its hours where all of them are stored, else as a day', () => {
    const days = hours([GOOD, SILENT, GOOD], 'xiaomi', 'offline', DAY)
    expect(changesOf(days)).toEqual(['stopped 24 day', 'resumed 48 day'])
    const first = hours(
      Array.from({ length: 24 }, () => GOOD),
      'xiaomi',
    )
    const second = Array.from({ length: 24 }, (_, i): Step => (i < 9 ? GOOD : SILENT))
    const shifted = hours(second, 'xiaomi').map((one) => ({ ...one, from: one.from + DAY, to: one.to + DAY }))
    expect(changesOf([...days, ...first, ...shifted])).toEqual(['stopped 33 hour', 'resumed 48 day'])
    expect(changesOf([...days, ...first, ...shifted.slice(1)])).toEqual(['stopped 24 day', 'resumed 48 day'])
  })

  test('stops and returns alternate for any counts', () => {
    const step = fc.tuple(fc.nat({ max: 900 }), fc.nat({ max: 900 }))
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const kinds = receiptChanges(hours(steps)).map(({ change }) => change)
        expect(kinds.indexOf('began')).toBeLessThanOrEqual(0)
        const rest = kinds.filter((kind) => kind !== 'began')
        expect(rest.every((kind, i) => kind === (i % 2 === 0 ? 'stopped' : 'resumed'))).toBe(true)
      }),
    )
  })
})

describe('the changes within a range', () => {
  const changes = receiptChanges(hours([GOOD, SILENT, SILENT, GOOD, GOOD, SILENT, SILENT], 'xiaomi'))
  const within = (from: number, to: number) =>
    changesWithin(changes, { from: T0 + from * HOUR, to: T0 + to * HOUR }).map(({ change, at }) => [
      change,
      (at - T0) / HOUR,
    ])

  test('are those inside it, without its end', () => {
    expect(within(1, 3)).toEqual([['stopped', 1]])
    expect(within(1, 4)).toEqual([
      ['stopped', 1],
      ['resumed', 3],
    ])
  })

  test('include an earlier stop that lasts into it', () => {
    expect(within(2, 3)).toEqual([['stopped', 1]])
    expect(within(4, 5)).toEqual([])
    expect(within(6, 9)).toEqual([['stopped', 5]])
  })
})

describe('new receipts are not new deliveries', () => {
  const span = (from: number, to: number) => ({ from: T0 + from * HOUR, to: T0 + to * HOUR })

  /** Xiaomi reports throughout, Huawei from 10:00 on. Both send and deliver the same every hour. */
  const evidence = [
    ...hours(
      Array.from({ length: 20 }, () => GOOD),
      'xiaomi',
    ),
    ...hours(Array.from({ length: 20 }, (_, i) => (i < 10 ? SILENT : GOOD))),
  ]
  const recent = (['xiaomi', 'huawei'] as const).map((vendor) => ({
    ...{ vendor, channel: 'offline' as const, sent: 10_000, delivered: 7_000, clicked: 0 },
  }))
  function over(from: number, to: number) {
    const rows = (['xiaomi', 'huawei'] as const).map((vendor) => {
      const own = evidence.filter((one) => one.rows[0]?.vendor === vendor).slice(from, to)
      const sum = (pick: 'sent' | 'delivered') => own.reduce((all, { rows: [row] }) => all + (row?.[pick] ?? 0), 0)
      return {
        vendor,
        channel: 'offline' as const,
        sendable: 0,
        sent: sum('sent'),
        delivered: sum('delivered'),
        clicked: 0,
      }
    })
    const whole = (pick: 'sent' | 'delivered') => rows.reduce((all, row) => all + row[pick], 0)
    const total = { sendable: null, sent: whole('sent'), delivered: whole('delivered'), clicked: 0 }
    const record: StatisticsRecord = { task: '', total, rows }
    return funnelReport({
      range: { ...span(from, to), tz: 'UTC', preset: null },
      source: 'task',
      tasks: [],
      records: [record],
      reporting: reportingOf({ recent, periods: receiptHistory(evidence).periods }),
      receipts: receiptChanges(evidence),
      withVendors: true,
      coverage: { held: 1, expected: 1, missing: [] },
      asOf: T0,
      unreadable: 0,
      nowS: T0 + 20 * HOUR,
    })
  }

  test('the main rate stays the same before, across and after, although the raw rate rises', () => {
    const [before, across, after] = [over(0, 10), over(0, 20), over(10, 20)]
    expect([before, across, after].map((one) => one.total?.rates.deliveryReporting)).toEqual([0.7, 0.7, 0.7])
    expect([before, across, after].map((one) => one.total?.rates.delivery)).toEqual([0.35, 0.525, 0.7])
    expect(across.total?.cover).toMatchObject({ reportingSent: 10_000, lost: 3_000, share: 0.5 })
    expect(before.vendors.find(({ vendor }) => vendor === 'huawei')?.delivery).toBe('unreported')
    expect(across.receipts.map(({ change, vendor }) => [change, vendor])).toEqual([['began', 'huawei']])
  })
})
