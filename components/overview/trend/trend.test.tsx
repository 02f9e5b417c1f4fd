import { describe, expect, test } from 'vitest'
import { LOCALES } from '@/components/i18n/locale'
import { visibleText, wordsIn } from '@/components/i18n/testing/render'
import { bars, strokes } from '@/components/overview/testing/chart-marks'
import {
  CHAT,
  day,
  EMPTY,
  FIRST,
  FULL,
  held,
  html,
  iso,
  LINKS,
  rows,
  week,
} from '@/components/overview/testing/trend-samples'
import { counts, TOTAL } from '@/components/report/testing/funnel-samples'
import { type BucketReply, funnelReply } from '@/lib/contract/funnel'
import { axisLabel, bucketLabel } from './trend-labels'
import { trendLines } from './trend-lines'

test('the samples are valid API replies', () => {
  for (const reply of [FULL, EMPTY]) funnelReply.parse(reply)
})

describe('the first HTML', () => {
  test('draws campaigns as bars: a hole has none, a zero has one without height', () => {
    expect(bars(html(FULL), 'sent')).toEqual([
      'M0.12 100V83.33h0.76V100',
      'M1.12 100V66.67h0.76V100',
      'M3.12 100V100h0.76V100',
      'M4.12 100V33.33h0.76V100',
      'M5.12 100V16.67h0.76V100',
      'M6.12 100V0h0.76V100',
    ])
    expect(html(FULL)).not.toContain('<polygon')
    expect(html(FULL)).toContain('<rect class="hole" x="2" width="1"')
  })

  test('draws chat messages as an area with strokes on both sides of a hole, and none through it', () => {
    expect(strokes(html(CHAT), 'area sent')).toEqual(['0.5,83.33 1.5,66.67', '3.5,100 4.5,33.33 5.5,16.67 6.5,0'])
    expect(strokes(html(CHAT), 'line clicked')).toHaveLength(2)
    expect(html(CHAT)).not.toContain('class="bar')
  })

  test('has the same as a table: a hole is a dash, a zero is 0, unknown is a word', () => {
    const unknown = day(4, 4_000, { delivered: null })
    expect(rows({ ...FULL, series: week.with(4, unknown) })?.slice(1, 5)).toEqual([
      ['15 Nov', '2,000', '2,000', '1,000', '3', '50.0\u202f%', '–', 'may still rise'],
      ['16 Nov', '–', '–', '–', '–', '–', '–', 'not fetched yet'],
      ['17 Nov', '0', '0', '0', '3', '–', '–', 'may still rise'],
      ['18 Nov', '4,000', '4,000', 'unknown', '3', '50.0\u202f%', '–', 'may still rise'],
    ])
    expect(visibleText(html(FULL))).toContain('Asia/Shanghai · UTC+8')
  })

  test('marks recent days in the chart, the legend and the table', () => {
    expect(html(FULL)).toContain('<rect class="filling" x="5" width="2"')
    expect(rows(FULL)?.[6]?.at(-1)).toBe('still updating')
    expect(visibleText(html(FULL).split('</ul>')[1] ?? '')).toContain('still updating')
  })

  test('draws a single stored bucket between holes', () => {
    const alone = CHAT.series.map((bucket, i) => (i === 1 ? bucket : day(i, null)))
    expect(strokes(html({ ...CHAT, series: alone }), 'area sent')).toEqual(['1.3,0 1.7,0'])
  })

  test('keeps the space and draws no line without data', () => {
    expect(html(EMPTY)).not.toContain('<polyline')
    expect(bars(html(EMPTY), 'sent')).toEqual([])
    expect(html(EMPTY)).toContain('<rect class="hole" x="0" width="7"')
    expect(html(EMPTY)).toContain('No data')
  })
})

