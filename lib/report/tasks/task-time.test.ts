import { expect, test } from 'vitest'
import { sheetTime } from './task-time'

const at = (iso: string) => Date.parse(iso) / 1_000

test.each([
  ['2026-11-20', '2026-11-20T00:00+08:00'],
  ['2026-11-20 14:05', '2026-11-20T14:05+08:00'],
  ['2026/1/2 3:04:05', '2026-01-02T03:04:05+08:00'],
  ['2026-11-20T14:05:06.789Z', '2026-11-20T14:05:06Z'],
  ['2026-11-20T14:05:06-0330', '2026-11-20T14:05:06-03:30'],
  ['2026年11月20日 14:05', '2026-11-20T14:05+08:00'],
  ['2026년 11월 20일 14:05', '2026-11-20T14:05+08:00'],
  ['2026. 11. 20. 14:05', '2026-11-20T14:05+08:00'],
  ['２０２６－１１－２０　１４：０５', '2026-11-20T14:05+08:00'],
  ['1763618706', '2025-11-20T06:05:06Z'],
  ['1763618706789', '2025-11-20T06:05:06Z'],
])('%s is a time, at the app’s offset if it has no zone', (text, iso) => {
  expect(sheetTime(text, 480)).toBe(at(iso))
})

test.each([
  ['a date with day or month first', '03/04/2026'],
  ['a day that does not exist', '2026-02-30'],
  ['an hour that does not exist', '2026-11-20 24:00'],
  ['a number that is not a time', '12345'],
  ['another century', '1999-01-01'],
  ['words', 'yesterday'],
  ['nothing', ''],
  ['a text that is too long', `2026-11-20${' '.repeat(100)}14:05`],
])('%s is refused', (_, text) => {
  expect(sheetTime(text, 480)).toBeNull()
})
