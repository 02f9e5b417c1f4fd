import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { funnelReply } from '@/lib/contract/funnel'
import type { StatisticsRecord, VendorCounts } from '@/lib/contract/records'
import type { Channel, Vendor } from '@/lib/contract/vendors'
import { type FunnelInput, type FunnelRecord, funnelReport } from './funnel'
import { reportingOf } from './reporting'

const NOW = Date.parse('2026-11-20T04:03:20Z') / 1000
const counts = (sendable: number, sent: number, delivered: number, clicked: number) => ({
  sendable,
  sent,
  delivered,
  clicked,
})
const row = (vendor: Vendor, channel: Channel, ...n: [number, number, number, number]): VendorCounts => ({
  vendor,
  channel,
  ...counts(...n),
})

/** A campaign over all vendors, as Tencent answers it. Honor's channel sends nothing. */
const CAMPAIGN: StatisticsRecord = {
  task: '',
  total: counts(20822, 18018, 12672, 1538),
  rows: [
    row('unknown', 'online', 3300, 3298, 3290, 610),
    row('apns', 'offline', 5320, 4910, 3120, 270),
    row('xiaomi', 'offline', 2660, 2360, 1620, 241),
    row('huawei', 'offline', 3110, 2900, 2410, 188),
    row('fcm', 'offline', 1480, 1390, 0, 96),
    row('meizu', 'offline', 120, 96, 40, 2),
    row('oppo', 'offline', 1890, 1660, 1204, 77),
    row('vivo', 'offline', 2012, 1404, 988, 54),
    row('honor', 'offline', 930, 0, 0, 0),
  ],
}

function input(records: FunnelRecord[], more: Partial<FunnelInput> = {}): FunnelInput {
  return {
    range: { from: NOW - 8 * 86_400, to: NOW - 86_400, tz: 'Etc/GMT-8', preset: null },
    source: 'task',
    tasks: [],
    records,
    reporting: reportingOf({ recent: [], periods: [] }),
    receipts: [],
    withVendors: true,
    coverage: { held: 1, expected: 1, missing: [] },
    asOf: NOW - 40,
    unreadable: 0,
    nowS: NOW,
    ...more,
  }
}

const past = (counts: { sent: number; delivered: number; clicked: number }) =>
  reportingOf({ recent: [{ vendor: 'huawei', channel: 'offline', ...counts }], periods: [] })

const report = (record: StatisticsRecord, more: Partial<FunnelInput> = {}) => funnelReport(input([record], more))

