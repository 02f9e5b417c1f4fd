import { createSecretKey, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { createInstallationKey, KeyRing } from '@/lib/access/keys/key-ring'
import { hashSecret, isSecret, newSecret, newShareId } from './secret'

const key = () => createSecretKey(randomBytes(32))

test('a secret is 32 random bytes, an ID 16, and neither is seen twice', () => {
  const made = Array.from({ length: 100 }, () => newSecret().reveal())
  expect(made.filter((text) => !/^[A-Za-z0-9_-]{43}$/.test(text))).toEqual([])
  expect(new Set(made).size).toBe(100)
  expect(newShareId()).toMatch(/^[A-Za-z0-9_-]{22}$/)
  expect(`${newSecret()}`).toBe('[redacted]')
})

test('only the secret itself matches its hash, and only under the same keys', () => {
  const [keys, secret] = [key(), newSecret().reveal()]
  const hash = hashSecret(keys, secret)
  expect(hash).not.toContain(secret)
  expect(isSecret(keys, secret, hash)).toBe(true)
  expect(isSecret(key(), secret, hash)).toBe(false)
  for (const other of ['', newSecret().reveal(), `${secret}A`, secret.slice(1), hash, 'x'.repeat(4_000)])
    expect(isSecret(keys, other, hash)).toBe(false)
})

test('a link that does not exist has no secret, not even an empty one', () => {
  const keys = key()
  for (const text of ['', 'no link', newSecret().reveal()]) expect(isSecret(keys, text, null)).toBe(false)
  expect(isSecret(keys, '', hashSecret(keys, ''))).toBe(false)
})

test('a secret matches after the master key was rotated, also in a database from before', () => {
  for (const first of [null, key()]) {
    const ring = new KeyRing(first ?? key(), createInstallationKey(first))
    const secret = newSecret().reveal()
    const hash = hashSecret(ring, secret)
    ring.adopt(key())
    expect(isSecret(ring, secret, hash)).toBe(true)
  }
})
