import { describe, expect, test } from 'vitest'
import { DAY, HOUR } from '@/lib/contract/limits'
import type { Vendor } from '@/lib/contract/vendors'
import type { ReceiptEvidence } from './receipts'
import { receiptHistory, reportingOf } from './reporting'

const T0 = Date.parse('2026-09-01T00:00:00Z') / 1_000
type Step = [sent: number, delivered: number, clicked?: number]

/** One vendor, day by day from T0. Each day was fetched long after its end. */
function days(steps: Step[], vendor: Vendor = 'huawei'): ReceiptEvidence[] {
  return steps.map(([sent, delivered, clicked = 0], i) => ({
    from: T0 + i * DAY,
    to: T0 + (i + 1) * DAY,
    fetchedAt: T0 + 900 * DAY,
    rows: [{ vendor, channel: 'offline', sendable: sent, sent, delivered, clicked }],
  }))
}

const times = (count: number, step: Step): Step[] => Array.from({ length: count }, () => step)
const GOOD: Step = [500, 350]
const SILENT: Step = [500, 0]
const NOTHING = { sent: 0, delivered: 0, clicked: 0 }
const day = (from: number, to = from + 1) => ({ from: T0 + from * DAY, to: T0 + to * DAY })

function judge(steps: Step[], vendor: Vendor = 'huawei') {
  const { periods } = receiptHistory(days(steps, vendor))
  const last = steps.slice(-30)
  const sum = (at: 0 | 1 | 2) => last.reduce((all, step) => all + (step[at] ?? 0), 0)
  const recent = [{ vendor, channel: 'offline' as const, sent: sum(0), delivered: sum(1), clicked: sum(2) }]
  const reporting = reportingOf({ recent, periods })
  return (span: { from: number; to: number }, counts = NOTHING) =>
    reporting.delivery({ vendor, channel: 'offline' }, [span], counts)
}

describe('whether a vendor reports', () => {
  test('is split where receipts began, whatever the range', () => {
    const of = judge([...times(5, SILENT), ...times(10, GOOD)])
    expect([of(day(0)), of(day(4)), of(day(5)), of(day(14))]).toEqual([
      'unreported',
      'unreported',
      'reported',
      'reported',
    ])
    expect(of(day(5, 15))).toBe('reported')
    expect(of(day(0, 15))).toBe('partial')
    expect(of(day(-40, -30))).toBe('unreported')
    expect(of({ from: T0 + 5 * DAY - HOUR, to: T0 + 6 * DAY })).toBe('partial')
  })

  test('is split where receipts ended for 30 days; a shorter silence is a loss', () => {
    const ended = judge([...times(5, GOOD), ...times(30, SILENT)])
    expect([ended(day(4)), ended(day(5)), ended(day(34))]).toEqual(['reported', 'unreported', 'unreported'])
    const incident = judge([...times(5, GOOD), ...times(29, SILENT)])
    expect([incident(day(4)), incident(day(5)), incident(day(33))]).toEqual(['reported', 'reported', 'reported'])
    const back = judge([...times(5, GOOD), ...times(31, SILENT), GOOD, GOOD])
    expect([back(day(4)), back(day(10)), back(day(36))]).toEqual(['reported', 'unreported', 'reported'])
  })

  test('never ends at a vendor that always reports', () => {
    const of = judge([...times(5, GOOD), ...times(40, SILENT)], 'xiaomi')
    expect(of(day(44))).toBe('reported')
  })

  test('clicks from before the receipts do not make deliveries a lower bound; clicks of the same period do', () => {
    expect(judge([...times(5, [500, 0, 400]), ...times(3, [500, 350, 20])])(day(6))).toBe('reported')
    expect(judge([...times(5, SILENT), ...times(3, [500, 30, 90])])(day(6))).toBe('partial')
  })

  test('is a lower bound where a vendor without receipts delivered all the same', () => {
    expect(judge(times(5, SILENT))(day(0), { sent: 10, delivered: 3, clicked: 0 })).toBe('partial')
    expect(judge([...times(5, SILENT), GOOD])(day(0), { sent: 10, delivered: 3, clicked: 0 })).toBe('partial')
  })

  test('follows the counts themselves only where the history is too small', () => {
    const many = { sent: 900, delivered: 0, clicked: 3 }
    expect(judge([[150, 0]])(day(0), many)).toBe('unreported')
    expect(judge([[150, 0]])(day(0), { ...many, delivered: 600 })).toBe('reported')
    expect(judge([[150, 9]])(day(0), many)).toBe('reported')
  })
})
