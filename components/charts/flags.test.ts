import fc from 'fast-check'
import { expect, test } from 'vitest'
import { flagsOf } from './flags'

test('no two names overlap, and none leaves the chart', () => {
  const places = fc.uniqueArray(fc.nat(99), { maxLength: 60 })
  fc.assert(
    fc.property(places, fc.constantFrom(1 / 6, 1 / 2), (indexes, least) => {
      const flags = flagsOf(
        indexes.map((i) => ({ i, text: `campaign ${i}` })),
        100,
        least,
      )
      expect(flags.length).toBe(Math.min(flags.length, Math.floor(1 / least + 1e-9)))
      for (const [k, { left, width }] of flags.entries()) {
        expect(width).toBeGreaterThanOrEqual(least - 1e-9)
        expect(left + width).toBeLessThanOrEqual((flags[k + 1]?.left ?? 1) + 1e-9)
      }
      if (indexes.length > 0) expect(flags.map(({ i }) => i)).toContain(indexes[0])
    }),
  )
})

test('a name begins at its place, and near the right edge before it', () => {
  const flags = flagsOf(
    [
      { i: 0, text: 'a' },
      { i: 9, text: 'b' },
    ],
    10,
    1 / 6,
  )
  expect(flags.map(({ left }) => Number(left.toFixed(3)))).toEqual([0, 0.833])
})
