import { describe, expect, test } from 'vitest'
import { lossStageReply } from '@/lib/contract/losses'
import type { LossRecord, LossRow, VendorCounts } from '@/lib/contract/records'
import type { Vendor } from '@/lib/contract/vendors'
import { reportingOf } from '@/lib/report/funnel/reporting'
import { readSample, sampleNames } from '@/lib/timpush/testing/samples'
import titles from '@/messages/en/reasons.json'
import { type LossInput, lossReport } from './loss-report'
import type { LossWindow } from './loss-vendors'

const NO_PAST = reportingOf({ recent: [], periods: [] })

type Counts = NonNullable<LossWindow['counts']>
const funnelOf = (total: Counts['total'], rows: VendorCounts[]): Counts => ({ total, rows })

/** One window with losses and counts. */
const input = (given: LossRecord | null, counts: Counts | null, more: Partial<LossInput> = {}): LossInput => ({
  windows: given || counts ? [{ from: 0, to: 3_600, record: given, counts, reasonsGone: false }] : [],
  reporting: NO_PAST,
  titles: titles.title,
  ...more,
})

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
const afterSending = ({
  record: given,
  funnel,
  vendor,
}: {
  record: LossRecord | null
  funnel: Counts | null
  vendor?: string
}) => lossReport(input(given, funnel, { vendor }))[1]

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
    const [before] = lossReport(input(record(CODES), FUNNEL))
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

  test('codes of a vendor that does not report are still listed, without a share of the loss', () => {
    expect(
      afterSending({ record: record(CODES), funnel: FUNNEL })?.reasons?.map(({ code, share }) => [code, share]),
    ).toEqual([
      ['16', 0.75],
      ['410', null],
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
      unexplainedShare: null,
      change: null,
      notCompared: null,
      gone: [],
      unavailable: null,
      notReported: null,
      top: null,
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
      reasons: [
        { count: 150, share: 1 },
        { count: 30, explained: 0, share: null },
      ],
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

describe('what has no statistic behind it is unknown', () => {
  const codes = [lost('post_send', null, '16', 40), lost('post_send', 'xiaomi', '16', 40)]

  test('without vendor rows nothing is "0 lost" and nothing "not reported", although losses are there', () => {
    const total = { sendable: 1_500, sent: 1_300, delivered: 700, clicked: 0 }
    const stages = lossReport(input(record(codes), funnelOf(total, [])))
    expect(stages[0]).toMatchObject({ lost: 200, explained: 0, unexplained: 200 })
    expect(stages[1]).toMatchObject({ lost: null, explained: 40, unexplained: null, notReported: null })
    expect(stages[1]?.vendors).toMatchObject([{ vendor: 'xiaomi', lost: null, explained: 40, unexplained: null }])
  })

  test('a vendor with codes but without a row has an unknown loss, and so has the stage', () => {
    const rows = [lost('post_send', 'oppo', '16', 40), lost('post_send', 'meizu', '3', 9)]
    const stage = afterSending({ record: record(rows), funnel: FUNNEL })
    expect(stage?.vendors).toMatchObject([
      { vendor: 'apns', lost: 0, notReported: 400 },
      { vendor: 'xiaomi', lost: 200, explained: 0 },
      { vendor: 'meizu', delivery: 'unknown', lost: null, explained: null, notReported: null },
      { vendor: 'oppo', delivery: 'reported', lost: null, explained: 40, unexplained: null },
    ])
    expect(stage).toMatchObject({ lost: null, explained: 40, unexplained: null, notReported: null })
  })

  test('a vendor that reports nothing keeps the loss of the others known', () => {
    const stage = afterSending({ record: record([lost('post_send', 'meizu', '3', 9)]), funnel: FUNNEL })
    expect(stage).toMatchObject({ lost: 200, explained: 0, unexplained: 200 })
  })

  test('a window without a row of a vendor that has rows elsewhere: it sent nothing there', () => {
    const windows = [CODES, codes].map((rows, i) => ({
      ...{ from: i * 3_600, to: (i + 1) * 3_600, reasonsGone: false, record: record(rows) },
      counts:
        i === 0 ? FUNNEL : funnelOf({ sendable: 9, sent: 9, delivered: 0, clicked: 0 }, [counts('apns', 9, 9, 0)]),
    }))
    expect(lossReport(input(null, null, { windows }))[1]).toMatchObject({ lost: 200, explained: 190, notReported: 409 })
  })
})

describe('losses that were not collected in time', () => {
  test('are unexplained, and their reasons are unavailable', () => {
    const windows = [{ from: 0, to: 3_600, record: null, counts: FUNNEL, reasonsGone: true }]
    expect(lossReport(input(null, null, { windows }))).toMatchObject([
      { lost: 200, explained: 0, unexplained: 200, unavailable: 200, reasons: null },
      { lost: 200, explained: 0, unexplained: 200, unavailable: 200, notReported: 400, reasons: null },
    ])
  })

  test('add to those of another task', () => {
    const gone = { from: 0, to: 3_600, record: null, counts: FUNNEL, reasonsGone: true }
    const held = { ...gone, record: record(CODES), reasonsGone: false }
    expect(lossReport(input(null, null, { windows: [gone, held] }))[1]).toMatchObject({
      ...{ lost: 400, explained: 150, unexplained: 250, unavailable: 200 },
      reasons: [{ code: '16', share: 150 / 400 }, { code: '410' }],
    })
  })
})

test('vendor rows that do not add up to the total get a row for the rest', () => {
  const short = funnelOf({ sendable: 2_000, sent: 1_500, delivered: 700, clicked: 0 }, ROWS)
  const [before, after] = lossReport(input(record(CODES), short))
  expect(before).toMatchObject({ lost: 500, explained: 150 })
  expect(before?.vendors.at(-1)).toMatchObject({ vendor: null, lost: 300, explained: 0, unexplained: 300 })
  expect(after).toMatchObject({ lost: 200, notReported: 600 })
  expect(after?.vendors.at(-1)).toMatchObject({ vendor: null, lost: 0, explained: 0, notReported: 200 })
})

describe('every sample of a loss answer', () => {
  const samples = sampleNames().filter((name) => name.includes('_push_loss.') && !name.includes('anonymous'))

  test.each(samples)('%s is reported completely: every code has a title, and no count is lost', (name) => {
    const answer = readSample(name) as { results: LossRecord[] }
    expect(answer.results.length).toBeGreaterThan(0)
    for (const given of answer.results) {
      for (const { stage, reasons, ...rest } of lossReport(input(given, FUNNEL))) {
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
