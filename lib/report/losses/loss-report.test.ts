import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lossStageReply } from '@/lib/contract/losses'
import type { LossRecord, LossRow, StatisticsRecord, VendorCounts } from '@/lib/contract/records'
import type { Vendor } from '@/lib/contract/vendors'
import { funnelReport } from '@/lib/report/funnel/funnel'
import { readSample, sampleNames } from '@/lib/timpush/testing/samples'
import titles from '@/messages/en/reasons.json'
import { lossReport } from './loss-report'

const NO_PAST = { sent: 0, delivered: 0, clicked: 0 }

function funnelOf(total: StatisticsRecord['total'], rows: VendorCounts[]) {
  return funnelReport({
    range: { from: 0, to: 3_600, tz: 'UTC', preset: null },
    source: 'task',
    tasks: [],
    records: [{ task: '', total, rows }],
    history: () => NO_PAST,
    receipts: [],
    withVendors: true,
    coverage: { held: 1, expected: 1, missing: [] },
    asOf: null,
    unreadable: 0,
    nowS: 3_600,
  })
}

const counts = (
  vendor: Vendor,
  sendable: number | null,
  sent: number | null,
  delivered: number | null,
): VendorCounts => ({ vendor, channel: 'offline', sendable, sent, delivered, clicked: 0 })
const lost = (
  stage: LossRow['stage'],
  vendor: Vendor | null,
  code: string,
  count: number | null,
  text = '',
): LossRow => ({
  stage,
  vendor,
  channel: vendor ? 'offline' : null,
  code,
  text,
  count,
})
const record = (rows: LossRow[], absent: LossRecord['absent'] = []): LossRecord => ({ task: '', rows, absent })
const afterSending = (input: Omit<Parameters<typeof lossReport>[0], 'titles'>) =>
  lossReport({ ...input, titles: titles.title })[1]

const ROWS = [counts('xiaomi', 1_000, 900, 700), counts('apns', 500, 400, 0)]
const FUNNEL = funnelOf({ sendable: 1_500, sent: 1_300, delivered: 700, clicked: 0 }, ROWS)
const CODES = [
  lost('ready_to_send', null, '-1', 150, 'Certificate id not set'),
  lost('ready_to_send', 'xiaomi', '-1', 100, 'Certificate id not set'),
  lost('ready_to_send', 'apns', '-1', 50, 'Certificate id not set'),
  lost('post_send', null, '16', 150),
  lost('post_send', null, '410', 30, 'Unregistered'),
  lost('post_send', 'xiaomi', '16', 150),
  lost('post_send', 'apns', '410', 30, 'Unregistered'),
]

describe('what was lost against its codes', () => {
  test('before sending all losses are known, and the rest is unexplained', () => {
    const [before] = lossReport({ record: record(CODES), funnel: FUNNEL, titles: titles.title })
    expect(before).toMatchObject({ lost: 200, explained: 150, unexplained: 50, notReported: 0 })
    expect(before?.vendors).toMatchObject([
      { vendor: 'apns', lost: 100, explained: 50, unexplained: 50 },
      { vendor: 'xiaomi', lost: 100, explained: 100, unexplained: 0 },
    ])
  })

  test('after sending only reporting vendors count, the others are not reported', () => {
    const stage = afterSending({ record: record(CODES), funnel: FUNNEL })
    expect(stage).toMatchObject({ lost: 200, explained: 150, unexplained: 50, notReported: 400 })
    expect(stage?.vendors).toMatchObject([
      { vendor: 'apns', delivery: 'unreported', lost: 0, explained: 0, unexplained: 0, notReported: 400 },
      { vendor: 'xiaomi', delivery: 'reported', lost: 200, explained: 150, unexplained: 50, notReported: 0 },
    ])
  })

  test('codes of a vendor that does not report are still listed', () => {
    expect(
      afterSending({ record: record(CODES), funnel: FUNNEL })?.reasons?.map(({ code, share }) => [code, share]),
    ).toEqual([
      ['16', 0.75],
      ['410', 0.15],
    ])
  })

  test('more codes than losses leave a negative rest, and shares are shares of the codes', () => {
    const stage = afterSending({ record: record([lost('post_send', 'xiaomi', '16', 231)]), funnel: FUNNEL })
    expect(stage).toMatchObject({ lost: 200, explained: 231, unexplained: -31 })
    expect(stage?.reasons).toMatchObject([{ share: 1, cumulative: 1 }])
  })

  test('a single vendor is reconciled with its own row', () => {
    expect(afterSending({ record: record(CODES), funnel: FUNNEL, vendor: 'xiaomi' })).toMatchObject({
      lost: 200,
      explained: 150,
      unexplained: 50,
      notReported: 0,
      vendors: [{ vendor: 'xiaomi' }],
    })
    expect(afterSending({ record: record(CODES), funnel: FUNNEL, vendor: 'apns' })).toMatchObject({
      lost: 0,
      explained: 0,
      notReported: 400,
    })
    expect(afterSending({ record: record(CODES), funnel: FUNNEL, vendor: 'meizu' })).toMatchObject({
      lost: 0,
      vendors: [],
    })
  })

  test('what is not stored is unknown, never zero', () => {
    expect(afterSending({ record: null, funnel: null })).toEqual({
      stage: 'post_send',
      lost: null,
      explained: null,
      unexplained: null,
      notReported: null,
      reasons: null,
      vendors: [],
    })
    expect(afterSending({ record: null, funnel: FUNNEL })).toMatchObject({
      lost: 200,
      explained: null,
      unexplained: null,
    })
    expect(afterSending({ record: record(CODES), funnel: null })).toMatchObject({
      lost: null,
      explained: 150,
      reasons: [{ count: 150, share: 150 / 180 }, { count: 30 }],
    })
  })

  test('totals without a vendor explain losses only where every vendor reports', () => {
    const totals = record([lost('post_send', null, '16', 150)])
    expect(afterSending({ record: totals, funnel: FUNNEL })).toMatchObject({ explained: null, unexplained: null })
    const reporting = funnelOf({ sendable: 1_000, sent: 900, delivered: 700, clicked: 0 }, [
      counts('xiaomi', 1_000, 900, 700),
    ])
    expect(afterSending({ record: totals, funnel: reporting })).toMatchObject({ explained: 150, unexplained: 50 })
  })

  test('an unreadable count makes the sum unknown and has no share', () => {
    const stage = afterSending({
      record: record([lost('post_send', 'xiaomi', '16', 100), lost('post_send', 'xiaomi', '32', null)]),
      funnel: FUNNEL,
    })
    expect(stage).toMatchObject({ lost: 200, explained: null, unexplained: null })
    expect(stage?.reasons).toMatchObject([{ share: 0.5 }, { code: '32', share: null, cumulative: null }])
  })
})

