import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvOf } from '@/lib/service/read/csv'
import { DELIMITERS, readCsv } from './read-csv'

const cells = (text: string, delimiter: (typeof DELIMITERS)[number] = ',') =>
  readCsv(text, delimiter).map((record) => record.cells)

test.each([
  [
    'CRLF, LF and CR part lines',
    'a,b\r\nc,d\ne,f\rg,h',
    [
      ['a', 'b'],
      ['c', 'd'],
      ['e', 'f'],
      ['g', 'h'],
    ],
  ],
  ['a mark of byte order is none of the text', '\ufeffa,b', [['a', 'b']]],
  ['blank lines say nothing', 'a\n\n , \n\r\nb\n', [['a'], ['b']]],
  [
    'quotes hold delimiters, breaks and doubled quotes',
    '"a,1","two\r\nlines","say ""x"""',
    [['a,1', 'two\r\nlines', 'say "x"']],
  ],
  ['a quote inside a word is a quote', 'a "b" c,5" disk', [['a "b" c', '5" disk']]],
  [
    'a quote never closed swallows nothing',
    '"a,b\nc,d',
    [
      ['"a', 'b'],
      ['c', 'd'],
    ],
  ],
  ['what follows a closed quote stays', '"a"b ,c', [['ab', 'c']]],
  ['empty cells stay in their place', ',a,,b,', [['', 'a', '', 'b', '']]],
])('%s', (_, text, expected) => {
  expect(cells(text)).toEqual(expected)
})

test('tells the line each record begins on', () => {
  expect(readCsv('\r\na\r\n"b\n\nb"\nc\n\nd', ',').map(({ line }) => line)).toEqual([2, 3, 6, 8])
})

test('a quote open for longer than any cell is given up, so that one typing error costs one line', () => {
  const text = `"open\n${'x\n'.repeat(5_000)}"late`
  expect(readCsv(text, ',')).toHaveLength(5_002)
})

test('whatever we export is read back as it was', () => {
  const cell = fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => text.trim())
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 8 }), (rows) => {
      const kept = rows.filter((row) => row.some((one) => one !== ''))
      const read = cells(csvOf(['h'], rows)).slice(1)
      expect(read.map((row) => row.map((one) => one.replace(/^'(?=[=+\-@])/, '')))).toEqual(
        kept.map((row) => row.map((one) => one.replace(/^'(?=[=+\-@])/, ''))),
      )
    }),
  )
})

test('arbitrary text never throws, and no letter of it is lost', () => {
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
