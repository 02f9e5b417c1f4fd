import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { LOCALES, type Locale } from '@/components/i18n/locale'
import { visibleText, wordsIn } from '@/components/i18n/testing/render'
import { funnel } from '@/components/report/testing/funnel-samples'
import type { ChangeReply } from '@/lib/contract/changes/changes'
import type { FunnelReply } from '@/lib/contract/funnel'
import { Report } from './report'
import { Trend } from './trend/trend'

const DAY_MS = 86_400_000
const FIRST = Date.parse('2026-11-13T16:00:00Z')
const iso = (ms: number) => new Date(ms).toISOString()

const place = { channel: 'offline', grain: 'day' } as const
const RECEIPTS: FunnelReply['receipts'] = [
  { ...place, change: 'stopped', vendor: 'xiaomi', platform: 2, at: iso(FIRST + 3 * DAY_MS) },
  { ...place, change: 'began', vendor: 'huawei', platform: 3, at: iso(FIRST + 5 * DAY_MS + 36e6), grain: 'hour' },
  { ...place, change: 'resumed', vendor: 'oppo', platform: 6, at: iso(FIRST - DAY_MS) },
]
const series = Array.from({ length: 7 }, (_, i): FunnelReply['series'][number] => ({
  from: iso(FIRST + i * DAY_MS),
  to: iso(FIRST + (i + 1) * DAY_MS),
  state: 'held',
  final: true,
  asOf: '2026-11-21T04:03:00.000Z',
  sendable: 9,
  sent: 9,
  delivered: 5,
  clicked: 1,
  rates: { delivery: null, click: null },
}))
const changed = funnel({ interval: 'day', series, receipts: RECEIPTS })

const trend = (reply: FunnelReply, locale: Locale = 'en') =>
  renderToStaticMarkup(<Trend reply={reply} links={[]} words={wordsIn(locale)} />)
const report = (reply: FunnelReply, locale: Locale = 'en', told?: ChangeReply[]) =>
  visibleText(
    renderToStaticMarkup(
      <Report
        reply={reply}
        trend={<Trend reply={reply} links={[]} words={wordsIn(locale)} />}
        told={told}
        words={wordsIn(locale)}
      />,
    ),
  )

test('are marked on the chart at their time, and named in the table beside their day', () => {
  const places = [...trend(changed).matchAll(/<line class="annotated" x1="([^"]+)"/g)].map(([, x]) => x)
  expect(places).toEqual(['3.5', '5.5'])
  const rows = (trend(changed).split('<tbody>')[1] ?? '').split('<tr').slice(1).map(visibleText)
  expect(rows[3]).toContain('final Xiaomi has reported no deliveries since 17 Nov.')
  expect(rows[5]).toContain('HUAWEI receipts began 19 Nov 10:00.')
  expect(rows[4]).not.toMatch(/report/)
})

test.each(LOCALES)('the legend names them only when there are some, in %s', (locale) => {
  const said = wordsIn(locale).t('overview.receipts.changed')
  expect(trend(changed, locale)).toContain(said)
  expect(trend(funnel({ interval: 'day', series }), locale)).not.toContain(said)
})

test.each(LOCALES)('each is a sentence that names the vendor, also before the range, in %s', (locale) => {
  const { t } = wordsIn(locale)
  const seen = report(changed, locale)
  for (const { change, vendor } of RECEIPTS) {
    const name = t(`vendors.${vendor as 'xiaomi'}.name`)
    const [, rest = ''] = t(`overview.receipts.${change}`, { vendor: name, time: '§' }).split('§')
    expect(seen).toContain(rest)
  }
})

test('new receipts are no improvement: the sentence says so', () => {
  const seen = report(changed)
  expect(seen).toContain('Earlier rates are not comparable')
  expect(seen).not.toMatch(/improv|better|increase|went up/i)
})

test('what the card of changes says is not said again', () => {
  const none = { rate: null, before: null, now: null, pushes: null, messages: null, code: null, to: null } as const
  const began: ChangeReply = { kind: 'receipts_began', vendor: 'huawei', channel: 'offline', from: iso(FIRST), ...none }
  const list = (told: ChangeReply[]) => report(changed, 'en', told).match(/HUAWEI receipts began/g)?.length ?? 0
  expect(list([])).toBe(list([began]) + 1)
  expect(list([{ ...began, vendor: 'vivo' }])).toBe(list([]))
  expect(report(changed, 'en', [began])).toContain('Xiaomi has reported no deliveries')
})
