import { describe, expect, test } from 'vitest'
import { clientAddress } from './address.mjs'

describe("the client's address", () => {
  test('is the socket’s; what the client forwards is ignored', () => {
    expect(clientAddress('203.0.113.9', '6.6.6.6', 0)).toBe('203.0.113.9')
    expect(clientAddress('::ffff:203.0.113.9', undefined, 0)).toBe('203.0.113.9')
    expect(clientAddress('fe80::1%eth0', undefined, 0)).toBe('fe80::1')
  })

  test('behind one proxy it is the last entry, which that proxy wrote', () => {
    expect(clientAddress('10.0.0.1', '6.6.6.6, 198.51.100.7', 1)).toBe('198.51.100.7')
  })

  test('behind two proxies it is the last but one', () => {
    expect(clientAddress('10.0.0.1', '6.6.6.6, 198.51.100.7, 10.0.0.2', 2)).toBe('198.51.100.7')
  })

  test('with fewer entries than proxies it is the first', () => {
    expect(clientAddress('10.0.0.1', '198.51.100.7', 3)).toBe('198.51.100.7')
  })

  test.each([
    ['[2001:db8::1]:443', '2001:db8::1'],
    ['198.51.100.7:5312', '198.51.100.7'],
    ['2001:db8::1', '2001:db8::1'],
  ])('an entry %s is read as %s', (entry, address) => {
    expect(clientAddress('10.0.0.1', entry, 1)).toBe(address)
  })

  test.each(['', 'evil', '<script>', '6.6.6', '6.6.6.6, ', '1.2.3.4.5'])(
    'an entry that is no address (%j) falls back to the socket',
    (entry) => {
      expect(clientAddress('10.0.0.1', entry, 1)).toBe('10.0.0.1')
    },
  )

  test('is `unknown` when the socket is gone', () => {
    expect(clientAddress(undefined, undefined, 0)).toBe('unknown')
  })
})
