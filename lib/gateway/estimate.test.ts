import { expect, test } from 'vitest'
import { etaOf, Latency } from './estimate'

const lane = { spacingMs: 1_000, latencyMs: 200 }

test('the estimate adds the time to the next slot, earlier calls with their gaps, and the own call', () => {
  expect(etaOf({ place: 1, untilSlotMs: 0, ...lane })).toBe(200)
  expect(etaOf({ place: 1, untilSlotMs: 30_000, ...lane })).toBe(30_200)
  expect(etaOf({ place: 4, untilSlotMs: 500, ...lane })).toBe(500 + 3 * 1_200 + 200)
})

test('a slot in the past does not move the estimate into the past', () => {
  expect(etaOf({ place: 1, untilSlotMs: -5_000, ...lane })).toBe(200)
})

test('latency starts with a guess, adopts the first call, and follows later calls slowly', () => {
  const latency = new Latency()
  expect(latency.ms).toBe(300)
  latency.add(100)
  expect(latency.ms).toBe(100)
  latency.add(1_100)
  expect(latency.ms).toBe(300)
})
