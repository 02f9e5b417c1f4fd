import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY, HOUR } from '@/lib/contract/limits'
import type { Counts } from '@/lib/contract/records'
import type { Span } from '@/lib/report/range/windows'
import { planSeries, type SeriesInterval } from './series'
import { type HeldOf, type Piece, seriesReport, spansNotHeld } from './series-report'

const at = (text: string) => Date.parse(text) / 1_000
const NOW = at('2026-11-20T04:03:20Z')
/** Monday in Shanghai. */
const MONDAY = at('2026-11-15T16:00:00Z')
const CONTEXT = { nowS: NOW, queued: () => false }

const four = (n: number | null): Counts => ({ sendable: n, sent: n, delivered: n, clicked: n })
function piece(from: number, to: number, n: number | null, over: Partial<Piece> = {}): Piece {
  const rows = [{ vendor: 'xiaomi' as const, channel: 'offline' as const, ...four(n) }]
  return { from, to, fetchedAt: NOW - 60, final: false, counts: { total: four(n), rows }, ...over }
}
const holding =
  (pieces: Piece[]): HeldOf =>
  ({ from, to }: Span) =>
    pieces.find((one) => one.from === from && one.to === to)
const hours = (from: number, to: number, n: number) =>
  Array.from({ length: (to - from) / HOUR }, (_, i) => piece(from + i * HOUR, from + (i + 1) * HOUR, n))
const planOf = (from: number, to: number, interval: SeriesInterval) =>
  planSeries({ from, to, tz: 'Asia/Shanghai', preset: null }, interval, NOW)

const twoDays = planOf(MONDAY, MONDAY + 2 * DAY, 'day')

describe('a bucket', () => {
  test('is its own window, not its hours, where both are stored', () => {
    const held = holding([piece(MONDAY, MONDAY + DAY, 30), ...hours(MONDAY, MONDAY + DAY, 1)])
    expect(seriesReport(twoDays, held, CONTEXT).series[0]).toMatchObject({ state: 'held', sent: 30, clicked: 30 })
  })

  test('is the sum of the hours that fill it', () => {
    const held = holding(hours(MONDAY, MONDAY + DAY, 5))
    expect(seriesReport(twoDays, held, CONTEXT).series[0]).toMatchObject({ state: 'held', sent: 120 })
  })

  test('with one hour missing is not held and has no counts, neither a partial sum nor zero', () => {
    const held = holding(hours(MONDAY, MONDAY + DAY, 5).slice(0, 23))
    expect(seriesReport(twoDays, held, CONTEXT).series[0]).toMatchObject({ state: 'missing', sent: null, asOf: null })
  })

  test('of a week is the sum of its days, each from a window or from hours', () => {
    const week = planOf(MONDAY, MONDAY + 3 * DAY, 'week')
    const days = [piece(MONDAY, MONDAY + DAY, 7), piece(MONDAY + 2 * DAY, MONDAY + 3 * DAY, 9)]
    const held = holding([...days, ...hours(MONDAY + DAY, MONDAY + 2 * DAY, 1)])
    expect(seriesReport(week, held, CONTEXT).series).toMatchObject([{ sent: 40, state: 'held' }])
    expect(seriesReport(week, holding(days), CONTEXT).series).toMatchObject([{ sent: null, state: 'missing' }])
  })

  test('has the time of its oldest part, and is final when all its parts are', () => {
    const parts = hours(MONDAY, MONDAY + DAY, 1).map((one) => ({ ...one, final: true }))
    const [first, ...rest] = parts
    if (!first) throw new Error('no hours')
    const old = { ...first, fetchedAt: NOW - 7_200 }
    const bucket = seriesReport(twoDays, holding([old, ...rest]), CONTEXT).series[0]
    expect(bucket).toMatchObject({ final: true, asOf: '2026-11-20T02:03:20.000Z' })
    const open = seriesReport(twoDays, holding([{ ...old, final: false }, ...rest]), CONTEXT).series[0]
    expect(open).toMatchObject({ final: false })
  })

  test('is zero for a window with zeros, and unknown for a window without a record', () => {
    const held = holding([piece(MONDAY, MONDAY + DAY, 0), piece(MONDAY + DAY, MONDAY + 2 * DAY, 1, { counts: null })])
    const { series, sum } = seriesReport(twoDays, held, CONTEXT)
    expect(series).toMatchObject([
      { state: 'held', sent: 0 },
      { state: 'held', sent: null },
    ])
    expect(sum).toBeNull()
  })

  test('has the rows of its vendors, none while it is not held', () => {
    const held = holding([piece(MONDAY, MONDAY + DAY, 3)])
    expect(seriesReport(twoDays, held, CONTEXT).series.map(({ rows }) => rows)).toEqual([
      [{ vendor: 'xiaomi', channel: 'offline', ...four(3) }],
      [],
    ])
  })
})

