import { expect, test } from 'vitest'
import { etaOf, Latency } from './estimate'

const lane = { spacingMs: 1_000, latencyMs: 200 }

test('the estimate is the time to the slot, the calls and gaps before, and the own call', () => {
  expect(etaOf({ place: 1, untilSlotMs: 0, ...lane })).toBe(200)
  expect(etaOf({ place: 1, untilSlotMs: 30_000, ...lane })).toBe(30_200)
  expect(etaOf({ place: 4, untilSlotMs: 500, ...lane })).toBe(500 + 3 * 1_200 + 200)
})

test('a slot that has already come does not make the answer come in the past', () => {
  expect(etaOf({ place: 1, untilSlotMs: -5_000, ...lane })).toBe(200)
})

test('latency begins with a guess, takes the first call as it is, and follows later ones slowly', () => {
  const latency = new Latency()
  expect(latency.ms).toBe(300)
  latency.add(100)
  expect(latency.ms).toBe(100)
  latency.add(1_100)
  expect(latency.ms).toBe(300)
})
