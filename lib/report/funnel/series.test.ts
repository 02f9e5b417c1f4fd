import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY, HOUR } from '@/lib/contract/limits'
import { dayOf, zoneOf } from '@/lib/report/range/zone'
import { planSeries, type SeriesInterval } from './series'

const at = (text: string) => Date.parse(text) / 1_000
const NOW = at('2026-11-20T04:03:20Z')
const SHANGHAI = 'Asia/Shanghai'

function plan(from: string, to: string, interval: SeriesInterval, tz = SHANGHAI, nowS = NOW) {
  return planSeries({ from: at(from), to: at(to), tz, preset: null }, interval, nowS)
}
const summary = (spans: { from: number; to: number }[]) =>
  spans.map(({ from, to }) => `${iso(from)} ${(to - from) / HOUR} h`)
const iso = (seconds: number) => new Date(seconds * 1_000).toISOString().slice(0, 16)

describe('buckets', () => {
  test('of a day begin at midnight in the zone', () => {
    const { buckets, aligned } = plan('2026-11-16T16:00:00Z', '2026-11-18T16:00:00Z', 'day')
    expect(summary(buckets)).toEqual(['2026-11-16T16:00 24 h', '2026-11-17T16:00 24 h'])
    expect(buckets.map(({ days }) => summary(days))).toEqual([['2026-11-16T16:00 24 h'], ['2026-11-17T16:00 24 h']])
    expect(aligned).toBe(true)
  })

  test('of a day have 25 or 23 hours at a clock change', () => {
    const nowS = at('2026-12-01T00:00:00Z')
    const autumn = plan('2026-10-23T22:00:00Z', '2026-10-26T23:00:00Z', 'day', 'Europe/Berlin', nowS)
    expect(summary(autumn.buckets)).toEqual(['2026-10-23T22:00 24 h', '2026-10-24T22:00 25 h', '2026-10-25T23:00 24 h'])
    const spring = plan('2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z', 'day', 'Europe/Berlin', nowS)
    expect(summary(spring.buckets)).toEqual(['2026-03-28T23:00 23 h'])
  })

  test('of a week begin on Monday; the range cuts the first and the last', () => {
    // 11 November 2026 is a Wednesday.
    const { buckets } = plan('2026-11-10T16:00:00Z', '2026-11-17T16:00:00Z', 'week')
    expect(summary(buckets)).toEqual(['2026-11-10T16:00 120 h', '2026-11-15T16:00 48 h'])
    expect(buckets[0]?.days).toHaveLength(5)
  })

  test('that still run end at the last whole hour', () => {
    expect(summary(plan('2026-11-18T16:00:00Z', '2026-11-20T04:03:00Z', 'day').buckets)).toEqual([
      '2026-11-18T16:00 24 h',
      '2026-11-19T16:00 12 h',
    ])
    expect(summary(plan('2026-11-20T02:00:00Z', '2026-11-20T04:03:00Z', 'hour').buckets)).toEqual([
      '2026-11-20T02:00 1 h',
      '2026-11-20T03:00 1 h',
    ])
  })

  test('do not exist yet in the first hour of a day', () => {
    const nowS = at('2026-11-19T16:20:00Z')
    for (const interval of ['hour', 'day', 'week'] as const) {
      expect(plan('2026-11-19T16:00:00Z', '2026-11-19T16:20:00Z', interval, SHANGHAI, nowS).buckets).toEqual([])
    }
  })

  test('are cut to the hours that the range touches', () => {
    expect(summary(plan('2026-11-18T04:30:00Z', '2026-11-19T04:30:00Z', 'day').buckets)).toEqual([
      '2026-11-18T04:00 12 h',
      '2026-11-18T16:00 13 h',
    ])
  })

  test('number at most 2,000', () => {
    const long = () => plan('2026-08-01T16:00:00Z', '2026-11-18T16:00:00Z', 'hour')
    expect(long).toThrow(expect.objectContaining({ code: 'bad_range', field: 'interval' }))
    expect(plan('2025-10-20T16:00:00Z', '2026-11-18T16:00:00Z', 'day').buckets).toHaveLength(394)
  })
})

