import { expect, test } from 'vitest'
import { normalEmail } from './email'

test.each([
  ['pm@example.com', 'pm@example.com'],
  ['  PM@Example.COM ', 'pm@example.com'],
  ['first.last+tag@mail.example.co.kr', 'first.last+tag@mail.example.co.kr'],
])('%s is %s', (given, normal) => {
  expect(normalEmail(given)).toBe(normal)
})

test.each([
  ['nothing', ''],
  ['no at', 'example.com'],
  ['two ats', 'a@b@example.com'],
  ['a list', 'a@example.com,b@example.com'],
  ['a space', 'a b@example.com'],
  ['a line end', 'a@example.com\nb@example.com'],
  ['a zero byte', 'a\0@example.com'],
  ['a display name', 'PM <pm@example.com>'],
  ['letters that only look the same', 'рm@example.com'],
  ['a full-width at', 'pm＠example.com'],
  ['255 characters', `${'a'.repeat(243)}@example.com`],
  ['a megabyte', `${'a'.repeat(1_000_000)}@example.com`],
])('%s is not an address', (_, given) => {
  expect(normalEmail(given)).toBeNull()
})

test('two spellings that fold to the same letter are not the same person', () => {
  // The Kelvin sign folds to k in lower case.
  expect(normalEmail('\u212aim@example.com')).toBeNull()
})
