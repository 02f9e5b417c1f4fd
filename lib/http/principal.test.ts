import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { cookieOf } from './principal'

test.each([
  ['pl=a', 'a'],
  ['x=1; pl=a; y=2', 'a'],
  ['plx=b; pl=a', 'a'],
  ['pl=a=b', 'a=b'],
  ['x=pl=b', null],
  ['', null],
  [null, null],
])('in %j the cookie is %j', (header, value) => {
  expect(cookieOf(header, 'pl')).toBe(value)
})

test.each(['pl=a; pl=b', 'pl=a;pl=a', 'pl=; pl=a', 'pl=a; x=1;  pl =b'])(
  'of two cookies in %j neither counts',
  (header) => {
    expect(cookieOf(header, 'pl')).toBeNull()
  },
)

test('no other function reads the session cookie, so that pages and API agree: use cookieOf', () => {
  const root = resolve(import.meta.dirname, '../..')
  const files = ['app', 'lib/http'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  )
  const readers = files
    .filter((file) => /\.tsx?$/.test(file) && !file.includes('.test.'))
    .filter((file) => /\.get\(\s*sessionCookie\(/.test(readFileSync(join(root, file), 'utf8')))
  expect(files).toContain('lib/http/pages/page.ts')
  expect(readers).toEqual([])
})
