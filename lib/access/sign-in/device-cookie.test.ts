import { createSecretKey, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { DEVICE_LIFE_S, deviceCookie, sessionCookie, setDeviceCookie } from '@/lib/access/cookies'
import { issueDeviceCookie, readDeviceCookie } from './device-cookie'

const master = createSecretKey(randomBytes(32))
const NOW = 1_763_600_000
const EMAIL = 'pm@example.com'
const cookie = issueDeviceCookie(master, EMAIL, NOW).reveal()
const HTTPS = new URL('https://push.example.com')
const HTTP = new URL('http://localhost:3000')

test('a device is recognized for 180 days, each under its own name', () => {
  const name = readDeviceCookie(master, EMAIL, cookie, NOW)
  expect(name).toMatch(/^[A-Za-z0-9_-]{22}$/)
  expect(readDeviceCookie(master, EMAIL, cookie, NOW + DEVICE_LIFE_S - 1)).toBe(name)
  expect(readDeviceCookie(master, EMAIL, cookie, NOW + DEVICE_LIFE_S)).toBeNull()
  const other = issueDeviceCookie(master, EMAIL, NOW).reveal()
  expect(readDeviceCookie(master, EMAIL, other, NOW)).not.toBe(name)
})

test('a cookie of another person, another installation or another time is not recognized', () => {
  expect(readDeviceCookie(master, 'support@example.com', cookie, NOW)).toBeNull()
  expect(readDeviceCookie(createSecretKey(randomBytes(32)), EMAIL, cookie, NOW)).toBeNull()
  const later = cookie.replace(/^\d+/, (expires) => String(Number(expires) + 1))
  expect(readDeviceCookie(master, EMAIL, later, NOW)).toBeNull()
})

test.each([
  ['nothing', null],
  ['empty', ''],
  ['junk', 'x'],
  ['cut', cookie.slice(0, -1)],
  ['long', `${cookie}A`],
  ['with a changed name', cookie.replace(/\.(.)/, (_, c: string) => `.${c === 'A' ? 'B' : 'A'}`)],
  ['unsigned', `${NOW + 100}.${'A'.repeat(22)}.${'A'.repeat(43)}`],
  ['a megabyte', '9'.repeat(1_000_000)],
])('a cookie that is %s is not recognized', (_, value) => {
  expect(readDeviceCookie(master, EMAIL, value, NOW)).toBeNull()
})

test('it contains no personal data', () => {
  for (const part of cookie.split('.')) {
    for (const text of [part, Buffer.from(part, 'base64url').toString('latin1')]) expect(text).not.toContain('example')
  }
})

test('over https cookies are bound to the host, over http they have plain names', () => {
  expect(sessionCookie(HTTPS)).toMatchObject({ name: '__Host-pl', options: { secure: true, path: '/' } })
  expect(sessionCookie(HTTP)).toMatchObject({ name: 'pl', options: { secure: false, path: '/' } })
  for (const url of [HTTPS, HTTP]) {
    expect(sessionCookie(url).options).toMatchObject({ httpOnly: true, sameSite: 'lax' })
    expect(deviceCookie(url).options).toMatchObject({ httpOnly: true, sameSite: 'lax', maxAge: DEVICE_LIFE_S })
  }
  expect(setDeviceCookie(HTTPS, 'v')).toBe(
    '__Host-pushlens-device=v; Path=/; Max-Age=15552000; HttpOnly; SameSite=Lax; Secure',
  )
  expect(setDeviceCookie(HTTP, 'v')).toBe('pushlens-device=v; Path=/; Max-Age=15552000; HttpOnly; SameSite=Lax')
})

test("the device cookie's name never begins with the session cookie's, because next-auth would join them", () => {
  for (const url of [HTTPS, HTTP]) expect(deviceCookie(url).name.startsWith(sessionCookie(url).name)).toBe(false)
})