describe('states', () => {
  const stateOf = (from: number, held: Piece[], queued = false) =>
    seriesReport(planOf(from, from + DAY, 'day'), holding(held), { ...CONTEXT, queued: () => queued }).series[0]?.state

  test('are held, stale, pending, missing and expired', () => {
    const old = MONDAY - 60 * DAY
    expect(stateOf(MONDAY, [piece(MONDAY, MONDAY + DAY, 1)])).toBe('held')
    expect(stateOf(MONDAY, [piece(MONDAY, MONDAY + DAY, 1, { fetchedAt: MONDAY + DAY + 60 })])).toBe('stale')
    expect(stateOf(MONDAY, [], true)).toBe('pending')
    expect(stateOf(MONDAY, [])).toBe('missing')
    expect(stateOf(old, [])).toBe('expired')
    expect(stateOf(old, [piece(old, old + DAY, 1, { fetchedAt: old + DAY })])).toBe('held')
  })

  test('coverage counts buckets and lists the holes', () => {
    const { coverage } = seriesReport(twoDays, holding([piece(MONDAY, MONDAY + DAY, 1)]), CONTEXT)
    expect(coverage).toEqual({
      held: 1,
      expected: 2,
      missing: [{ from: '2026-11-16T16:00:00.000Z', to: '2026-11-17T16:00:00.000Z', state: 'missing' }],
    })
  })
})

describe('the sum', () => {
  test('contains held buckets only, and has their length', () => {
    const report = seriesReport(twoDays, holding([piece(MONDAY, MONDAY + DAY, 8)]), CONTEXT)
    expect(report.sum?.total).toEqual(four(8))
    expect(report.seconds).toBe(DAY)
    expect(seriesReport(twoDays, holding([]), CONTEXT)).toMatchObject({ sum: null, seconds: 0, asOf: null })
  })

  test('adds vendors by name and channel; an unknown count makes its sum unknown', () => {
    const online = { vendor: 'xiaomi' as const, channel: 'online' as const, ...four(2), delivered: null }
    const second = piece(MONDAY + DAY, MONDAY + 2 * DAY, 10)
    second.counts?.rows.push(online)
    const { sum } = seriesReport(twoDays, holding([piece(MONDAY, MONDAY + DAY, 8), second]), CONTEXT)
    expect(sum?.rows).toEqual([{ vendor: 'xiaomi', channel: 'offline', ...four(18) }, online])
    const unknown = piece(MONDAY, MONDAY + DAY, 8)
    if (unknown.counts) unknown.counts.total.delivered = null
    expect(seriesReport(twoDays, holding([unknown, second]), CONTEXT).sum?.total).toEqual({
      ...four(18),
      delivered: null,
    })
  })

  test('is the same for any grouping of hours, and a bucket with a hole adds nothing', () => {
    const span = { from: MONDAY - 7 * DAY, to: MONDAY }
    const anyHours = fc.array(fc.option(fc.nat(1_000), { nil: undefined }), { minLength: 168, maxLength: 168 })
    fc.assert(
      fc.property(anyHours, fc.constantFrom('hour', 'day', 'week'), (counts, interval) => {
        const windows = counts.flatMap((n, i) =>
          n === undefined ? [] : [piece(span.from + i * HOUR, span.from + (i + 1) * HOUR, n)],
        )
        const plan = planOf(span.from, span.to, interval)
        const { series, sum } = seriesReport(plan, holding(windows), CONTEXT)
        const expected = plan.buckets.map(({ from, to }) => {
          const inside = counts.slice((from - span.from) / HOUR, (to - span.from) / HOUR)
          return inside.includes(undefined) ? null : inside.reduce<number>((all, n) => all + (n ?? 0), 0)
        })
        expect(series.map(({ sent }) => sent)).toEqual(expected)
        const whole = expected.filter((n) => n !== null)
        expect(sum?.total.sent ?? null).toBe(whole.length > 0 ? whole.reduce((a, b) => a + b, 0) : null)
      }),
      { numRuns: 60 },
    )
  })
})

test('days and hours that are not stored are listed, without the stored days of the same week', () => {
  const week = planOf(MONDAY, MONDAY + 3 * DAY, 'week')
  const held = holding([piece(MONDAY, MONDAY + DAY, 1), ...hours(MONDAY + DAY, MONDAY + 2 * DAY, 1)])
  expect(spansNotHeld(week, held)).toEqual([{ from: MONDAY + 2 * DAY, to: MONDAY + 3 * DAY }])
  const hourly = planOf(MONDAY, MONDAY + 3 * HOUR, 'hour')
  expect(spansNotHeld(hourly, holding([piece(MONDAY + HOUR, MONDAY + 2 * HOUR, 1)]))).toEqual([
    { from: MONDAY, to: MONDAY + HOUR },
    { from: MONDAY + 2 * HOUR, to: MONDAY + 3 * HOUR },
  ])
})
