import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { epochOf } from './times'

const NOON_UTC = Date.UTC(2026, 10, 19, 12) / 1_000

describe('a zoneless time is read at the offset of the app', () => {
  test.each([
    ['Beijing', 480, '2026-11-19 20:00:00'],
    ['UTC', 0, '2026-11-19 12:00:00'],
    ['Newfoundland', -210, '2026-11-19 08:30:00'],
    ['Nepal', 345, '2026-11-19 17:45:00'],
    ['across midnight', 840, '2026-11-20 02:00:00'],
  ])('%s', (_, offset, text) => {
    expect(epochOf(text, offset)).toBe(NOON_UTC)
  })

  test('29 February exists in leap years', () => {
    expect(epochOf('2028-02-29 00:00:00', 0)).toBe(Date.UTC(2028, 1, 29) / 1_000)
  })

  test('every second round-trips at every offset', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4e9 }), fc.integer({ min: -720, max: 840 }), (epoch, offset) => {
        const local = new Date((epoch + offset * 60) * 1_000).toISOString().slice(0, 19).replace('T', ' ')
        expect(epochOf(local, offset)).toBe(epoch)
      }),
      { seed: 9 },
    )
  })
})

describe('anything else is null', () => {
  test.each([
    '',
    '2026-02-30 10:00:00',
    '2026-02-29 10:00:00',
    '2026-13-01 10:00:00',
    '2026-00-10 10:00:00',
    '2026-11-19 24:00:00',
    '2026-11-19 23:60:00',
    '2026-11-19 23:59:60',
    '0000-00-00 00:00:00',
    '0001-01-01 00:00:00',
    '2026-11-19',
    '2026-11-19T12:00:00',
    '2026-11-19 12:00:00Z',
    ' 2026-11-19 12:00:00',
    '2026-11-19 12:00:00\n',
    '٢٠٢٦-11-19 12:00:00',
    '1795046400',
  ])('%j', (text) => {
    expect(epochOf(text, 0)).toBeNull()
  })

  test('the epoch itself, which programs write for "none", in any zone', () => {
    expect(epochOf('1970-01-01 08:00:00', 480)).toBeNull()
    expect(epochOf('1970-01-01 00:00:00', 0)).toBeNull()
  })
})
