import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { BucketReply } from '@/lib/contract/funnel'
import {
  bucketStateOf,
  isAlone,
  isFilling,
  isHole,
  labelledIndexes,
  type Point,
  pointsOf,
  runsOf,
  scaleMarks,
} from './points'

function bucket(over: Partial<BucketReply> = {}): BucketReply {
  return {
    from: '2026-11-18T16:00:00Z',
    to: '2026-11-19T16:00:00Z',
    state: 'held',
    final: false,
    asOf: '2026-11-25T00:00:00Z',
    sendable: 10,
    sent: 9,
    delivered: 5,
    clicked: 1,
    rates: { delivery: null, click: null },
    ...over,
  }
}
const hole = bucket({ state: 'missing', asOf: null, sendable: null, sent: null, delivered: null, clicked: null })

describe('the state of a bucket', () => {
  test('is filling while its last fetch is less than two days after its end, unless it is final', () => {
    const young = bucket({ asOf: '2026-11-20T16:00:00Z' })
    expect(bucketStateOf(young)).toBe('filling')
    expect(bucketStateOf({ ...young, state: 'stale' })).toBe('filling')
    expect(bucketStateOf({ ...young, final: true })).toBe('final')
    expect(bucketStateOf(bucket({ asOf: '2026-11-21T16:00:00Z' }))).toBe('held')
  })

  test('is the reply’s own state when nothing is stored', () => {
    for (const state of ['pending', 'missing', 'expired', 'future'] as const) {
      expect(bucketStateOf({ ...hole, state })).toBe(state)
    }
  })
})

test('treats null as a hole and zero as a value', () => {
  const zero = bucket({ sent: 0, delivered: 0, clicked: 0 })
  const points = pointsOf([zero, hole])
  expect(points.map(({ sent }) => sent)).toEqual([0, null])
  expect(points.map(isHole)).toEqual([false, true])
})

test('groups neighbours into runs', () => {
  const points = pointsOf([hole, hole, bucket(), hole, bucket({ asOf: '2026-11-19T17:00:00Z' })])
  expect(runsOf(points, isHole)).toEqual([
    { first: 0, last: 1 },
    { first: 3, last: 3 },
  ])
  expect(runsOf(points, isFilling)).toEqual([{ first: 4, last: 4 }])
})

test('finds a value that has holes on both sides', () => {
  const points = pointsOf([bucket(), hole, bucket(), bucket()])
  expect(points.map((_, i) => isAlone(points, i, 'sent'))).toEqual([true, false, false, false])
})

describe('the scale', () => {
  const of = (sent: number): Point[] => [{ i: 0, sent, delivered: null, clicked: null, state: 'held' }]

  test('has round marks', () => {
    expect(scaleMarks(of(15_500), ['sent'])).toEqual([0, 5_000, 10_000, 15_000, 20_000])
    expect(scaleMarks(of(3), ['sent'])).toEqual([0, 1, 2, 3])
    expect(scaleMarks(of(0), ['sent'])).toEqual([0, 1])
    expect(scaleMarks([], ['sent'])).toEqual([0, 1])
  })

  test('starts at 0, reaches the largest value, and has two to six whole marks', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 45 }), (largest) => {
        const marks = scaleMarks(of(largest), ['sent'])
        expect(marks[0]).toBe(0)
        expect(marks.at(-1)).toBeGreaterThanOrEqual(largest)
        expect(marks.length).toBeGreaterThanOrEqual(2)
        expect(marks.length).toBeLessThanOrEqual(6)
        expect(marks.every(Number.isSafeInteger)).toBe(true)
      }),
    )
  })

  test('ignores lines that are not drawn', () => {
    const points: Point[] = [{ i: 0, sent: 4, delivered: 900, clicked: 1, state: 'held' }]
    expect(scaleMarks(points, ['sent', 'clicked']).at(-1)).toBe(4)
  })
})

test('labels at most five places, always the first', () => {
  expect(labelledIndexes(0)).toEqual([])
  expect(labelledIndexes(7)).toEqual([0, 2, 4, 6])
  for (let count = 1; count <= 2_000; count++) {
    const labelled = labelledIndexes(count)
    expect(labelled[0]).toBe(0)
    expect(labelled.length).toBeLessThanOrEqual(5)
    expect(labelled.at(-1)).toBeLessThan(count)
  }
})