describe('for any answer', () => {
  const vendors = ['xiaomi', 'apns', 'oppo', 'fcm', 'platform_9'] as const
  const stage = fc.constantFrom('ready_to_send' as const, 'post_send' as const)
  const code = fc.constantFrom('-1', '-2', '1', '16', '410', 'UNREGISTERED', '', '987654')
  const text = fc.constantFrom('', 'regid_invalid', 'internal error', 'Certificate id not set', '没有上传token')
  const loss = fc.record({
    stage,
    vendor: fc.constantFrom<Vendor | null>(...vendors, null),
    code,
    text,
    count: fc.nat(500),
  })
  const row = fc.record({ sendable: fc.nat(2_000), sent: fc.nat(2_000), delivered: fc.nat(2_000) })
  const add = (numbers: (number | null)[]) => numbers.reduce<number>((sum, one) => sum + (one ?? Number.NaN), 0)

  test('explained + unexplained = lost, in total and per vendor, and every code is counted once', () => {
    fc.assert(
      fc.property(fc.array(loss, { maxLength: 20 }), fc.array(row, { maxLength: 5 }), row, (losses, rows, total) => {
        const funnel = funnelOf(
          { ...total, clicked: 0 },
          rows.map((one, at) => counts(vendors[at] ?? 'xiaomi', one.sendable, one.sent, one.delivered)),
        )
        const given = record(losses.map((one) => lost(one.stage, one.vendor, one.code, one.count, one.text)))
        for (const stage of lossReport({ record: given, funnel, titles: titles.title })) {
          lossStageReply.parse(stage)
          if (stage.explained !== null) expect(add([stage.explained, stage.unexplained])).toBe(stage.lost)
          for (const one of stage.vendors) {
            if (one.explained !== null) expect(add([one.explained, one.unexplained])).toBe(one.lost)
          }
          const after = stage.stage === 'post_send'
          if (after) expect(add([stage.lost, stage.notReported])).toBe(total.sent - total.delivered)
          if (after) expect(add(stage.vendors.map((one) => one.lost))).toBe(stage.lost)
          const reasons = stage.reasons ?? []
          const codes = add(reasons.map(({ count }) => count))
          const shares = reasons.map(({ share, cumulative }) => [share, cumulative])
          const whole = Math.max(stage.lost ?? 0, codes)
          expect(shares.flat().every((one) => one === null || (one >= 0 && one <= 1))).toBe(true)
          if (whole > 0 && reasons.length > 0) expect(reasons.at(-1)?.cumulative).toBeCloseTo(codes / whole)
          expect([...reasons].sort((a, b) => (b.count ?? -1) - (a.count ?? -1))).toEqual(reasons)
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('every sample of a loss answer', () => {
  const samples = sampleNames().filter((name) => name.includes('_push_loss.') && !name.includes('anonymous'))

  test.each(samples)('%s is reported completely: every code has a title, and no count is lost', (name) => {
    const answer = readSample(name) as { results: LossRecord[] }
    expect(answer.results.length).toBeGreaterThan(0)
    for (const given of answer.results) {
      for (const { stage, reasons, ...rest } of lossReport({ record: given, funnel: FUNNEL, titles: titles.title })) {
        const absent = given.absent.filter((gap) => gap.stage === stage).length
        if (absent === 2) expect(reasons).toBeNull()
        const totals = given.rows.filter((row) => row.stage === stage && row.vendor === null)
        if (reasons && totals.length > 0) {
          expect(reasons.reduce((sum, { count }) => sum + (count ?? 0), 0)).toBe(
            totals.reduce((sum, { count }) => sum + (count ?? 0), 0),
          )
        }
        for (const { reason } of reasons ?? []) expect(reason.title).toMatch(/\S/)
        lossStageReply.parse({ stage, reasons, ...rest })
      }
    }
  })
})
