import { describe, expect, test } from 'vitest'
import type { LossStageReply, LossVendor, ReasonRow } from '@/lib/contract/losses'
import { changeOf, isComparable, withChanges } from './compare'

const row = (code: string, count: number | null, key: string | null = code, text = ''): ReasonRow => ({
  code,
  text,
  count,
  explained: count,
  share: null,
  cumulative: null,
  vendors: [],
  change: null,
  known: null,
  trend: [],
  reason: {
    key,
    title: '',
    meaning: null,
    actor: null,
    fix: null,
    confidence: 'unknown',
    source: null,
  },
})

describe('the change of a reason', () => {
  test('is matched by code and cause, whatever the text', () => {
    expect(changeOf(row('410', 12, 'a', 'Unregistered'), [row('410', 12, 'a')], [row('410', 5, 'a', 'gone')])).toEqual({
      count: 7,
      before: 5,
    })
  })

  test('a code that was absent before was 0; a decrease is negative', () => {
    expect(changeOf(row('1', 12), [row('1', 12)], [])).toEqual({ count: 12, before: 0 })
    expect(changeOf(row('1', 12), [row('1', 12)], [row('1', 40), row('2', 9)])).toEqual({ count: -28, before: 40 })
  })

  test('two texts of one code are each compared with the same text', () => {
    const rows = [row('1', 12, null, 'a'), row('1', 3, null, 'b')]
    expect(changeOf(row('1', 3, null, 'b'), rows, [row('1', 5, null, 'b')])).toEqual({ count: -2, before: 5 })
  })

  test('an unknown count gives no change', () => {
    expect(changeOf(row('1', null), [row('1', null)], [row('1', 3)])).toBeNull()
    expect(changeOf(row('1', 3), [row('1', 3)], [row('1', null)])).toBeNull()
  })
})

const stage = (reasons: ReasonRow[] | null): LossStageReply => ({
  stage: 'post_send',
  lost: 1,
  explained: 1,
  unexplained: 0,
  notReported: 0,
  unavailable: 0,
  unexplainedShare: null,
  change: null,
  notCompared: null,
  gone: [],
  top: null,
  vendors: [],
  reasons,
})

test('without a comparison or with too little volume there is no change', () => {
  const stages = [stage([row('1', 12)])]
  expect(withChanges(stages, null, () => true)).toEqual(stages)
  expect(withChanges(stages, [stage([])], () => false)).toEqual([{ ...stages[0], notCompared: 'few' }])
  expect(withChanges(stages, [stage(null)], () => true)[0]?.reasons).toEqual(stages[0]?.reasons)
  expect(withChanges(stages, [stage([])], () => true)[0]?.reasons?.[0]?.change).toEqual({ count: 12, before: 0 })
})

test('reasons that no longer occur are listed, so that a cause is compared with all its codes of before', () => {
  const [one] = withChanges(
    [stage([row('1', 12)])],
    [stage([row('1', 5), row('2', 40, 'a'), row('3', null)])],
    () => true,
  )
  expect(one?.gone).toEqual([{ code: '2', key: 'a', actor: null, before: 40 }])
})

describe('the change of a stage', () => {
  const vendor = (name: string, delivery: LossVendor['delivery'], lost: number): LossVendor => {
    return { vendor: name, channel: 'offline', delivery, lost, explained: 0, unexplained: lost, notReported: 0 }
  }
  const sums = (lost: number | null, vendors: LossVendor[]): LossStageReply => ({ ...stage([]), lost, vendors })
  const change = (now: LossStageReply, before: LossStageReply) => withChanges([now], [before], () => true)[0]

  test('is that of its sums; an unknown sum has none', () => {
    const both = [vendor('oppo', 'reported', 9), vendor('apns', 'unreported', 0)]
    expect(change(sums(90, both), sums(60, both))?.change).toMatchObject({
      lost: { count: 30, before: 60 },
      notReported: { count: 0, before: 0 },
    })
    expect(change(sums(null, both), sums(60, both))?.change?.lost).toBeNull()
  })

  test('is not given where receipts began or ended, because the loss then counts other vendors', () => {
    const before = [vendor('huawei', 'unreported', 0)]
    expect(change(sums(90, [vendor('huawei', 'reported', 90)]), sums(0, before))).toMatchObject({
      change: null,
      notCompared: 'receipts',
    })
    const within = [vendor('huawei', 'partial', 40)]
    expect(change(sums(40, within), sums(40, within))?.notCompared).toBe('receipts')
    // A vendor that is new has no receipts that could have begun.
    expect(change(sums(90, [vendor('huawei', 'reported', 90)]), sums(0, []))?.notCompared).toBeNull()
  })
})

test('the volume is what the stage could have lost, on both sides, at the chosen vendor', () => {
  const funnel = (sendable: number, sent: number) => {
    const counts = { sendable, sent, delivered: 0, clicked: 0 }
    // Only the counts are read.
    return { total: counts, rows: [{ vendor: 'oppo', ...counts, sent: 5 }] } as never
  }
  expect(isComparable('ready_to_send', undefined, [funnel(200, 0), funnel(900, 0)])).toBe(true)
  expect(isComparable('post_send', undefined, [funnel(200, 199), funnel(900, 900)])).toBe(false)
  expect(isComparable('post_send', 'oppo', [funnel(900, 900), funnel(900, 900)])).toBe(false)
  expect(isComparable('post_send', undefined, [funnel(900, 900), null])).toBe(false)
})
