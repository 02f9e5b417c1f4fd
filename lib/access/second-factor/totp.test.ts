import { expect, test } from 'vitest'
import { hashRecoveryCode, newRecoveryCodes } from './recovery-codes'
import { newTotpSecret, stepOfCode, totpUri } from './totp'

/** The secret and the last six digits of the SHA-1 codes in appendix B of RFC 6238. */
const RFC = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
])('at second %i of RFC 6238 the code is %s', (second, code) => {
  const step = Math.floor(second / 30)
  expect(stepOfCode(RFC, code, second * 1_000)).toBe(step)
  for (const off of [-30, 30]) expect(stepOfCode(RFC, code, (second + off) * 1_000)).toBe(step)
  for (const off of [-60, 60, 86_400]) expect(stepOfCode(RFC, code, (second + off) * 1_000)).toBeNull()
})

test.each(['', '28708', '2870822', '28708a', '２８７０８２', '-87082'])('%j is no code', (code) => {
  expect(stepOfCode(RFC, code, 59_000)).toBeNull()
})

test('secrets are random, 160 bits, in base32', () => {
  const secrets = Array.from({ length: 50 }, newTotpSecret)
  expect(new Set(secrets).size).toBe(50)
  for (const secret of secrets) expect(secret).toMatch(/^[A-Z2-7]{32}$/)
})

test('the QR code names the installation and the account', () => {
  const uri = new URL(totpUri(RFC, { email: 'pm+x@example.com', issuer: 'Pushlens push.example.com' }))
  expect([uri.protocol, uri.host, decodeURIComponent(uri.pathname)]).toEqual([
    'otpauth:',
    'totp',
    '/Pushlens push.example.com:pm+x@example.com',
  ])
  expect(Object.fromEntries(uri.searchParams)).toMatchObject({
    secret: RFC,
    digits: '6',
    period: '30',
    algorithm: 'SHA1',
  })
})

test('recovery codes are ten, of 80 random bits, and are recognized however they are typed', () => {
  const codes = newRecoveryCodes()
  expect(new Set(codes).size).toBe(10)
  for (const code of codes) {
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/)
    const hash = hashRecoveryCode(code)
    expect(hash).toMatch(/^[0-9a-f]{64}$/)
    const typed = [code.toLowerCase(), code.replaceAll('-', ''), ` ${code.replaceAll('-', ' ')} `]
    for (const one of typed) expect(hashRecoveryCode(one)).toBe(hash)
    expect(hashRecoveryCode(code.replaceAll('0', 'O').replaceAll('1', 'l'))).toBe(hash)
  }
  for (const text of ['', '123456', 'UUUU-UUUU-UUUU-UUUU', codes.join(), '7'.repeat(17)]) {
    expect(hashRecoveryCode(text)).toBeNull()
  }
})
