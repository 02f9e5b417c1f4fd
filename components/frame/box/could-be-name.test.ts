import { expect, test } from 'vitest'
import { searchQuery } from '@/lib/contract/tasks'
import { couldBeName } from './could-be-name'

test.each([
  ['a word', 'sale', true],
  ['a Korean word', '세일', true],
  ['the longest name', 'x'.repeat(200), true],
  ['one letter', 's', false],
  ['nothing', '', false],
  ['a list of IDs', 'x'.repeat(201), false],
  ['a line of a sheet', 'sale\tvip', false],
  ['several lines', 'sale\nvip', false],
  ['half a character', 'sale\ud800', false],
])('%s', (_, text, expected) => {
  expect(couldBeName(text)).toBe(expected)
  if (expected) expect(searchQuery.safeParse({ q: text }).success).toBe(true)
})
