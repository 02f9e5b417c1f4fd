import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dose, figure } from '@/lib/testing/dose'
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

/** A small generator, so that every run draws the same campaigns. */
function randomOf(seed: number): () => number {
  let state = seed * 2_654_435_761
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

function drawn(random: () => number, rate: number, whole: number) {
  let part = 0
  for (let i = 0; i < whole; i++) if (random() < rate) part++
  return { part, whole }
}

test('finds a true difference of 3 points in 20,000 sent, and rarely one that is not there', () => {
  const seeds = dose(40, 200)
  let [wrong, missed] = [0, 0]
  for (let seed = 1; seed <= seeds; seed++) {
    const random = randomOf(seed)
    const rate = 0.4 + 0.5 * random()
    const first = drawn(random, rate, 20_000)
    if (differenceBetween(first, drawn(random, rate, 20_000))?.beyondChance) wrong++
    if (!differenceBetween(first, drawn(random, rate + 0.03, 20_000))?.beyondChance) missed++
  }
  figure(
    'Chance',
    `${seeds} pairs of campaigns with 20,000 sent each: ${wrong} of the equal ones were called different, ${missed} of those with 3 points between them were called equal`,
  )
  expect(wrong).toBeLessThanOrEqual(Math.ceil(seeds * 0.03))
  expect(missed).toBe(0)
})
