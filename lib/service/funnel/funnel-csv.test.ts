import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { funnel, TOTAL, vendor, WAITING } from '@/components/report/testing/funnel-samples'
import type { BucketReply, FunnelReply, FunnelRequest } from '@/lib/contract/funnel'
import { funnelRequest } from '@/lib/contract/funnel'
import { funnelCsv } from './funnel-csv'

/** Returns the rows of a table by their column names. */
function rows(reply: FunnelReply, table: FunnelRequest['table'], demo = false): Record<string, string>[] {
  const text = funnelCsv(reply, { demo }, funnelRequest.parse({ table }))
  return Papa.parse<Record<string, string>>(text.trimEnd(), { header: true }).data
}

const bucket = (over: Partial<BucketReply>): BucketReply => ({
  from: '2026-11-13T16:00:00Z',
  to: '2026-11-14T16:00:00Z',
  state: 'held',
  final: true,
  asOf: '2026-11-21T04:03:00Z',
  sendable: 10,
  sent: 9,
  delivered: 0,
  clicked: null,
  rates: { delivery: 0.5, click: null },
  ...over,
})

describe('the funnel as CSV', () => {
  test('is the total where no table is named: one row with its range, rates and cover', () => {
    expect(funnelRequest.parse({}).table).toBe('total')
    expect(rows(funnel(), 'total')).toEqual([
      expect.objectContaining({
        source: 'task',
        from: '2026-11-13T16:00:00Z',
        tz: 'Asia/Shanghai',
        sendable: '974535',
        delivery_rate_reporting: '0.695802',
        not_reported: '411181',
        basis: 'exact',
        state: 'fresh',
      }),
    ])
  })

  test('leaves unknown counts empty and never writes 0 for them', () => {
    expect(rows(WAITING, 'total')[0]).toMatchObject({ sendable: '', sent: '', delivered: '', state: 'pending' })
    expect(rows(funnel(), 'vendors').find((row) => row.vendor === 'platform_9')).toMatchObject({ delivered: '' })
  })

  test('has a row for each vendor and channel', () => {
    const found = rows(funnel(), 'vendors')
    expect(found).toHaveLength(funnel().vendors.length)
    expect(found[0]).toMatchObject({ vendor: 'apns', platform: '1', channel: 'offline', task: '', clicked: '2713' })
  })

  test('has a row for each bucket, and for its vendors', () => {
    const one = { ...vendor('oppo', 6, [5, 4, 3, 2], 'reported'), deliveryRate: 0.75 }
    const series = [
      bucket({ vendors: [one] }),
      bucket({ state: 'expired', sendable: null, sent: null, delivered: null }),
    ]
    const seriesBefore = [bucket({ from: '2026-11-06T16:00:00Z', sent: 7 })]
    expect(rows(funnel({ interval: 'day', series, seriesBefore }), 'series')).toMatchObject([
      { state: 'held', vendor: '', sent: '9', delivered: '0', clicked: '', delivery_rate: '0.5', sent_before: '7' },
      { state: 'held', vendor: 'oppo', channel: 'offline', sent: '4', delivery_rate: '0.75', sent_before: '' },
      { state: 'expired', vendor: '', sent: '', compared_from: '' },
    ])
  })

  test('has a row for each campaign, and the vendors of each', () => {
    const tasks = [
      { task: '=a', total: TOTAL, vendors: [vendor('oppo', 6, [5, 4, 3, 2], 'reported')] },
      { task: 'b', total: null, vendors: [] },
    ]
    const reply = funnel({ total: null, vendors: [], tasks })
    expect(rows(reply, 'tasks')).toMatchObject([
      { task: "'=a", sent: '891866', lost: '145826' },
      { task: 'b', sent: '', lost: '' },
    ])
    expect(rows(reply, 'vendors')).toMatchObject([{ task: "'=a", vendor: 'oppo' }])
  })

  test('says in every row that a demo is invented', () => {
    for (const row of rows(funnel(), 'vendors', true)) expect(row.note).toBe('Demo, invented data')
  })
})
