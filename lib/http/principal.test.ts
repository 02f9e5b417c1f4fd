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