describe('the funnel of one window', () => {
  test('is a reply of the contract', () => {
    const timeFields = {
      totalBasis: true,
      comparison: true,
      interval: true,
      series: true,
      sparklines: true,
      seriesBefore: true,
      seriesSum: true,
      aligned: true,
      hourly: true,
      freshness: true,
    } as const
    expect(() => funnelReply.omit(timeFields).parse(report(CAMPAIGN))).not.toThrow()
  })

  test('the total is Tencent’s own, never a sum of vendors', () => {
    const odd: StatisticsRecord = {
      task: '',
      total: counts(2670, 2213, 532, 206),
      rows: [row('apns', 'offline', 532, 391, 0, 27)],
    }
    const { total } = report(odd)
    expect(total).toMatchObject(counts(2670, 2213, 532, 206))
    expect(total?.cover).toEqual({
      reportingSent: 0,
      reportingDelivered: 0,
      lost: 0,
      notReported: 2213 - 532,
      share: 0,
    })
  })

  test('the main delivery rate covers reporting vendors, with its share beside it', () => {
    const { total } = report(CAMPAIGN)
    const sent = 18018 - 1390
    expect(total?.delivery).toBe('partial')
    expect(total?.cover).toEqual({
      reportingSent: sent,
      reportingDelivered: 12672,
      lost: sent - 12672,
      notReported: 1390,
      share: sent / 18018,
    })
    expect(total?.rates.deliveryReporting).toBe(12672 / sent)
    expect(total?.rates.delivery).toBe(12672 / 18018)
    expect(total?.rates).toMatchObject({ click: 1538 / 18018, clickBasis: 'sent' })
  })

  test('vendors are ordered by number, online push last, with platform and channel', () => {
    const { vendors } = report(CAMPAIGN)
    expect(vendors.map(({ vendor }) => vendor)).toEqual([
      'apns',
      'xiaomi',
      'huawei',
      'fcm',
      'meizu',
      'oppo',
      'vivo',
      'honor',
      'unknown',
    ])
    expect(vendors.at(-1)).toMatchObject({ platform: 0, channel: 'online', delivery: 'reported' })
    expect(vendors[3]).toMatchObject({
      vendor: 'fcm',
      platform: 4,
      delivery: 'unreported',
      rates: { click: 96 / 1390 },
    })
  })

  test('without vendor rows in the reply, the cover still comes from them', () => {
    const { vendors, total } = report(CAMPAIGN, { withVendors: false })
    expect(vendors).toEqual([])
    expect(total?.cover.notReported).toBe(1390)
  })

  test('0 deliveries are real for a vendor that used to report', () => {
    const silent: StatisticsRecord = {
      task: '',
      total: counts(3110, 2900, 0, 0),
      rows: [row('huawei', 'offline', 3110, 2900, 0, 0)],
    }
    const { vendors, total } = report(silent, { reporting: past({ sent: 90_000, delivered: 70_000, clicked: 900 }) })
    expect(vendors[0]).toMatchObject({ delivery: 'reported', rates: { delivery: 0 } })
    expect(total?.cover).toMatchObject({ lost: 2900, notReported: 0, share: 1 })
  })

  test('0 deliveries are unreported for a vendor that never reported', () => {
    const silent: StatisticsRecord = {
      task: '',
      total: counts(3110, 2900, 0, 0),
      rows: [row('huawei', 'offline', 3110, 2900, 0, 0)],
    }
    const { vendors, total } = report(silent, { reporting: past({ sent: 90_000, delivered: 0, clicked: 900 }) })
    expect(vendors[0]).toMatchObject({ delivery: 'unreported', rates: { delivery: null } })
    expect(total).toMatchObject({ delivery: 'unreported', rates: { delivery: null, deliveryReporting: null } })
  })

  test('without vendor rows nothing is lost and nothing is "not reported": both are unknown', () => {
    const { total } = report({ task: '', total: counts(2670, 2213, 532, 206), rows: [] })
    const unknown = { reportingSent: null, reportingDelivered: null, lost: null, notReported: null, share: null }
    expect(total?.cover).toEqual(unknown)
    expect(report({ task: '', total: counts(0, 0, 0, 0), rows: [] }).total?.cover).toMatchObject({ lost: 0 })
  })

  test('an unknown count of a reporting vendor makes the loss unknown', () => {
    const rows = [
      row('oppo', 'offline', 900, 800, 700, 0),
      { ...row('xiaomi', 'offline', 900, 800, 0, 0), delivered: null },
    ]
    const { total } = report({ task: '', total: counts(1800, 1600, 1400, 0), rows })
    expect(total?.cover).toMatchObject({ reportingSent: 800, lost: null, notReported: null })
  })

  test('who reports depends on the time that the counts cover, not on the range', () => {
    const place = { vendor: 'huawei', channel: 'offline' } as const
    const began = NOW - 5 * 86_400
    const reporting = reportingOf({
      recent: [],
      periods: [
        { ...place, from: -Infinity, to: began, delivery: 'unreported' },
        { ...place, from: began, to: Infinity, delivery: 'reported' },
      ],
    })
    const record = { task: '', total: counts(1000, 900, 600, 0), rows: [row('huawei', 'offline', 1000, 900, 600, 0)] }
    const spans = [{ from: began, to: began + 86_400 }]
    expect(report(record, { reporting }).total).toMatchObject({
      delivery: 'partial',
      cover: { lost: 0, notReported: 300 },
    })
    for (const days of [8, 60]) {
      const range = { from: NOW - days * 86_400, to: NOW, tz: 'UTC', preset: null }
      const { total } = funnelReport(input([{ ...record, spans }], { reporting, range }))
      expect(total).toMatchObject({ delivery: 'reported', cover: { lost: 300, notReported: 0 } })
    }
  })

  test('null counts stay null in rows and total', () => {
    const nothing = { sendable: null, sent: null, delivered: null, clicked: null }
    const { total, vendors } = report({
      task: '',
      total: nothing,
      rows: [{ vendor: 'vivo', channel: null, ...nothing }],
    })
    expect(total).toMatchObject(nothing)
    expect(vendors[0]).toMatchObject(nothing)
    expect(total?.cover).toMatchObject({ notReported: null, share: null })
  })

  test('lost plus not reported is the drop of the total', () => {
    const n = fc.nat(50_000)
    const anyRow = fc.record({
      vendor: fc.constantFrom<Vendor>('apns', 'xiaomi', 'huawei', 'fcm', 'platform_9', 'unknown'),
      channel: fc.constantFrom<Channel>('offline', 'online', null),
      sendable: n,
      sent: n,
      delivered: n,
      clicked: n,
    })
    const anyTotal = fc.record({ sendable: n, sent: n, delivered: n, clicked: n })
    fc.assert(
      fc.property(anyTotal, fc.array(anyRow, { minLength: 1, maxLength: 9 }), (total, rows) => {
        const reply = report({ task: '', total, rows }).total
        if (!reply) throw new Error('a total is given')
        expect((reply.cover.lost ?? Number.NaN) + (reply.cover.notReported ?? Number.NaN)).toBe(
          total.sent - total.delivered,
        )
        expect(reply.cover.share ?? 0).toBeLessThanOrEqual(1)
        expect(reply).toMatchObject(total)
      }),
    )
  })
})

