import { expect, test } from 'vitest'
import type { LossStageReply, ReasonRow } from '@/lib/contract/losses'
import { markKnownReasons, type ReasonMark } from './known-reasons'

const row = (code: string, count: number, cumulative: number): ReasonRow => ({
  code,
  text: '',
  count,
  explained: count,
  share: count / 100,
  cumulative,
  vendors: [],
  change: null,
  known: null,
  trend: [],
  reason: {
    key: null,
    title: '',
    meaning: null,
    actor: null,
    fix: null,
    confidence: 'unknown',
    source: null,
  },
})
const STAGE: LossStageReply = {
  stage: 'post_send',
  lost: 100,
  explained: 100,
  unexplained: 0,
  notReported: 0,
  unavailable: 0,
  unexplainedShare: null,
  change: null,
  notCompared: null,
  gone: [],
  top: null,
  vendors: [],
  reasons: [row('1', 60, 0.6), row('2', 30, 0.9), row('3', 10, 1)],
}
const MARK: ReasonMark = { stage: 'post_send', code: '1', until: 0, note: 'renewing', baseCount: 70, baseDays: 7 }
const shown = (mark: ReasonMark, count: number | null, days: number) =>
  markKnownReasons([STAGE], [mark], () => ({ count, days }))[0]?.reasons ?? []

test('a known reason stays in the totals and goes behind the others', () => {
  const rows = shown(MARK, 70, 7)
  expect(rows.map(({ code, count, known }) => [code, count, known?.note])).toEqual([
    ['2', 30, undefined],
    ['3', 10, undefined],
    ['1', 60, 'renewing'],
  ])
  expect(rows.map(({ cumulative }) => cumulative?.toFixed(2))).toEqual(['0.30', '0.40', '1.00'])
})

test.each([
  [139, 7, false],
  [140, 7, true],
  // With fewer stored days the count per day decides.
  [40, 2, true],
  [30, 2, false],
  [null, 0, false],
])('%o in %i days after 10 a day: doubled %o', (count, days, doubled) => {
  const rows = shown(MARK, count, days)
  expect(rows.find(({ code }) => code === '1')?.known?.doubled).toBe(doubled)
  expect(rows[0]?.code).toBe(doubled ? '1' : '2')
})

test('a mark without a base count never doubles; a mark at 0 doubles with any count', () => {
  expect(shown({ ...MARK, baseCount: null, baseDays: 0 }, 900, 7)[2]?.known?.doubled).toBe(false)
  expect(shown({ ...MARK, baseCount: 0 }, 1, 7)[0]?.known?.doubled).toBe(true)
  expect(shown({ ...MARK, baseCount: 0 }, 0, 7)[2]?.known?.doubled).toBe(false)
})

test('a mark does not apply to the same code in the other stage', () => {
  expect(shown({ ...MARK, stage: 'ready_to_send' }, 70, 7)).toEqual(STAGE.reasons)
})