describe('a zone at a half-hour offset', () => {
  test('has exact days inside the horizon', () => {
    const { buckets, aligned } = plan('2026-11-17T18:30:00Z', '2026-11-19T18:30:00Z', 'day', 'Asia/Kolkata')
    expect(summary(buckets)).toEqual(['2026-11-17T18:30 24 h', '2026-11-18T18:30 24 h'])
    expect(aligned).toBe(true)
  })

  test('past the horizon has days that begin at the whole hour before, with aligned false', () => {
    const { buckets, aligned } = plan('2026-09-01T18:30:00Z', '2026-09-03T18:30:00Z', 'day', 'Asia/Kolkata')
    expect(summary(buckets)).toEqual(['2026-09-01T18:00 24 h', '2026-09-02T18:00 24 h'])
    expect(aligned).toBe(false)
  })

  test('has the hours of the epoch, with aligned false', () => {
    const { buckets, aligned } = plan('2026-11-19T18:30:00Z', '2026-11-19T20:30:00Z', 'hour', 'Asia/Kolkata')
    expect(summary(buckets)).toEqual(['2026-11-19T18:00 1 h', '2026-11-19T19:00 1 h', '2026-11-19T20:00 1 h'])
    expect(aligned).toBe(false)
  })
})

const ZONES = ['UTC', SHANGHAI, 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', '-03:30']
const anyRange = fc.record({
  tz: fc.constantFrom(...ZONES),
  to: fc.integer({ min: NOW - 120 * DAY, max: NOW }).map((s) => s - (s % 60)),
  minutes: fc.integer({ min: 1, max: 80 * 24 * 60 }),
})

describe.each(['hour', 'day', 'week'] as const)('the %ss of any range in any zone', (interval) => {
  test('touch without gap or overlap, cover the range up to the last whole hour, and have all ended', () => {
    fc.assert(
      fc.property(anyRange, ({ tz, to, minutes }) => {
        const range = { from: to - minutes * 60, to, tz, preset: null }
        const { buckets } = planSeries(range, interval, NOW)
        for (const [i, bucket] of buckets.entries()) {
          expect(bucket.from).toBeLessThan(bucket.to)
          expect(bucket.from).toBe(buckets[i - 1]?.to ?? bucket.from)
        }
        const [first, last] = [buckets[0], buckets.at(-1)]
        const hour = Math.floor(NOW / HOUR) * HOUR
        if (!first || !last) {
          // Past the horizon, half an hour before midnight belongs to the next day.
          expect(range.from >= hour || range.to - range.from < HOUR).toBe(true)
          return
        }
        expect(first.from).toBeLessThanOrEqual(range.from)
        expect(range.from - first.from).toBeLessThan(HOUR)
        expect(last.to).toBeLessThanOrEqual(NOW)
        expect(last.to).toBeGreaterThan(Math.min(range.to, hour) - HOUR)
      }),
      { numRuns: 100 },
    )
  })
})

test('the days of a week fill it, and each is one calendar day', () => {
  fc.assert(
    fc.property(anyRange, ({ tz, to, minutes }) => {
      const { buckets, aligned } = planSeries({ from: to - minutes * 60, to, tz, preset: null }, 'week', NOW)
      const zone = zoneOf(tz)
      for (const week of buckets) {
        expect(week.days[0]?.from).toBe(week.from)
        expect(week.days.at(-1)?.to).toBe(week.to)
        expect(week.days.length).toBeLessThanOrEqual(7)
        for (const day of week.days) {
          if (aligned) expect(dayOf(zone, day.to - 1)).toBe(dayOf(zone, day.from))
        }
        const monday = new Date(`${dayOf(zone, week.from + HOUR)}T00:00:00Z`).getUTCDay()
        if (week !== buckets[0]) expect(monday).toBe(1)
      }
    }),
    { numRuns: 100 },
  )
})
