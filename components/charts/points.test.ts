import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { BucketReply } from '@/lib/contract/funnel'
import { bucketStateOf, isFilling, isHole, labelledIndexes, runsOf, scaleMarks } from './points'

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

test('a stored zero is no hole', () => {
  const states = [bucket({ sent: 0 }), hole].map(bucketStateOf)
  expect(states.map(isHole)).toEqual([false, true])
})

test('groups neighbours into runs', () => {
  const young = bucket({ asOf: '2026-11-19T17:00:00Z' })
  const states = [hole, hole, bucket(), hole, young].map(bucketStateOf)
  expect(runsOf(states, isHole)).toEqual([
    { first: 0, last: 1 },
    { first: 3, last: 3 },
  ])
  expect(runsOf(states, isFilling)).toEqual([{ first: 4, last: 4 }])
})

describe('the scale', () => {
  const of = (...values: (number | null)[]) => [{ values }]

  test('has round marks', () => {
    expect(scaleMarks(of(15_500))).toEqual([0, 5_000, 10_000, 15_000, 20_000])
    expect(scaleMarks(of(3))).toEqual([0, 1, 2, 3])
    expect(scaleMarks(of(0))).toEqual([0, 1])
    expect(scaleMarks([])).toEqual([0, 1])
  })

  test('starts at 0, reaches the largest value, and has two to six whole marks', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 45 }), (largest) => {
        const marks = scaleMarks(of(largest, null))
        expect(marks[0]).toBe(0)
        expect(marks.at(-1)).toBeGreaterThanOrEqual(largest)
        expect(marks.length).toBeGreaterThanOrEqual(2)
        expect(marks.length).toBeLessThanOrEqual(6)
        expect(marks.every(Number.isSafeInteger)).toBe(true)
      }),
    )
  })

  test('of shares is in whole percents', () => {
    expect(scaleMarks(of(0.031), 'share')).toEqual([0, 0.01, 0.02, 0.03, 0.04])
    expect(scaleMarks(of(0.61, null), 'share')).toEqual([0, 0.2, 0.4, 0.6, 0.8])
    expect(scaleMarks(of(1), 'share')).toEqual([0, 0.25, 0.5, 0.75, 1])
    expect(scaleMarks(of(null), 'share')).toEqual([0, 0.01])
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
