import { expect, test } from 'vitest'
import { unusualNetworks } from './unusual-networks'

/** `counts[0]` is the last 7 days. */
const of = (...counts: number[]) =>
  unusualNetworks(
    counts.map((networks, week) => ({ week, networks })),
    counts.length - 1,
  )

test('fewer than 10 networks in a week are never unusual', () => {
  expect(of(9, 1, 1, 1)).toEqual({ count: 9, unusual: false })
  expect(of(10, 1, 1, 1)).toEqual({ count: 10, unusual: true })
})

test('more than three times the median of the weeks before is unusual, three times is not', () => {
  expect(of(12, 4, 4, 4).unusual).toBe(false)
  expect(of(13, 4, 4, 4).unusual).toBe(true)
  expect(of(40, 3, 5, 30, 20).unusual).toBe(true)
  // The median of 3, 5, 20 and 30 is 12.5.
  expect(of(37, 3, 5, 30, 20).unusual).toBe(false)
  expect(of(38, 3, 5, 30, 20).unusual).toBe(true)
})

test('weeks without an opening count as 0, and one busy week is not the usual', () => {
  const weeks = [
    { week: 0, networks: 10 },
    { week: 3, networks: 50 },
  ]
  expect(unusualNetworks(weeks, 3).unusual).toBe(true)
  expect(unusualNetworks(weeks, 0)).toEqual({ count: 10, unusual: true })
  expect(unusualNetworks([], 5)).toEqual({ count: 0, unusual: false })
})
