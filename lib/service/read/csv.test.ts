import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FORMULA_PREFIX } from '@/lib/contract/sheets'
import { type CsvCell, csvOf } from './csv'

/** Reads CSV as a spreadsheet does: doubled quotes, CRLF between rows. */
function parse(text: string): string[][] {
  const rows: string[][] = []
  let [row, cell, quoted]: [string[], string, boolean] = [[], '', false]
  for (let at = 0; at < text.length; at++) {
    const c = text[at] ?? ''
    if (quoted) {
      if (c === '"' && text[at + 1] === '"') {
        cell += '"'
        at++
      } else if (c === '"') quoted = false
      else cell += c
    } else if (c === '"') quoted = true
    else if (c === ',') {
      row.push(cell)
      cell = ''
    } else if (c === '\r' && text[at + 1] === '\n') {
      rows.push([...row, cell])
      row = []
      cell = ''
      at++
    } else cell += c
  }
  return rows
}

const LEFT_OUT = /\p{Bidi_Control}|[^\P{Cc}\t\r\n]/gu
const SIGNS = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫', ' =', '\u3000=', '\t', '\r', '\n']

test.each(SIGNS)('a text that starts with %j gets an apostrophe', (sign) => {
  expect(parse(csvOf(['a'], [[`${sign}cmd|'/c calc'!A1`]]))[1]).toEqual([`'${sign}cmd|'/c calc'!A1`])
})

test('a text with a semicolon is quoted, so that no spreadsheet splits it', () => {
  expect(csvOf(['a', 'b'], [['x;=1+1', 'y']])).toBe('a,b\r\n"x;=1+1",y\r\n')
})

test('characters that change the direction of text or control a terminal are left out, also before a sign', () => {
  expect(csvOf(['a'], [['Redmi\u202e3gnp\u2069\u061c'], ['\u200e=1'], ['\u0000=1'], ['a\u001b[31m']])).toBe(
    'a\r\nRedmi3gnp\r\n"\'=1"\r\n"\'=1"\r\na[31m\r\n',
  )
})

test('joiners inside an emoji stay', () => {
  expect(csvOf(['a'], [['👩‍👩‍👧']])).toBe('a\r\n👩‍👩‍👧\r\n')
})

test('null is an empty cell, and numbers stay numbers', () => {
  expect(csvOf(['a', 'b', 'c'], [[null, -31, 0.5]])).toBe('a,b,c\r\n,-31,0.5\r\n')
})

test('any text is read back as it was, apart from the apostrophe, and no cell is a formula', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('a,b', 'say "x"', 'two\r\nlines', '=1+1', '\r'),
  )
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 2 })), (rows: CsvCell[][]) => {
      const read = parse(csvOf(['a', 'b'], rows)).slice(1)
      const plain = (one: CsvCell) => String(one).replace(FORMULA_PREFIX, '').replace(LEFT_OUT, '')
      expect(read.map((row) => row.map(plain))).toEqual(rows.map((row) => row.map(plain)))
      for (const one of read.flat()) expect(one).not.toMatch(/^\s*[=+\-@＝＋－＠]|^[\t\r\n]/)
    }),
  )
})

test('a text of several lines that starts a formula gets an apostrophe too', () => {
  expect(csvOf(['a'], [['=1\n+2']])).toBe('a\r\n"\'=1\n+2"\r\n')
})

test('a table without rows is its head', () => {
  expect(csvOf(['a', 'b'], [])).toBe('a,b\r\n')
})
