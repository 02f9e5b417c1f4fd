import { describe, expect, test } from 'vitest'
import { wordsIn } from '@/components/i18n/testing/render'
import type { Picture, Shape } from '@/components/report/picture/shapes'
import { sheetPicture } from '@/components/report/picture/sheet-picture'
import { vendorSheet } from '@/components/report/picture/vendor-sheet'
import { funnel, NOTHING } from '@/components/report/testing/funnel-samples'
import type { TrendView } from '@/lib/contract/chart/trend-view'
import type { BucketReply, FunnelReply } from '@/lib/contract/funnel'
import { chartPicture } from './chart-picture'

const words = wordsIn('en')
const SUBJECT = { app: 'Shop', sdkAppId: 1_400_187_352, demo: false }
const bucket = (i: number, sent: number | null): BucketReply => ({
  from: new Date(Date.parse('2026-11-13T16:00:00Z') + i * 86_400_000).toISOString(),
  to: new Date(Date.parse('2026-11-14T16:00:00Z') + i * 86_400_000).toISOString(),
  ...{ state: sent === null ? 'expired' : 'held', final: sent !== null, asOf: null },
  ...{ sendable: sent, sent, delivered: sent, clicked: sent, rates: { delivery: sent && 0.5, click: null } },
  vendors: [],
})
const REPLY = funnel({ interval: 'day', series: [bucket(0, 400), bucket(1, null), bucket(2, 200)] })

const texts = ({ shapes }: Picture) => shapes.flatMap((shape) => (shape.kind === 'text' ? shape.text : []))
const chart = (reply: FunnelReply, { view, demo = false }: { view?: Partial<TrendView>; demo?: boolean } = {}) =>
  chartPicture({
    ...{ reply, annotations: [], words, subject: { ...SUBJECT, demo } },
    view: { measure: 'volume', by: 'total', ...view },
  })
const table = (question: Parameters<typeof vendorSheet>[0]) => sheetPicture(vendorSheet(question))
const isBar = (shape: Shape) => shape.kind === 'rect' && shape.fill === '#14857a' && shape.height > 50

describe('every picture', () => {
  test.each([
    ['chart', (demo: boolean) => chart(REPLY, { demo })],
    ['table', (demo: boolean) => table({ reply: REPLY, subject: { ...SUBJECT, demo }, words })],
  ])('of the %s says app, range, zone, time and coverage, and of a demo that it is invented', (_, draw) => {
    const seen = texts(draw(false)).join('\n')
    expect(seen).toContain('· Campaigns')
    expect(seen).toContain('Shop · 1400187352 · 14 Nov 00:00 – 21 Nov 00:00 · Asia/Shanghai · UTC+8')
    expect(seen).toContain('Updated 21 Nov 12:03 (UTC+8) · Exact total · Coverage: 1 of 1 periods')
    expect(seen).not.toContain('invented')
    expect(texts(draw(true))).toContain('Demo, invented data')
  })

  test('keeps all its shapes inside', () => {
    for (const by of ['total', 'vendor'] as const) {
      const picture = chart(REPLY, { view: { by } })
      for (const shape of picture.shapes) {
        const points = 'points' in shape ? shape.points : [[shape.x, shape.y] as const]
        for (const [x, y] of points) {
          expect(x).toBeGreaterThanOrEqual(0)
          expect(x).toBeLessThanOrEqual(picture.width)
          expect(y).toBeLessThanOrEqual(picture.height)
        }
      }
    }
  })
})

describe('the chart', () => {
  test('has a bar for each stored day, in proportion, and a ground for a hole', () => {
    const { shapes } = chart(REPLY)
    const heights = shapes.filter(isBar).map((shape) => (shape.kind === 'rect' ? Math.round(shape.height) : 0))
    expect(heights).toEqual([320, 160])
    expect(shapes.filter((shape) => shape.kind === 'rect' && shape.fill === '#f5f5f4')).toHaveLength(1)
  })

  test('names its lines and its notes', () => {
    expect(texts(chart(REPLY))).toEqual(expect.arrayContaining(['Sent', 'Delivered', 'Clicked']))
    expect(texts(chart(REPLY)).join('\n')).toContain('1  No data: expired at Tencent before collection')
  })

  test('by vendor has a small chart with the name of each', () => {
    const seen = texts(chart(REPLY, { view: { by: 'vendor' } }))
    expect(seen).toEqual(expect.arrayContaining(['Xiaomi', 'HUAWEI', 'vivo', '291,118']))
    expect(texts(chart(REPLY, { view: { by: 'vendor', measure: 'rate' } }))).toContain('not reported')
  })
})

describe('the vendor table', () => {
  test('has counts and rates; what is not reported is a word and never 0 %', () => {
    const seen = texts(table({ reply: REPLY, subject: SUBJECT, words }))
    const xiaomi = seen.indexOf('Xiaomi')
    expect(seen.slice(xiaomi, xiaomi + 4)).toEqual([
      'Xiaomi',
      '310,442',
      '291,118 · 93.8\u202f% of sendable',
      '227,072 · 78.0\u202f% of sent',
    ])
    expect(seen.slice(seen.indexOf('HUAWEI')).at(3)).toBe('not reported')
    expect(seen.join(' ')).not.toMatch(/(?<![\d.])0\u202f% of (sent|delivered)/)
  })

  test('without vendors has the total alone', () => {
    expect(texts(table({ reply: NOTHING, subject: SUBJECT, words }))).toContain('Total')
  })
})
