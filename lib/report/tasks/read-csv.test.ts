import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FORMULA_PREFIX } from '@/lib/contract/sheets'
import { csvOf } from '@/lib/service/read/csv'
import { DELIMITERS, readCsv } from './read-csv'

const LEFT_OUT = /\p{Bidi_Control}|[^\P{Cc}\t\r\n]/gu
const cells = (text: string, delimiter: (typeof DELIMITERS)[number] = ',') =>
  readCsv(text, delimiter).map((record) => record.cells)

test.each([
  [
    'CRLF, LF and CR all end a line',
    'a,b\r\nc,d\ne,f\rg,h',
    [
      ['a', 'b'],
      ['c', 'd'],
      ['e', 'f'],
      ['g', 'h'],
    ],
  ],
  ['a byte order mark is not part of the text', '\ufeffa,b', [['a', 'b']]],
  ['blank lines are left out', 'a\n\n , \n\r\nb\n', [['a'], ['b']]],
  [
    'quotes may contain delimiters, line breaks and doubled quotes',
    '"a,1","two\r\nlines","say ""x"""',
    [['a,1', 'two\r\nlines', 'say "x"']],
  ],
  ['a quote inside a word is an ordinary character', 'a "b" c,5" disk', [['a "b" c', '5" disk']]],
  [
    'an unclosed quote swallows nothing',
    '"a,b\nc,d',
    [
      ['"a', 'b'],
      ['c', 'd'],
    ],
  ],
  ['text after a closed quote is kept', '"a"b ,c', [['ab', 'c']]],
  ['empty cells stay in their place', ',a,,b,', [['', 'a', '', 'b', '']]],
])('%s', (_, text, expected) => {
  expect(cells(text)).toEqual(expected)
})

test('reports the line where each record begins', () => {
  expect(readCsv('\r\na\r\n"b\n\nb"\nc\n\nd', ',').map(({ line }) => line)).toEqual([2, 3, 6, 8])
})

test('a quote that stays open too long is an ordinary character, so that one typing error costs one line', () => {
  const text = `"open\n${'x\n'.repeat(5_000)}"late`
  expect(readCsv(text, ',')).toHaveLength(5_002)
})

test('our own export is read back unchanged', () => {
  const cell = fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => text.trim())
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 8 }), (rows) => {
      const kept = rows.filter((row) => row.some((one) => one !== ''))
      const read = cells(csvOf(['h'], rows)).slice(1)
      const plain = (one: string) => one.replace(FORMULA_PREFIX, '').replace(LEFT_OUT, '')
      expect(read.map((row) => row.map(plain))).toEqual(kept.map((row) => row.map(plain)))
    }),
  )
})

test('any text is read without an error and without losing a letter', () => {
  const letters = (text: string) => text.replace(/[\s",;\ufeff]/g, '').length
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('"', '""', ',', ';', '\t', '\n', '\r\n', 'a', '가', ' ', '\ufeff', '\0', '\ud800')),
      fc.constantFrom(...DELIMITERS),
      (parts, delimiter) => {
        const text = parts.join('')
        expect(letters(cells(text, delimiter).flat().join(''))).toBe(letters(text))
      },
    ),
  )
})
