import fc from 'fast-check'
import { expect, test } from 'vitest'
import { flagsOf } from './flags'

test('no two names overlap, and none leaves the chart', () => {
  const places = fc.uniqueArray(fc.nat(99), { maxLength: 60 })
  fc.assert(
    fc.property(places, fc.constantFrom(1 / 8, 2 / 5), (indexes, least) => {
      const flags = flagsOf(
        indexes.map((i) => ({ i, text: `campaign ${i}` })),
        100,
        least,
      )
      for (const [k, { left, width }] of flags.entries()) {
        expect(left).toBeGreaterThanOrEqual(0)
        expect(width).toBeGreaterThanOrEqual(least / 2 - 1e-9)
        expect(left + width).toBeLessThanOrEqual((flags[k + 1]?.left ?? 1) + 1e-9)
      }
      if (indexes.length > 0) expect(flags.map(({ i }) => i)).toContain(indexes[0])
    }),
  )
})

test('a name stands after its pole, and near the right edge before it', () => {
  const places = [0, 9].map((i) => ({ i, text: `campaign ${i}` }))
  expect(flagsOf(places, 10, 1 / 8).map(({ pole, left, side }) => [pole, Number(left.toFixed(3)), side])).toEqual([
    [0.05, 0.05, 'after'],
    [0.95, 0.825, 'before'],
  ])
})

test('seven days of a week all have their name', () => {
  const places = Array.from({ length: 7 }, (_, i) => ({ i, text: `campaign ${i}` }))
  expect(flagsOf(places, 7, 1 / 8)).toHaveLength(7)
})
