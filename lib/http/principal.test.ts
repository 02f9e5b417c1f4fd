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

test('no other function reads the session cookie, so that pages and API agree', () => {
  const root = resolve(import.meta.dirname, '../..')
  const files = ['app', 'lib/http'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  )
  const named = files
    .filter((file) => /(?<!\.test)\.tsx?$/.test(file))
    .map((file) => [file, readFileSync(join(root, file), 'utf8')] as const)
  const readers = named.filter(([, text]) => text.includes('sessionCookie('))
  expect(readers.length).toBeGreaterThan(1)
  expect(readers.filter(([, text]) => !text.includes('cookieOf(')).map(([file]) => file)).toEqual([])
  expect(named.filter(([, text]) => /cookies\(\)\)\.get\(sessionCookie/.test(text)).map(([file]) => file)).toEqual([])
})
