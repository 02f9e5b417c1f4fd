import { describe, expect, test } from 'vitest'
import type { LossStageReply, ReasonRow } from '@/lib/contract/losses'
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
  top: null,
  vendors: [],
  reasons,
})

test('without a comparison or with too little volume there is no change', () => {
  const stages = [stage([row('1', 12)])]
  expect(withChanges(stages, null, () => true)).toEqual(stages)
  expect(withChanges(stages, [stage([])], () => false)).toEqual(stages)
  expect(withChanges(stages, [stage(null)], () => true)).toEqual(stages)
  expect(withChanges(stages, [stage([])], () => true)[0]?.reasons?.[0]?.change).toEqual({ count: 12, before: 0 })
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
