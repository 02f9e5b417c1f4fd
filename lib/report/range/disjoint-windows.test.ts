import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY, HOUR } from '@/lib/contract/limits'
import type { LossRecord, LossRow } from '@/lib/contract/records'
import { lossStages } from '@/lib/report/losses/losses'
import { coverageOfGaps, disjointWindows, mergeLosses, uncoveredSpans } from './disjoint-windows'

const window = (from: number, to: number, fetchedAt = 0) => ({ from, to, fetchedAt })
const hours = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => window(from + i * HOUR, from + (i + 1) * HOUR))

describe('windows side by side', () => {
  test('a day goes before its hours, and hours fill where no day is held', () => {
    const day = window(DAY, 2 * DAY)
    const tiles = disjointWindows([...hours(0, 60), day])
    expect(tiles).toHaveLength(24 + 1 + 12)
    expect(tiles).toContain(day)
    expect(uncoveredSpans(tiles, { from: 0, to: 3 * DAY })).toEqual([{ from: 60 * HOUR, to: 3 * DAY }])
  })

  test('of two answers to the same time the later one counts', () => {
    expect(disjointWindows([window(0, 10, 1), window(0, 10, 2)])).toEqual([window(0, 10, 2)])
  })

  test('whatever is held, no second is counted twice and no second is lost between tiles and gaps', () => {
    const spans = fc.array(fc.tuple(fc.nat(50), fc.integer({ min: 1, max: 12 })), { maxLength: 40 })
    fc.assert(
      fc.property(spans, (given) => {
        const all = given.map(([from, long], i) => window(from, from + long, i))
        const tiles = disjointWindows(all)
        const range = { from: 0, to: 70 }
        for (const [i, tile] of tiles.entries()) expect(tile.from).toBeGreaterThanOrEqual(tiles[i - 1]?.to ?? 0)
        const seconds = [...tiles, ...uncoveredSpans(tiles, range)].reduce((sum, { from, to }) => sum + to - from, 0)
        expect(seconds).toBe(70)
        // What was left out overlaps something that was taken.
        for (const one of all) expect(tiles.some(({ from, to }) => from < one.to && one.from < to)).toBe(true)
      }),
    )
  })

  test('cover is counted in hours; what Tencent has forgotten stands apart from what can still be asked for', () => {
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
  ...{ stage: 'post_send', vendor, channel: vendor && 'offline', code, text, count },
})
const record = (rows: LossRow[], absent: LossRecord['absent'] = []): LossRecord => ({ task: 'a', rows, absent })

describe('losses added up', () => {
  test('a code that comes in every window, and twice in one of them, is one row', () => {
    const sum = mergeLosses('', [
      record([row(null, '410', 5), row('apns', '410', 2), row('apns', '410', 3)]),
      record([row(null, '410', 7), row('apns', '410', 7)]),
    ])
    expect(sum.rows).toEqual([row(null, '410', 12), row('apns', '410', 12)])
  })

  test('a code has one text over all windows, the most frequent; other texts stand by their vendors', () => {
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

  test('an array that one window lacks is unknown of the whole, and an unknown count stays unknown', () => {
    const gap = { stage: 'post_send', by: 'vendor' } as const
    const sum = mergeLosses('', [record([row(null, '1', 1)]), record([row(null, '1', null)], [gap]), record([], [gap])])
    expect(sum.absent).toEqual([gap])
    expect(sum.rows).toEqual([row(null, '1', null)])
  })

  test('one record alone stays as it is, two texts of one code and all', () => {
    const rows = [row(null, '1', 1, 'a'), row(null, '1', 2, 'b')]
    expect(mergeLosses('', [record(rows)])).toEqual({ task: '', rows, absent: [] })
  })
})
