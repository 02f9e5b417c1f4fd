import { describe, expect, test } from 'vitest'
import { visibleText } from '@/components/i18n/testing/render'
import { strokes } from '@/components/overview/testing/chart-marks'
import { DAY_MS, day, FIRST, FULL, html, iso, rows, week } from '@/components/overview/testing/trend-samples'
import { counts, TOTAL } from '@/components/report/testing/funnel-samples'
import type { AnnotationReply } from '@/lib/contract/chart/annotations'

describe('rates', () => {
  test('are lines in percent over the days that have one', () => {
    const series = week.map((bucket, i) => ({ ...bucket, rates: { delivery: i === 2 ? null : 0.5, click: 0.03 } }))
    const markup = html({ ...FULL, series }, { view: { measure: 'rate' } })
    expect(strokes(markup, 'line delivered')).toEqual([
      '0.5,16.67 1.5,16.67',
      '3.5,16.67 4.5,16.67 5.5,16.67 6.5,16.67',
    ])
    expect(markup).toContain('>60\u202f%<')
    expect(visibleText(markup)).toContain('only vendors with receipts')
  })

  test('without reporting vendors there is no delivery rate', () => {
    const total = { ...TOTAL, ...counts([900, 800, 0, 20], 'unreported') }
    expect(html({ ...FULL, total }, { view: { measure: 'rate' } })).not.toContain('line delivered')
  })
})

describe('by vendor', () => {
  const row = (vendor: string, sent: number, deliveryRate: number | null) => ({
    ...{ vendor, platform: 1, channel: 'offline' as const, deliveryRate },
    ...{ sendable: sent, sent, delivered: 0, clicked: 0 },
  })
  const series = week.map((bucket, i) =>
    bucket.sent === null ? bucket : { ...bucket, vendors: [row('oppo', i + 1, 0.5), row('huawei', 9, null)] },
  )
  const own = (names: string[]) => FULL.vendors.filter(({ vendor }) => names.includes(vendor))
  const few = { ...FULL, series, vendors: own(['oppo', 'huawei']) }

  test('up to four vendors are lines of one chart, the largest first', () => {
    const markup = html(few, { view: { by: 'vendor' } })
    expect(strokes(markup, 'line vendor-1')).toEqual(['0.5,10 1.5,10', '3.5,10 4.5,10 5.5,10 6.5,10'])
    expect(strokes(markup, 'line vendor-2')).toHaveLength(2)
    expect(rows(few, { view: { by: 'vendor' } })?.slice(0, 3)).toEqual([
      ['14 Nov', '9', '1', 'may still rise'],
      ['15 Nov', '9', '2', 'may still rise'],
      ['16 Nov', '–', '–', 'not fetched yet'],
    ])
  })

  test('a vendor without receipts has no rate, never 0', () => {
    const markup = html(few, { view: { by: 'vendor', measure: 'rate' } })
    expect(strokes(markup, 'line vendor-1')).toEqual([])
    expect(rows(few, { view: { by: 'vendor', measure: 'rate' } })?.[0]).toEqual([
      '14 Nov',
      '–',
      '50.0\u202f%',
      'may still rise',
    ])
  })

  test('more than four have a small chart each, all on one scale, with what they report', () => {
    const markup = html({ ...FULL, series }, { view: { by: 'vendor', measure: 'rate' } })
    expect(markup.match(/class="multiple"/g)).toHaveLength(FULL.vendors.length)
    const seen = visibleText(markup)
    expect(seen).toContain('not reported')
    expect(seen.split('too few').length).toBeGreaterThan(2)
    expect(markup.match(/>60\u202f%</g)).toHaveLength(FULL.vendors.length)
  })
})

describe('marks on the chart', () => {
  const mark = (over: Partial<AnnotationReply>): AnnotationReply => ({
    ...{ kind: 'note', at: iso(FIRST + DAY_MS), until: null, source: null, text: 'New SDK', id: 'n' },
    ...{ author: { name: 'Kim' }, editable: true, taskId: null, error: null },
    ...over,
  })
  const campaign = (i: number, text: string | null) =>
    mark({ kind: 'campaign', at: iso(FIRST + i * DAY_MS), text, taskId: 'a_b_c', id: null, author: null })

  test('notes are numbered in order of time, in the chart, the list and the table', () => {
    const error = { failed: 11, calls: 23, code: 60018 }
    const annotations = [
      mark({ at: iso(FIRST + 3 * DAY_MS), kind: 'upstream_error', text: null, error, author: null }),
      mark({}),
      mark({ at: iso(FIRST - 1) }),
    ]
    const markup = html(FULL, { annotations })
    expect([...markup.matchAll(/class="note-mark" style="left:([\d.]+)%">(\d)/g)].map(([, , n]) => n)).toEqual([
      '1',
      '2',
    ])
    expect(visibleText(markup)).toMatch(/1 15 Nov 00:00 New SDK · Kim/)
    expect(visibleText(markup)).toMatch(/2 17 Nov 00:00 Tencent refused or failed 11 of 23 calls/)
    expect(rows(FULL, { annotations })?.[1]?.at(-1)).toBe('New SDK')
    expect(rows(FULL, { annotations })?.[0]?.at(-1)).toBe('')
  })

  test('a gap that can no longer be closed is a note', () => {
    const series = week.with(2, day(2, null, { state: 'expired' }))
    expect(visibleText(html({ ...FULL, series }))).toContain(
      '1 16 Nov 00:00 No data: expired at Tencent before collection, 16 Nov 00:00 – 17 Nov 00:00',
    )
  })

  test('campaigns name their days: the first one and how many more; the table names all', () => {
    const annotations = [campaign(0, 'Lunch'), campaign(0.1, 'Dinner'), campaign(5, null)]
    const markup = html(FULL, { annotations })
    expect([...markup.matchAll(/class="flag \w+"[^>]*>([^<]+)</g)].map(([, name]) => name)).toEqual([
      ...['Lunch +1', 'a_b_c'],
      ...['Lunch +1', 'a_b_c'],
    ])
    expect(rows(FULL, { annotations })?.[0]?.at(-1)).toBe('Lunch · Dinner')
    expect(markup).not.toContain('note-mark')
  })
})