describe('tasks', () => {
  const task = (id: string): StatisticsRecord => ({ ...CAMPAIGN, task: id })

  test('one task is the total too', () => {
    const reply = report(task('a'), { tasks: ['a'] })
    expect(reply.total).toEqual(reply.tasks[0]?.total)
    expect(reply.vendors).toHaveLength(9)
  })

  test('several tasks each have their own total, and the overall total is null', () => {
    const reply = funnelReport(input([task('b'), task('a')], { tasks: ['a', 'b'] }))
    expect(reply.total).toBeNull()
    expect(reply.vendors).toEqual([])
    expect(reply.tasks.map((one) => one.task)).toEqual(['a', 'b'])
  })

  test('a task without an answer is null, not 0', () => {
    const reply = funnelReport(input([task('a')], { tasks: ['a', 'gone'] }))
    expect(reply.tasks[1]).toEqual({ task: 'gone', total: null, vendors: [] })
  })
})

describe('what the reply says about its counts', () => {
  test('with nothing stored the total is null', () => {
    const reply = funnelReport(input([], { asOf: null, coverage: { held: 0, expected: 1, missing: [] } }))
    expect(reply).toMatchObject({ total: null, vendors: [], asOf: null, stillFilling: false })
  })

  test('range and as-of are ISO instants', () => {
    const reply = report(CAMPAIGN)
    expect(reply.range).toEqual({
      from: '2026-11-12T04:03:20.000Z',
      to: '2026-11-19T04:03:20.000Z',
      tz: 'Etc/GMT-8',
      preset: null,
    })
    expect(reply.asOf).toBe('2026-11-20T04:02:40.000Z')
  })

  test.each([
    ['all zero, ended yesterday', counts(0, 0, 0, 0), 86_400, true],
    ['all zero, ended three days ago', counts(0, 0, 0, 0), 3 * 86_400, false],
    ['one device, ended yesterday', counts(1, 0, 0, 0), 86_400, false],
    ['unknown, ended yesterday', { sendable: null, sent: null, delivered: null, clicked: null }, 86_400, false],
  ])('%s: still filling is %s', (_, total, ended, expected) => {
    const range = { from: NOW - 9 * 86_400, to: NOW - ended, tz: 'UTC', preset: null }
    expect(report({ task: '', total, rows: [] }, { range }).stillFilling).toBe(expected)
  })
})
