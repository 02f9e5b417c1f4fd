import { expect, test } from 'vitest'
import { maskToken, shortId } from './mask'

test('a token keeps enough to compare it, a short token nothing', () => {
  expect(['', 'short', 'abcdefghijklmnop'].map(maskToken)).toEqual(['', '…', 'abcd…op'])
})

test('a long ID keeps its time and its last characters', () => {
  expect(shortId('batch_667015d4_537529d8_2000005e80aa873_d03ac87_56f5e750')).toBe('batch_667015d4…e750')
  expect(shortId('67120c46_6a4086c0_9bf5fb50_200002d1089b322_2000005d8d46421')).toBe('67120c46…6421')
  expect(shortId('48374_2837546')).toBe('48374_2837546')
})
