import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test, vi } from 'vitest'
import { dayOf, isDay, mondayOf, shiftDay, startOfDay, zoneOf, zoneOfOffset } from './zone'

/** Zones with unusual clocks: half-hour DST, odd offsets, no midnight, two midnights, a skipped day. */
const ZONES = [
  'UTC',
  'Asia/Shanghai',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Africa/Cairo',
  'America/Havana',
  'Asia/Beirut',
  'Europe/Berlin',
  'America/New_York',
  'Pacific/Apia',
  'Africa/Casablanca',
  '+08:00',
  '-03:30',
  'Etc/GMT-8',
]

/** Returns the day of an instant by a method independent of the code under test. */
function dayByIntl(zone: string, at: number): string {
  const fixed = /^([+-])(\d{2}):(\d{2})$/.exec(zone)
  if (fixed) {
    const minutes = (Number(fixed[2]) * 60 + Number(fixed[3])) * (fixed[1] === '-' ? -1 : 1)
    return new Date((at + minutes * 60) * 1000).toISOString().slice(0, 10)
  }
  return new Date(at * 1000).toLocaleDateString('en-CA', { timeZone: zone })
}

const seconds = (text: string) => Date.parse(text) / 1000
const iso = (at: number) => new Date(at * 1000).toISOString()
const day = fc
  .integer({ min: seconds('2010-01-01T00:00:00Z') / 86_400, max: seconds('2037-12-31T00:00:00Z') / 86_400 })
  .map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10))

describe('the start of a day', () => {
  test('is the first instant of that day in every zone', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), day, (name, date) => {
        const start = startOfDay(zoneOf(name), date)
        fc.pre(dayByIntl(name, start) === date)
        expect(dayByIntl(name, start - 1) < date).toBe(true)
      }),
      { numRuns: 600 },
    )
  })

  test('every instant lies between the start of its day and the start of the next day', () => {
    const instant = fc.integer({ min: seconds('2010-01-01T00:00:00Z'), max: seconds('2037-12-31T00:00:00Z') })
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), instant, (name, at) => {
        const zone = zoneOf(name)
        const today = dayOf(zone, at)
        expect(today).toBe(dayByIntl(name, at))
        expect(startOfDay(zone, today)).toBeLessThanOrEqual(at)
        expect(startOfDay(zone, shiftDay(today, 1))).toBeGreaterThan(at)
      }),
      { numRuns: 600 },
    )
  })

  test.each([
    ['Asia/Kathmandu', '2026-03-05', '2026-03-04T18:15:00.000Z'],
    ['America/Santiago', '2026-09-06', '2026-09-06T04:00:00.000Z'],
    ['Africa/Cairo', '2026-04-24', '2026-04-23T22:00:00.000Z'],
    ['Asia/Beirut', '2026-03-29', '2026-03-28T22:00:00.000Z'],
    ['America/Havana', '2026-11-01', '2026-11-01T04:00:00.000Z'],
    ['Australia/Lord_Howe', '2026-10-05', '2026-10-04T13:00:00.000Z'],
    ['Pacific/Apia', '2011-12-31', '2011-12-30T10:00:00.000Z'],
    ['+08:00', '2026-11-20', '2026-11-19T16:00:00.000Z'],
    ['-03:30', '2026-11-20', '2026-11-20T03:30:00.000Z'],
  ])('%s %s begins at %s', (name, date, expected) => {
    expect(iso(startOfDay(zoneOf(name), date))).toBe(expected)
  })

  test.each([
    ['Europe/Berlin', '2026-03-29', 23],
    ['Europe/Berlin', '2026-10-25', 25],
    ['Australia/Lord_Howe', '2026-04-05', 24.5],
    ['Australia/Lord_Howe', '2026-10-04', 23.5],
    ['America/Santiago', '2026-09-06', 23],
    ['America/Santiago', '2026-04-04', 25],
    ['Africa/Cairo', '2026-04-24', 23],
    ['America/Havana', '2026-11-01', 25],
    ['Pacific/Apia', '2011-12-30', 0],
  ])('%s %s is %s hours long', (name, date, hours) => {
    const zone = zoneOf(name)
    expect((startOfDay(zone, shiftDay(date, 1)) - startOfDay(zone, date)) / 3600).toBe(hours)
  })
})

describe('zones', () => {
  test('the name of an offset resolves to that offset', () => {
    fc.assert(
      fc.property(fc.integer({ min: -12 * 4, max: 14 * 4 }), (quarters) => {
        expect(zoneOf(zoneOfOffset(quarters * 15)).offsetAt(1_794_960_000)).toBe(quarters * 900)
      }),
    )
  })

  test('a whole-hour offset has a name that Intl accepts', () => {
    for (let hours = -12; hours <= 14; hours++) {
      expect(() => new Intl.DateTimeFormat('en', { timeZone: zoneOfOffset(hours * 60) })).not.toThrow()
    }
  })

  test.each(['Etc/GMT-8', 'UTC', '+08:00', 'Asia/Shanghai', 'Europe/Berlin'])(
    'a year of days in %s looks up an offset only around a clock change',
    (name) => {
      const search = vi.spyOn(Temporal.ZonedDateTime.prototype, 'getTimeZoneTransition')
      const zone = zoneOf(name)
      let day = '2026-01-01'
      for (let n = 0; n < 365; n++) {
        startOfDay(zone, day)
        day = shiftDay(day, 1)
      }
      expect(search.mock.calls.length).toBeLessThanOrEqual(name === 'Europe/Berlin' ? 12 : 1)
      search.mockRestore()
    },
  )

  test('a fixed offset is the same in its three spellings', () => {
    for (const name of ['Etc/GMT-8', '+08:00', '+0800']) {
      expect(iso(startOfDay(zoneOf(name), '2026-02-28'))).toBe('2026-02-27T16:00:00.000Z')
    }
    expect(iso(startOfDay(zoneOf('UTC'), '2026-02-28'))).toBe('2026-02-28T00:00:00.000Z')
  })

  test.each([
    'Mars/Base',
    'Etc/GMT-15',
    'Etc/GMT+13',
    'Etc/GMT-08',
    '+99:00',
    '+08:70',
    '',
    '+8',
    '+08',
    '+19:00',
    '2026-01-01T00:00Z',
  ])('%s is refused with the field at fault', (name) => {
    expect(() => zoneOf(name)).toThrow(expect.objectContaining({ code: 'bad_range', field: 'tz' }))
  })

  test('a day that is not in the calendar is refused', () => {
    expect(isDay('2026-02-28')).toBe(true)
    for (const wrong of ['2026-02-30', '2026-13-01', '2026-00-10', '20260101', '']) expect(isDay(wrong)).toBe(false)
  })
})

test('a week begins on Monday, also across the end of a year', () => {
  expect(['2026-11-16', '2026-11-20', '2026-11-22'].map(mondayOf)).toEqual(Array(3).fill('2026-11-16'))
  expect(mondayOf('2027-01-01')).toBe('2026-12-28')
})
