import { expect, test } from 'vitest'
import { toneOf } from './delta'

test('a change is good or bad only beyond what chance and a usual week do', () => {
  expect(toneOf(0.02, 1_000_000)).toBe('good')
  expect(toneOf(-0.02, 1_000_000)).toBe('bad')
  expect(toneOf(-0.004, 1_000_000)).toBeNull()
  expect(toneOf(-0.05, 300)).toBeNull()
  expect(toneOf(-0.2, 300)).toBe('bad')
  expect(toneOf(-0.2, null)).toBeNull()
  expect(toneOf(null, 1_000)).toBeNull()
})
