import { expect, test } from 'vitest'
import { addOrNull, subtractOrNull, sumOrNull } from './null-sums'

test('an unknown count makes a result unknown', () => {
  expect([addOrNull(2, 3), addOrNull(2, null), addOrNull(null, 3)]).toEqual([5, null, null])
  expect([subtractOrNull(2, 3), subtractOrNull(2, null), subtractOrNull(null, 3)]).toEqual([-1, null, null])
  expect([sumOrNull([1, 2, 3]), sumOrNull([1, null, 3])]).toEqual([6, null])
})

test('the sum of nothing is 0', () => {
  expect(sumOrNull([])).toBe(0)
})
