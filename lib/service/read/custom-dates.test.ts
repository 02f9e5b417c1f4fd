import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { resolveRange } from '@/lib/report/range/range'
import { dayOf, zoneOf } from '@/lib/report/range/zone'
import { halfOpenDates } from './custom-dates'

const NOW = Date.parse('2026-11-20T08:20:00Z') / 1_000
const SHANGHAI = 'Asia/Shanghai'

describe('custom dates', () => {
  test('include the last day: 1 Nov to 7 Nov ends when the 8th begins', () => {
    expect(halfOpenDates({ from: '2026-11-01', through: '2026-11-07' }, SHANGHAI)).toEqual({
      from: '2026-11-01',
      to: '2026-11-08',
    })
    expect(halfOpenDates({ from: '2026-02-28', through: '2026-02-28' }, SHANGHAI).to).toBe('2026-03-01')
  })

  test('take empty times as none, and a time as an instant of the zone', () => {
    const day = { from: '2026-11-01', through: '2026-11-07' }
    expect(halfOpenDates({ ...day, fromTime: '', throughTime: '' }, SHANGHAI).to).toBe('2026-11-08')
    expect(halfOpenDates({ ...day, fromTime: '09:30', throughTime: '18:00' }, SHANGHAI)).toEqual({
      from: '2026-11-01T01:30:00Z',
      to: '2026-11-07T10:00:00Z',
    })
    // New York shows 01:30 twice on 1 November and skips 02:30 on 8 March.
    expect(halfOpenDates({ ...day, fromTime: '01:30' }, 'America/New_York').from).toBe('2026-11-01T05:30:00Z')
    expect(halfOpenDates({ from: '2026-03-08', fromTime: '02:30' }, 'America/New_York').from).toBe(
      '2026-03-08T07:30:00Z',
    )
  })

  test('leave what is no date for the schema to refuse', () => {
    expect(halfOpenDates({ from: 'x', through: '2026-02-30' }, SHANGHAI)).toEqual({ from: 'x', to: '2026-02-30' })
    expect(halfOpenDates({ from: 'x', fromTime: '99:00', through: '', throughTime: '1' }, SHANGHAI)).toEqual({
      from: 'xT99:00',
      to: '',
    })
    expect(halfOpenDates({}, SHANGHAI)).toEqual({ from: undefined, to: undefined })
  })

  test('in any zone, the last second of the range is in its last day', () => {
    const zones = ['America/New_York', 'Asia/Kolkata', 'Asia/Shanghai', 'Pacific/Auckland', '-03:30']
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: 1, max: 27 }), fc.nat(25), (tz, start, more) => {
        const day = (n: number) => new Date(Date.UTC(2026, 9, n)).toISOString().slice(0, 10)
        const dates = halfOpenDates({ from: day(start), through: day(start + more) }, tz)
        const range = resolveRange({ ...dates, tz }, { nowS: NOW + 40 * 86_400, appOffsetMin: 480 })
        expect(dayOf(zoneOf(tz), range.from)).toBe(day(start))
        expect(dayOf(zoneOf(tz), range.to - 1)).toBe(day(start + more))
        expect(dayOf(zoneOf(tz), range.to)).toBe(day(start + more + 1))
      }),
    )
  })
})
