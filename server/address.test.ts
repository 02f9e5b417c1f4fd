import { describe, expect, test } from 'vitest'
import { clientAddress } from './address.mjs'

describe("the client's address", () => {
  test('is the socket address without proxies; forwarded headers are ignored', () => {
    expect(clientAddress('203.0.113.9', '6.6.6.6', 0)).toBe('203.0.113.9')
    expect(clientAddress('::ffff:203.0.113.9', undefined, 0)).toBe('203.0.113.9')
    expect(clientAddress('fe80::1%eth0', undefined, 0)).toBe('fe80::1')
  })

  test('behind one proxy is the last entry, which that proxy wrote', () => {
    expect(clientAddress('10.0.0.1', '6.6.6.6, 198.51.100.7', 1)).toBe('198.51.100.7')
  })

  test('behind two proxies is the second-last entry', () => {
    expect(clientAddress('10.0.0.1', '6.6.6.6, 198.51.100.7, 10.0.0.2', 2)).toBe('198.51.100.7')
  })

  test('with fewer entries than proxies is the first entry', () => {
    expect(clientAddress('10.0.0.1', '198.51.100.7', 3)).toBe('198.51.100.7')
  })

  test.each([
    ['[2001:db8::1]:443', '2001:db8::1'],
    ['198.51.100.7:5312', '198.51.100.7'],
    ['2001:db8::1', '2001:db8::1'],
  ])('parses the entry %s as %s', (entry, address) => {
    expect(clientAddress('10.0.0.1', entry, 1)).toBe(address)
  })

  test.each(['', 'evil', '<script>', '6.6.6', '6.6.6.6, ', '1.2.3.4.5'])(
    'falls back to the socket for an entry that is not an address (%j)',
    (entry) => {
      expect(clientAddress('10.0.0.1', entry, 1)).toBe('10.0.0.1')
    },
  )

  test('is `unknown` if the socket is closed', () => {
    expect(clientAddress(undefined, undefined, 0)).toBe('unknown')
  })
})
