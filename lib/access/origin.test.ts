import { describe, expect, test } from 'vitest'
import { checkOrigin, checkVisit, visitOf } from './origin'
import type { Principal } from './principal'
import { codeOf } from './testing/access-env'

const URL_ = new URL('https://push.example.com')
const person: Principal = { kind: 'person', id: 'p', name: 'p', email: 'p@x.y', grants: [], sessionIdHash: 'h' }
const token: Principal = { kind: 'token', id: 't', name: 't', role: 'editor', apps: ['shop'] }
const nobody: Principal = { kind: 'anonymous' }

test('our own origin is accepted from every principal', async () => {
  for (const principal of [person, token, nobody]) {
    expect(await codeOf(() => checkOrigin('https://push.example.com', URL_, principal))).toBeNull()
  }
})

test.each([
  'https://evil.example',
  'http://push.example.com',
  'https://push.example.com:8443',
  'https://push.example.com/',
  'https://push.example.com.evil.example',
  'https://evil.example#https://push.example.com',
  'HTTPS://PUSH.EXAMPLE.COM',
  'https://push.example.com, https://evil.example',
  '',
])('%s is refused from every principal', async (origin) => {
  for (const principal of [person, token, nobody]) {
    expect(await codeOf(() => checkOrigin(origin, URL_, principal))).toBe('bad_origin')
  }
})

test.each([null, 'null'])('%s is refused with a cookie and accepted from a program', async (origin) => {
  expect(await codeOf(() => checkOrigin(origin, URL_, person))).toBe('bad_origin')
  expect(await codeOf(() => checkOrigin(origin, URL_, token))).toBeNull()
  expect(await codeOf(() => checkOrigin(origin, URL_, nobody))).toBeNull()
})

test('the port is part of the origin', async () => {
  const local = new URL('http://localhost:3000/')
  expect(await codeOf(() => checkOrigin('http://localhost:3000', local, person))).toBeNull()
  expect(await codeOf(() => checkOrigin('http://localhost:3001', local, person))).toBe('bad_origin')
})

describe('a navigation', () => {
  const from = (headers: Record<string, string>) => visitOf(new Headers(headers), URL_)

  test.each([
    [{ 'sec-fetch-site': 'same-origin' }, 'own'],
    [{ 'sec-fetch-site': 'none' }, 'own'],
    [{ 'sec-fetch-site': 'cross-site' }, 'foreign'],
    [{ 'sec-fetch-site': 'same-site' }, 'foreign'],
    [{ 'sec-fetch-site': 'none, cross-site' }, 'foreign'],
    [{ 'sec-fetch-site': 'cross-site', referer: 'https://push.example.com/lookup' }, 'foreign'],
    [{ referer: 'https://push.example.com/lookup' }, 'own'],
    [{ referer: 'https://push.example.com.evil.example/' }, 'foreign'],
    [{ referer: 'nonsense' }, 'foreign'],
    [{}, 'unknown'],
  ])('with %o is %s', (headers, expected) => {
    expect(from(headers)).toBe(expected)
  })

  test('of a person from another site is refused; a token and a program are not', async () => {
    const foreign = new Headers({ 'sec-fetch-site': 'cross-site' })
    expect(await codeOf(() => checkVisit(foreign, URL_, person))).toBe('bad_origin')
    expect(await codeOf(() => checkVisit(foreign, URL_, token))).toBeNull()
    expect(await codeOf(() => checkVisit(new Headers(), URL_, person))).toBeNull()
  })
})
