import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PRESETS } from '@/lib/contract/ranges'
import { type RangeQuestion, resolveRange } from './range'
import { shiftDay, startOfDay, zoneOf } from './zone'

const seconds = (text: string) => Date.parse(text) / 1000
const iso = (at: number) => new Date(at * 1000).toISOString().replace('.000', '')
/** 12:03:20 in Beijing. */
const NOW = seconds('2026-11-20T04:03:20Z')
const resolve = (question: RangeQuestion, nowS = NOW) => resolveRange(question, { nowS, appOffsetMin: 480 })
const span = (question: RangeQuestion, nowS = NOW) => {
  const { from, to } = resolve(question, nowS)
  return [iso(from), iso(to)]
}

describe('presets', () => {
  test('the default is the last 7 full days in the app zone, ending yesterday', () => {
    expect(resolve({})).toEqual({
      from: seconds('2026-11-12T16:00:00Z'),
      to: seconds('2026-11-19T16:00:00Z'),
      tz: 'Etc/GMT-8',
      preset: '7d',
    })
  })

  test.each([
    ['today', '2026-11-19T16:00:00Z', '2026-11-20T04:03:00Z'],
    ['yesterday', '2026-11-18T16:00:00Z', '2026-11-19T16:00:00Z'],
    ['24h', '2026-11-19T04:03:00Z', '2026-11-20T04:03:00Z'],
    ['7d', '2026-11-12T16:00:00Z', '2026-11-19T16:00:00Z'],
    ['30d', '2026-10-20T16:00:00Z', '2026-11-19T16:00:00Z'],
  ] as const)('%s', (range, from, to) => {
    expect(span({ range })).toEqual([from, to])
    expect(resolve({ range }).preset).toBe(range)
  })

  test('days begin at midnight in the requested zone', () => {
    expect(span({ range: 'yesterday', tz: 'America/Santiago' })).toEqual([
      '2026-11-19T03:00:00Z',
      '2026-11-20T03:00:00Z',
    ])
  })

  test('7 full days across a clock change are 7 calendar days', () => {
    const { from, to } = resolve({ range: '7d', tz: 'Europe/Berlin' }, seconds('2026-10-28T12:00:00Z'))
    expect(to - from).toBe(7 * 86_400 + 3600)
  })

  test('today in the first minute after midnight is that minute, not an error', () => {
    const midnight = seconds('2026-11-19T16:00:00Z')
    expect(span({ range: 'today' }, midnight + 5)).toEqual(['2026-11-19T16:00:00Z', '2026-11-19T16:01:00Z'])
  })

  test('two viewers within the same minute get the same range', () => {
    for (const range of PRESETS) expect(resolve({ range }, NOW)).toEqual(resolve({ range }, NOW + 39))
  })

  test('every preset begins and ends on a whole minute and ends no later than the current minute', () => {
    const zones = [
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'America/Santiago',
      'Africa/Cairo',
      '+05:30',
      'America/Havana',
    ]
    const moment = fc.integer({ min: seconds('2015-01-01T00:00:00Z'), max: seconds('2037-01-01T00:00:00Z') })
    fc.assert(
      fc.property(fc.constantFrom(...PRESETS), fc.constantFrom(...zones), moment, (range, tz, nowS) => {
        const { from, to } = resolveRange({ range, tz }, { nowS, appOffsetMin: 480 })
        expect(from).toBeLessThan(to)
        expect(to).toBeLessThanOrEqual(nowS + 60)
        expect([from % 60, to % 60]).toEqual([0, 0])
        const days = { today: 0, yesterday: 1, '24h': 1, '7d': 7, '30d': 30 }[range]
        if (range === 'today') expect(to - from).toBeLessThanOrEqual(25 * 3600)
        else expect(Math.abs(to - from - days * 86_400)).toBeLessThanOrEqual(3600)
      }),
      { numRuns: 400 },
    )
  })
})

describe('from and to', () => {
  test('a date is midnight in the zone, and the end is exclusive', () => {
    expect(span({ from: '2026-11-01', to: '2026-11-02' })).toEqual(['2026-10-31T16:00:00Z', '2026-11-01T16:00:00Z'])
    expect(span({ from: '2026-11-01', to: '2026-11-02', tz: 'UTC' })).toEqual([
      '2026-11-01T00:00:00Z',
      '2026-11-02T00:00:00Z',
    ])
    expect(resolve({ from: '2026-11-01', to: '2026-11-02' }).preset).toBeNull()
  })

  test.each([
    ['2026-11-01T10:00:59Z', '2026-11-01T10:00:00Z'],
    ['2026-11-01T10:00:00.999999999+08:00', '2026-11-01T02:00:00Z'],
    ['2026-11-01T10:00+0530', '2026-11-01T04:30:00Z'],
    [String(seconds('2026-11-01T10:00:59Z')), '2026-11-01T10:00:00Z'],
  ])('%s is rounded down to the minute', (from, expected) => {
    expect(span({ from })[0]).toBe(expected)
  })

  test('an end in the future, or no end, becomes the current minute', () => {
    expect(span({ from: '2026-11-20', to: '2026-11-21' })[1]).toBe('2026-11-20T04:03:00Z')
    expect(span({ from: '2026-11-20' })[1]).toBe('2026-11-20T04:03:00Z')
  })

  test.each<[string, RangeQuestion, string]>([
    ['a start after the end', { from: '2026-11-03', to: '2026-11-02' }, 'to'],
    ['an empty range', { from: '2026-11-02', to: '2026-11-02' }, 'to'],
    ['a start in the future', { from: '2026-11-22', to: '2026-11-23' }, 'from'],
    ['an end without a start', { to: '2026-11-02' }, 'from'],
    ['401 days', { from: '2025-10-15', to: '2026-11-20' }, 'from'],
    ['the year 1970', { from: '0' }, 'from'],
    ['a day that does not exist', { from: '2026-02-30' }, 'from'],
    ['an instant on a day that does not exist', { from: '2026-02-30T00:00:00Z' }, 'from'],
    ['an instant without a zone', { from: '2026-11-01T00:00:00' }, 'from'],
    ['an hour that does not exist', { from: '2026-11-01', to: '2026-11-02T25:00:00Z' }, 'to'],
    ['a word', { from: 'yesterday' }, 'from'],
    ['a preset together with dates', { range: '7d', from: '2026-11-01' }, 'range'],
    ['an unknown zone', { range: '7d', tz: 'Mars/Base' }, 'tz'],
  ])('%s is refused with the field at fault', (_, question, field) => {
    expect(() => resolve(question)).toThrow(expect.objectContaining({ code: 'bad_range', field }))
  })

  test('400 days are allowed, even if a clock change makes them an hour longer', () => {
    const to = '2026-10-26'
    const { from, to: end } = resolve({ from: shiftDay(to, -400), to, tz: 'Europe/Berlin' })
    expect(end - from).toBeGreaterThanOrEqual(400 * 86_400)
  })

  test('two neighbouring days requested by date share one border', () => {
    const names = ['Australia/Lord_Howe', 'Asia/Kathmandu', 'America/Santiago', 'Africa/Cairo']
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.integer({ min: 2, max: 399 }), (tz, back) => {
        const day = shiftDay('2026-11-20', -back)
        const one = resolve({ from: day, to: shiftDay(day, 1), tz })
        expect(one.to).toBe(resolve({ from: shiftDay(day, 1), to: shiftDay(day, 2), tz }).from)
        expect(one.from).toBe(startOfDay(zoneOf(tz), day))
      }),
    )
  })
})
