import { renderToStaticMarkup } from 'react-dom/server'
import type { Locale } from '@/components/i18n/locale'
import { pickMessages } from '@/components/i18n/messages'
import { createWords } from '@/components/i18n/words'
import { tableRows } from '@/components/overview/testing/chart-marks'
import { Trend } from '@/components/overview/trend/trend'
import { funnel, WAITING } from '@/components/report/testing/funnel-samples'
import type { AnnotationReply } from '@/lib/contract/chart/annotations'
import type { TrendView } from '@/lib/contract/chart/trend-view'
import type { BucketReply, FunnelReply } from '@/lib/contract/funnel'

export const DAY_MS = 86_400_000
export const FIRST = Date.parse('2026-11-13T16:00:00Z')
export const iso = (ms: number) => new Date(ms).toISOString()

export function day(i: number, sent: number | null, over: Partial<BucketReply> = {}): BucketReply {
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
    rates: { delivery: sent ? 0.5 : null, click: null },
    ...over,
  }
}

export const held = (n: number) => ({ held: n, expected: n, missing: [] })
export const week = [1_000, 2_000, null, 0, 4_000, 5_000, 6_000].map((sent, i) => day(i, sent))
export const FULL = funnel({ interval: 'day', series: week, coverage: { ...held(7), held: 6 } })
export const EMPTY: FunnelReply = {
  ...WAITING,
  interval: 'day',
  series: week.map(({ from }, i) => ({ ...day(i, null), from })),
}
export const LINKS = (['hour', 'day', 'week'] as const).map((value) => ({
  ...{ choice: 'interval' as const, value, current: value === 'day' },
  href: `/?interval=${value}`,
}))

export interface Shown {
  locale?: Locale
  view?: Partial<TrendView>
  annotations?: AnnotationReply[]
}
export const wordsOf = (locale: Locale) =>
  createWords(locale, pickMessages(locale, ['common', 'overview', 'trend', 'vendors']))
export function html(reply: FunnelReply, { locale = 'en', view, annotations = [] }: Shown = {}) {
  const extras = { view: { measure: 'volume', by: 'total', ...view } as const, annotations }
  return renderToStaticMarkup(<Trend reply={reply} links={LINKS} extras={extras} words={wordsOf(locale)} />)
}
/** Returns the texts of the table's rows. */
export const rows = (reply: FunnelReply, shown: Shown = {}) => tableRows(html(reply, shown))
export const CHAT: FunnelReply = { ...FULL, source: 'chat' }
