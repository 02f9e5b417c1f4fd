import { expect, test } from 'vitest'
import { iso } from './iso-time'
import { localInstant } from './local-instant'
import { zoneOf } from './zone'

const read = (text: string, zone = 'Asia/Shanghai') => iso(localInstant(text, zoneOf(zone)))

test('a local time is read in the zone, an instant is not', () => {
  expect(read('2026-11-14T09:30')).toBe('2026-11-14T01:30:00.000Z')
  expect(read('2026-11-14T09:30', 'Asia/Kolkata')).toBe('2026-11-14T04:00:00.000Z')
  expect(read('2026-11-14T09:30', '+05:30')).toBe('2026-11-14T04:00:00.000Z')
  expect(read('2026-11-14T09:30:59Z')).toBe('2026-11-14T09:30:00.000Z')
  expect(read('2026-11-14T09:30+02:00')).toBe('2026-11-14T07:30:00.000Z')
})

test('a time that the clock shows twice is the first one', () => {
  expect(read('2026-11-01T01:30', 'America/New_York')).toBe('2026-11-01T05:30:00.000Z')
})

test('a day that does not exist is refused with its field', () => {
  expect(() => read('2026-02-30T10:00')).toThrow(expect.objectContaining({ code: 'bad_range', field: 'at' }))
})