test('offers the intervals as links and marks the current one', () => {
  expect([...html(FULL).matchAll(/href="([^"]+)"/g)].map(([, href]) => href)).toEqual(LINKS.map(({ href }) => href))
  expect(html(FULL)).toMatch(/aria-current="true"[^>]*>Day</)
})

describe('notes', () => {
  test('without reporting vendors there is no delivery line, and a note says so', () => {
    const total = { ...TOTAL, ...counts([900, 800, 0, 20], 'unreported') }
    const markup = html({ ...FULL, total })
    expect(bars(markup, 'delivered')).toBeUndefined()
    expect(visibleText(markup)).toContain('No vendor here reports deliveries')
    expect(bars(html(FULL), 'delivered')).toHaveLength(6)
  })

  test('a complete sum that differs from the exact total is a footnote; equal or partial sums are none', () => {
    const seriesSum = { sendable: 1, sent: 891_000, delivered: 1, clicked: 1 }
    expect(visibleText(html({ ...FULL, seriesSum, coverage: held(7) }))).toContain('Hourly values total 891,000 sent')
    expect(visibleText(html({ ...FULL, seriesSum }))).not.toContain('Hourly values total')
    const equal = { ...seriesSum, sent: TOTAL.sent }
    expect(visibleText(html({ ...FULL, seriesSum: equal, coverage: held(7) }))).not.toContain('Hourly values total')
    expect(visibleText(html({ ...FULL, seriesSum, coverage: held(7), totalBasis: 'sum' }))).not.toContain(
      'Hourly values total',
    )
  })

  test('the hour that the clock shows twice has its offset, in the table and in the label of the tooltip', () => {
    const range = { ...FULL.range, tz: 'America/New_York' }
    const hours = ['04', '05', '06', '07'].map((hour) => `2026-11-01T${hour}:00:00Z`)
    const series = hours.slice(1).map((to, i) => ({ ...day(0, 10), from: hours[i] ?? '', to }))
    const seen = visibleText(html({ ...FULL, range, interval: 'hour', series }))
    expect(seen).toContain('1 Nov 01:00 (UTC−4)')
    expect(seen).toContain('1 Nov 01:00 (UTC−5)')
    expect(seen).not.toContain('1 Nov 00:00 (UTC')
  })

  test('unaligned borders and an unfinished hour are noted', () => {
    expect(visibleText(html({ ...FULL, aligned: false }))).toContain('The chart uses whole hours')
    expect(visibleText(html({ ...FULL, series: [] }))).toContain('has not ended yet')
    expect(html({ ...FULL, series: [] })).not.toContain('<table')
  })
})

test('labels: whole days by name, partial ones by both ends, weeks by both days', () => {
  const label = (from: string, to: string, interval: 'hour' | 'day' | 'week') =>
    bucketLabel({ from, to }, interval, 'Asia/Shanghai', 'en')
  expect(label('2026-11-13T16:00:00Z', '2026-11-14T16:00:00Z', 'day')).toBe('14 Nov')
  expect(label('2026-11-13T16:00:00Z', '2026-11-14T04:00:00Z', 'day')).toBe('14 Nov 00:00 – 14 Nov 12:00')
  expect(label('2026-11-15T16:00:00Z', '2026-11-22T16:00:00Z', 'week')).toBe('16 Nov – 22 Nov')
  expect(label('2026-11-14T04:00:00Z', '2026-11-14T05:00:00Z', 'hour')).toBe('14 Nov 12:00')
})

test('labels of hours carry the date first, and where the day changes', () => {
  const hour = (h: number) => ({ from: iso(FIRST + h * 3_600_000), to: iso(FIRST + (h + 1) * 3_600_000) })
  const label = (h: number, before?: number) =>
    axisLabel(hour(h), before === undefined ? undefined : hour(before), {
      ...{ interval: 'hour', tz: 'Asia/Shanghai', locale: 'en' },
    })
  expect([label(10), label(20, 10), label(30, 20)]).toEqual([
    { text: '10:00', day: '14 Nov' },
    { text: '20:00', day: null },
    { text: '06:00', day: '15 Nov' },
  ])
  const days = { interval: 'day', tz: 'Asia/Shanghai', locale: 'en' } as const
  expect(axisLabel(week[0], undefined, days)).toEqual({ text: '14 Nov', day: null })
})

describe('the comparison', () => {
  const before: (BucketReply | null)[] = week.map((_, i) => day(i - 7, i === 1 ? null : 500))
  test('is a dashed line, with the holes of its own time, and columns of the table', () => {
    const markup = html({ ...FULL, seriesBefore: before })
    expect(strokes(markup, 'before sent')).toEqual([
      '0.3,91.67 0.7,91.67',
      '2.5,91.67 3.5,91.67 4.5,91.67 5.5,91.67 6.5,91.67',
    ])
    expect(rows({ ...FULL, seriesBefore: before })?.[0]).toEqual([
      ...['14 Nov', '1,000', '1,000', '500', '3', '50.0\u202f%', '–'],
      ...['500', '50.0\u202f%', 'may still rise'],
    ])
    expect(strokes(html(FULL), 'before sent')).toEqual([])
  })

  test('leaves out a bucket without a counterpart', () => {
    expect(strokes(html({ ...FULL, seriesBefore: before.with(3, null) }), 'before sent')).toHaveLength(3)
  })
})

test.each(LOCALES)('in %s every state has its text', (locale) => {
  const states = (['pending', 'missing', 'expired', 'future'] as const).map((state, i) => day(i, null, { state }))
  const reply = { ...FULL, series: [...states, day(4, 10, { final: true }), day(5, 10), day(6, 10)], aligned: false }
  const seen = visibleText(html(reply, { locale }))
  if (locale !== 'en') expect(seen).not.toMatch(/fetched|Trend|Sent|not kept|table|Week/)
})

test('a bucket with pushes and no vendor rows is a hole for every vendor, not 0', () => {
  const vendors = FULL.vendors.slice(0, 1)
  const values = (sent: number) =>
    trendLines(
      { ...FULL, vendors, series: [day(0, sent, { vendors: [] })] },
      { measure: 'volume', by: 'vendor' },
      wordsIn('en'),
    ).lines.map((line) => line.values)
  expect(vendors).toHaveLength(1)
  expect([values(500), values(0)]).toEqual([[[null]], [[0]]])
})
