import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY, HOUR } from '@/lib/contract/limits'
import type { LossRecord, LossRow } from '@/lib/contract/records'
import { lossStages } from '@/lib/report/losses/losses'
import { coverageOfGaps, disjointWindows, mergeLosses, uncoveredSpans } from './disjoint-windows'

const window = (from: number, to: number, fetchedAt = 0) => ({ from, to, fetchedAt })
const hours = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => window(from + i * HOUR, from + (i + 1) * HOUR))

describe('disjoint windows', () => {
  test('a day is used rather than its hours, and hours are used where no day is stored', () => {
    const day = window(DAY, 2 * DAY)
    const chosen = disjointWindows([...hours(0, 60), day])
    expect(chosen).toHaveLength(24 + 1 + 12)
    expect(chosen).toContain(day)
    expect(uncoveredSpans(chosen, { from: 0, to: 3 * DAY })).toEqual([{ from: 60 * HOUR, to: 3 * DAY }])
  })

  test('the later of two answers for the same time is used', () => {
    expect(disjointWindows([window(0, 10, 1), window(0, 10, 2)])).toEqual([window(0, 10, 2)])
  })

  test('windows and gaps together cover each second exactly once, whatever is stored', () => {
    const spans = fc.array(fc.tuple(fc.nat(50), fc.integer({ min: 1, max: 12 })), { maxLength: 40 })
    fc.assert(
      fc.property(spans, (given) => {
        const all = given.map(([from, long], i) => window(from, from + long, i))
        const chosen = disjointWindows(all)
        const range = { from: 0, to: 70 }
        for (const [i, each] of chosen.entries()) expect(each.from).toBeGreaterThanOrEqual(chosen[i - 1]?.to ?? 0)
        const seconds = [...chosen, ...uncoveredSpans(chosen, range)].reduce((sum, { from, to }) => sum + to - from, 0)
        expect(seconds).toBe(70)
        // A window is left out only if it overlaps a chosen one.
        for (const one of all) expect(chosen.some(({ from, to }) => from < one.to && one.from < to)).toBe(true)
      }),
    )
  })

  test('coverage counts hours and separates expired gaps from gaps that can still be fetched', () => {
    const gaps = [{ from: HOUR, to: 5 * HOUR }]
    expect(coverageOfGaps({ from: 0, to: 10 * HOUR }, gaps, 3 * HOUR, true)).toEqual({
      held: 6,
      expected: 10,
      missing: [
        { from: '1970-01-01T01:00:00.000Z', to: '1970-01-01T03:00:00.000Z', state: 'expired' },
        { from: '1970-01-01T03:00:00.000Z', to: '1970-01-01T05:00:00.000Z', state: 'pending' },
      ],
    })
    expect(coverageOfGaps({ from: 0, to: 10 * HOUR }, gaps, 20 * HOUR, false).missing).toHaveLength(1)
  })
})

const row = (vendor: LossRow['vendor'], code: string, count: number | null, text = ''): LossRow => ({
  stage: 'post_send',
  vendor,
  channel: vendor && 'offline',
  code,
  text,
  count,
})
const record = (rows: LossRow[], absent: LossRecord['absent'] = []): LossRecord => ({ task: 'a', rows, absent })

describe('merged losses', () => {
  test('a code that occurs in every window, and twice in one of them, becomes one row', () => {
    const sum = mergeLosses('', [
      record([row(null, '410', 5), row('apns', '410', 2), row('apns', '410', 3)]),
      record([row(null, '410', 7), row('apns', '410', 7)]),
    ])
    expect(sum.rows).toEqual([row(null, '410', 12), row('apns', '410', 12)])
  })

  test('a code keeps its most frequent text; other texts stay with their vendors', () => {
    const sum = mergeLosses('', [
      record([row(null, '16', 9, 'flow control'), row('oppo', '16', 9, 'flow control')]),
      record([row(null, '16', 4, 'unregistered'), row('xiaomi', '16', 4, 'unregistered')]),
    ])
    const [, after] = lossStages(sum)
    expect(after?.reasons?.map(({ text, count }) => [text, count])).toEqual([
      ['flow control', 9],
      ['unregistered', 4],
    ])
  })

  test('a list absent from one window is absent from the result, and an unknown count stays unknown', () => {
    const gap = { stage: 'post_send', by: 'vendor' } as const
    const sum = mergeLosses('', [record([row(null, '1', 1)]), record([row(null, '1', null)], [gap]), record([], [gap])])
    expect(sum.absent).toEqual([gap])
    expect(sum.rows).toEqual([row(null, '1', null)])
  })

  test('a single record is unchanged, even with two texts for one code', () => {
    const rows = [row(null, '1', 1, 'a'), row(null, '1', 2, 'b')]
    expect(mergeLosses('', [record(rows)])).toEqual({ task: '', rows, absent: [] })
  })
})
