import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { pastedParts } from './report/paste/parts'
import { recognise } from './report/paste/recognise'
import { superlinear } from './testing/growth'
import { attacksOn, textOf } from './testing/pattern-attacks'
import { regexLiterals } from './testing/regex-literals'

/**
 * Every pattern of the product takes time in proportion to its text, so that no pasted or received text holds the server.
 * Each is tried with 40 kB of its own beginnings.
 */
const ROOT = resolve(import.meta.dirname, '..')
const LENGTH = 40_000
const FOLDERS = ['app', 'components', 'lib', 'server']
/** Its text is a number of ours, of at most 21 digits. */
const NUMBERS = 'components/i18n/number.ts'

const files = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name))),
).filter((file) => !/\.test\.|(^|\/)testing\//.test(file))
const patterns = files
  .filter((file) => file !== NUMBERS)
  .flatMap((file) =>
    regexLiterals(readFileSync(join(ROOT, file), 'utf8')).map((pattern) => ({ file, pattern, text: String(pattern) })),
  )

/** Uses a pattern up to the end of a text, as `replace` and `matchAll` do. */
const use = ({ source, flags }: RegExp) => {
  const all = new RegExp(source, flags.includes('g') ? flags : `${flags}g`)
  return (text: string) => text.replace(all, '')
}

test('the patterns of the product are found', () => {
  expect(patterns.length).toBeGreaterThan(100)
  expect(patterns.map(({ file }) => file)).toContain('lib/service/read/sealed-lookup.ts')
})

test('a quadratic pattern is caught', { timeout: 60_000 }, () => {
  const address = /\/lookup(?:\?(?:[^\s#]*&)?k=(s1\.[\w-]+))/
  const spaces = /name\s*["']?\s*:/
  for (const pattern of [address, spaces, /\s+$/, /<[^>]*>x/])
    expect(worst(pattern, LENGTH / 4), String(pattern)).not.toBeNull()
})

test.each(patterns)('$file: $text', ({ pattern }) => {
  expect(worst(pattern)).toBeNull()
})

/** Returns the beginning of a text that takes a pattern too long; null where all take time in proportion. */
function worst(pattern: RegExp, most = LENGTH): string | null {
  const work = use(pattern)
  const found = attacksOn(pattern).find((attack) => superlinear(work, (length) => textOf(attack, length), most))
  return found ? textOf(found, 60) : null
}

const NAMES = [
  'uid',
  'UserID',
  'to account',
  'push_id',
  'TaskID',
  '任务ID',
  'error code',
  'msgid',
  'user name',
  '接收方',
]
const SIGNS = [' ', ' :', ': ', ':[', ' = ', ' "', '": ', '->', '\t', '":"', '是', '%20', '&a=', '?k=', '"a":']
const SHAPES = [
  'https://a/lookup?',
  '/lookup?k=s1.',
  '&a=',
  '"a":"',
  '1_1_1234567890 ',
  '%e4',
  '\u200b',
  '(',
  '「',
  '2026-',
  'x ',
]
const IDS = '5f5fe251_1a2b_200012345678901_1_2'

describe('a pasted text', () => {
  const repeated =
    (unit: string, head = '', tail = '') =>
    (length: number) =>
      head + unit.repeat(Math.ceil(length / unit.length)) + tail

  test.each(NAMES.flatMap((name) => SIGNS.map((sign) => [name, sign] as const)))(
    '%s%j is read in linear time',
    (name, sign) => {
      for (const text of [repeated(sign, name, ','), repeated(name + sign), repeated(`${name}${sign} `, '', '"')]) {
        expect(superlinear(pastedParts, text, LENGTH)).toBeNull()
      }
    },
  )

  test.each(SHAPES)('of many %j is recognised in linear time', (unit) => {
    const app = { sdkAppId: 1_400_187_352, nowS: 1_795_000_000 }
    for (const text of [
      repeated(unit),
      repeated(unit, IDS),
      repeated(unit, `${IDS}\n${IDS.replace('1a2b', '1a2c')}\n`),
    ]) {
      expect(
        superlinear(
          (given) => recognise(given, app),
          (length) => text(length).slice(0, length),
          LENGTH / 2,
        ),
      ).toBeNull()
    }
  })
})
