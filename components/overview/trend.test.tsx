import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { LOCALES, type Locale } from '@/components/i18n/locale'
import { pickMessages } from '@/components/i18n/messages'
import { visibleText } from '@/components/i18n/testing/render'
import { createWords } from '@/components/i18n/words'
import { counts, funnel, TOTAL, WAITING } from '@/components/report/testing/funnel-samples'
import { type BucketReply, type FunnelReply, funnelReply } from '@/lib/contract/funnel'
import { Trend } from './trend'
import { axisLabel, bucketLabel } from './trend-labels'

const DAY_MS = 86_400_000
const FIRST = Date.parse('2026-11-13T16:00:00Z')
const iso = (ms: number) => new Date(ms).toISOString()

function day(i: number, sent: number | null, over: Partial<BucketReply> = {}): BucketReply {
  return {
    from: iso(FIRST + i * DAY_MS),
    to: iso(FIRST + (i + 1) * DAY_MS),
    state: sent === null ? 'missing' : 'held',
    final: false,
    asOf: sent === null ? null : '2026-11-21T04:03:00.000Z',
    sendable: sent,
    sent,
    delivered: sent && sent / 2,
    clicked: sent === null ? null : 3,
    rates: { delivery: sent && 0.5, click: null },
    ...over,
  }
}

const held = (n: number) => ({ held: n, expected: n, missing: [] })
const week = [1_000, 2_000, null, 0, 4_000, 5_000, 6_000].map((sent, i) => day(i, sent))
const FULL = funnel({ interval: 'day', series: week, coverage: { ...held(7), held: 6 } })
const EMPTY: FunnelReply = {
  ...WAITING,
  interval: 'day',
  series: week.map(({ from }, i) => ({ ...day(i, null), from })),
}
const LINKS = (['hour', 'day', 'week'] as const).map((interval) => ({ interval, href: `/?interval=${interval}` }))

const html = (reply: FunnelReply, locale: Locale = 'en') =>
  renderToStaticMarkup(
    <Trend reply={reply} links={LINKS} words={createWords(locale, pickMessages(locale, ['common', 'overview']))} />,
  )
const rows = (reply: FunnelReply) =>
  html(reply)
    .split('<tbody>')[1]
    ?.split('<tr')
    .slice(1)
    .map((row) => [...row.matchAll(/<t[hd][^>]*>([^<]*)</g)].map(([, text]) => text))
const strokes = (markup: string, line: string) =>
  [...markup.matchAll(new RegExp(`<g class="${line}">.*?<polyline points="([^"]+)"`, 'g'))].map(([, points]) => points)

test('the samples are valid API replies', () => {
  for (const reply of [FULL, EMPTY]) funnelReply.parse(reply)
})

describe('the first HTML', () => {
  test('has a sketch with strokes on both sides of a hole, and none through it', () => {
    expect(strokes(html(FULL), 'sent')).toEqual(['0.5,83.33 1.5,66.67', '3.5,100.00 4.5,33.33 5.5,16.67 6.5,0.00'])
    expect(strokes(html(FULL), 'clicked')).toHaveLength(2)
    expect(html(FULL)).toContain('<rect class="hole" x="2" width="1"')
  })

  test('has the same as a table: a hole is a dash, a zero is 0, unknown is a word', () => {
    const unknown = day(4, 4_000, { delivered: null })
    expect(rows({ ...FULL, series: week.with(4, unknown) })?.slice(1, 5)).toEqual([
      ['15 Nov', '2,000', '2,000', '1,000', '3', 'may still rise'],
      ['16 Nov', '–', '–', '–', '–', 'not fetched yet'],
      ['17 Nov', '0', '0', '0', '3', 'may still rise'],
      ['18 Nov', '4,000', '4,000', 'unknown', '3', 'may still rise'],
    ])
    expect(visibleText(html(FULL))).toContain('Asia/Shanghai · UTC+8')
  })

  test('marks recent days in the chart, the legend and the table', () => {
    expect(html(FULL)).toContain('<rect class="filling" x="5" width="2"')
    expect(rows(FULL)?.[6]?.at(-1)).toBe('still updating')
    expect(visibleText(html(FULL).split('</ul>')[1] ?? '')).toContain('still updating')
  })

  test('draws a single stored bucket between holes', () => {
    const alone = FULL.series.map((bucket, i) => (i === 1 ? bucket : day(i, null)))
    expect(strokes(html({ ...FULL, series: alone }), 'sent')).toEqual(['1.3,0 1.7,0'])
  })

  test('keeps the space and draws no line without data', () => {
    expect(html(EMPTY)).not.toContain('<polyline')
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
    expect(strokes(markup, 'delivered')).toEqual([])
    expect(visibleText(markup)).toContain('No vendor here reports deliveries')
    expect(strokes(html(FULL), 'delivered')).toHaveLength(2)
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
  const [first] = week
  const place = (count: number) => axisLabel(first, { count, interval: 'hour', tz: 'Asia/Shanghai', locale: 'en' })
  expect([place(24), place(49)]).toEqual(['00:00', '14 Nov'])
})

test.each(LOCALES)('in %s every state has its text', (locale) => {
  const states = (['pending', 'missing', 'expired', 'future'] as const).map((state, i) => day(i, null, { state }))
  const reply = { ...FULL, series: [...states, day(4, 10, { final: true }), day(5, 10), day(6, 10)], aligned: false }
  const seen = visibleText(html(reply, locale))
  if (locale !== 'en') expect(seen).not.toMatch(/fetched|Trend|Sent|not kept|table|Week/)
})
