import { createSecretKey } from 'node:crypto'
import { expect, test } from 'vitest'
import { fingerprint, keyedHash, plainHash } from './keyed-hash'
import { Secret } from './secret'

const master = createSecretKey(Buffer.from('5b9d'.repeat(16), 'hex'))
const other = createSecretKey(Buffer.from('7c1e'.repeat(16), 'hex'))

test('the same text with the same label and key gives the same hash', () => {
  expect(keyedHash(master, 'person', 'user-1')).toBe(keyedHash(master, 'person', 'user-1'))
  expect(keyedHash(master, 'person', 'user-1')).toMatch(/^[A-Za-z0-9_-]{43}$/)
})

test('label, key and text each change the hash', () => {
  const all = [
    keyedHash(master, 'person', 'user-1'),
    keyedHash(master, 'trace', 'user-1'),
    keyedHash(other, 'person', 'user-1'),
    keyedHash(master, 'person', 'user-2'),
    plainHash('user-1'),
  ]
  expect(new Set(all).size).toBe(5)
})

test('a fingerprint is eight hex digits, equal for equal keys and different for different keys', () => {
  const key = new Secret('b5c0f2a1e6d84c7793ad0e4f1b28c65d')
  expect(fingerprint(master, key)).toMatch(/^[0-9a-f]{8}$/)
  expect(fingerprint(master, key)).toBe(fingerprint(master, key))
  expect(fingerprint(master, new Secret('b5c0f2a1e6d84c7793ad0e4f1b28c65e'))).not.toBe(fingerprint(master, key))
  expect(fingerprint(other, key)).not.toBe(fingerprint(master, key))
})
