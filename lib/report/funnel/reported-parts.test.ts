import { expect, test } from 'vitest'
import type { StatisticsRecord } from '@/lib/contract/records'
import { funnelReport } from './funnel'
import { type ReportedParts, reportingOf } from './reporting'

const NOW = Date.parse('2026-11-20T04:03:20Z') / 1000
const row = (vendor: 'huawei' | 'xiaomi', sent: number, delivered: number) =>
  ({ vendor, channel: 'offline', sendable: sent, sent, delivered, clicked: 0 }) as const

const RECORD: StatisticsRecord = {
  task: '',
  total: { sendable: 5_260, sent: 5_260, delivered: 4_030, clicked: 0 },
  rows: [row('huawei', 2_900, 2_410), row('xiaomi', 2_360, 1_620)],
}

test('a vendor whose receipts began within the range loses only what it lost since then', () => {
  const place = { vendor: 'huawei', channel: 'offline' } as const
  const begin = NOW - 3 * 86_400
  const reporting = reportingOf({
    recent: [],
    periods: [
      { ...place, from: -Infinity, to: begin, delivery: 'unreported' },
      { ...place, from: begin, to: Infinity, delivery: 'reported' },
    ],
  })
  const found = (parts?: ReportedParts) => {
    const { total, vendors } = funnelReport({
      range: { from: NOW - 8 * 86_400, to: NOW - 86_400, tz: 'Etc/GMT-8', preset: null },
      source: 'task',
      tasks: [],
      records: [RECORD],
      reporting,
      reportedParts: parts,
      receipts: [],
      withVendors: true,
      coverage: { held: 1, expected: 1, missing: [] },
      asOf: NOW - 40,
      unreadable: 0,
      nowS: NOW,
    })
    return { lost: total?.cover.lost, notReported: total?.cover.notReported, huawei: vendors.find(isHuawei)?.cover }
  }
  const isHuawei = ({ vendor }: { vendor: string }) => vendor === 'huawei'
  const without = found()
  expect(without.huawei).toBe(null)
  expect(without).toMatchObject({ lost: 740, notReported: 490 })
  const withPart = found(new Map([['huawei offline', { sent: 2_600, delivered: 2_400 }]]))
  expect(withPart.lost).toBe(940)
  expect(withPart.notReported).toBe(290)
  expect(withPart.huawei).toMatchObject({ reportingSent: 2_600, lost: 200, notReported: 2_900 - 2_410 - 200 })
})
