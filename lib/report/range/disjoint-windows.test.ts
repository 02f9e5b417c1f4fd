import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY, HOUR } from '@/lib/contract/limits'
import { coverageOfGaps, disjointWindows, uncoveredSpans } from './disjoint-windows'

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
