import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ENTRIES, TENCENT_CODES } from './dictionary'
import { searchEntries, searchTencent } from './search'

const found = (given: string) => searchEntries(given, 50).map(({ vendor, code }) => `${vendor} ${code}`)

test('a code comes first, at every vendor that uses it', () => {
  expect(found('16').slice(0, 2).sort()).toEqual(['oppo 16', 'xiaomi 16'])
  expect(found('-1')).toContain('tencent -1')
  expect(found(' unregistered ')).toContain('apns 410')
})

test('words are found in any order, with the vendor among them', () => {
  expect(found('token huawei invalid')).toContain('huawei 80300007')
  expect(found('没有上传token')).toContain('tencent -2')
})

test('every entry is found by its code and by its name', () => {
  for (const entry of ENTRIES) {
    expect(searchEntries(entry.code, ENTRIES.length)).toContain(entry)
    expect(searchEntries(entry.name, ENTRIES.length)).toContain(entry)
  }
})

test('a code of Tencent’s own answers comes first by its number, and is found by its meaning', () => {
  expect(TENCENT_CODES).toHaveLength(93)
  for (const one of TENCENT_CODES) {
    expect(searchTencent(` ${one.code} `, 1)).toEqual([one])
    expect(searchTencent(one.meaning, TENCENT_CODES.length)).toContain(one)
  }
  expect([searchTencent('', 5), searchTencent('no such words', 5)]).toEqual([[], []])
})

test('an empty or unknown text finds nothing', () => {
  expect(found('')).toEqual([])
  expect(found('  ')).toEqual([])
  expect(found('no such words anywhere')).toEqual([])
  expect(searchEntries('token', 3)).toHaveLength(3)
})

test('every text gets an answer', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => searchEntries(text, 5).length <= 5))
})
