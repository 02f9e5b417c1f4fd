import { expect, test } from 'vitest'
import { forecastBytes } from './forecast'

const after = (growth: Partial<Parameters<typeof forecastBytes>[0]>, months: number) =>
  forecastBytes({ rows: 1_000, rowBytes: 10, perDay: 2, days: null, ...growth }, months)

test('what is kept for good only grows', () => {
  expect([1, 12].map((months) => after({}, months))).toEqual([10_600, 17_200])
})

test('what is kept for days tends to what these days add', () => {
  // 2 a day for 90 days are 180 rows. There are more now, from a busier time.
  expect([1, 6, 24].map((months) => after({ days: 90 }, months))).toEqual([10_000, 1_800, 1_800])
  expect([1, 2, 6].map((months) => after({ days: 90, rows: 0 }, months))).toEqual([600, 1_200, 1_800])
})

test('nothing new and nothing stored is nothing', () => {
  expect(after({ rows: 0, perDay: 0 }, 24)).toBe(0)
})
