import fc from 'fast-check'
import { expect, test } from 'vitest'
import { differenceBetween } from './chance'

test('gives the interval of a published example, widened to 99 %', () => {
  // Newcombe 1998, table II (a): 56/70 against 48/80 has [0.0524, 0.3339] at 95 %.
  const found = differenceBetween({ part: 480, whole: 800 }, { part: 560, whole: 700 })
  expect(found?.difference).toBeCloseTo(0.2)
  expect(found?.low).toBeCloseTo(0.1395, 3)
  expect(found?.high).toBeCloseTo(0.2583, 3)
  expect(found?.beyondChance).toBe(true)
})

test('is silent below the minimum volume and where a part is larger than its whole', () => {
  expect(differenceBetween({ part: 1, whole: 199 }, { part: 100, whole: 500 })).toBeNull()
  expect(differenceBetween({ part: 100, whole: 500 }, { part: 501, whole: 500 })).toBeNull()
})

test('changes only its sign when the sides are swapped, and contains the difference', () => {
  const side = fc
    .tuple(fc.integer({ min: 200, max: 1_000_000 }), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([whole, share]) => ({ whole, part: Math.round(whole * share) }))
  fc.assert(
    fc.property(side, side, (a, b) => {
      const [there, back] = [differenceBetween(a, b), differenceBetween(b, a)]
      if (!there || !back) throw new Error('no difference')
      expect(there.low).toBeLessThanOrEqual(there.difference + 1e-12)
      expect(there.high).toBeGreaterThanOrEqual(there.difference - 1e-12)
      expect(back.low).toBeCloseTo(-there.high, 9)
      expect(back.beyondChance).toBe(there.beyondChance)
    }),
  )
})
