import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { LOCALES, type Locale } from '@/components/i18n/locale'
import { visibleText, wordsIn } from '@/components/i18n/testing/render'
import { funnel } from '@/components/report/testing/funnel-samples'
import type { ChangesReply } from '@/lib/contract/changes/changes'
import { Changes } from './changes'
import { summaryText } from './summary-text'
import { BEGAN, changes, FELL, ROSE, SILENT, STOPPED } from './testing/changes-samples'

const LOSSES = { app: null, view: { source: 'task', range: '7d' } } as const
const TITLES = { token_invalid: 'Token no longer valid' }
const html = (reply: ChangesReply, locale: Locale = 'en') =>
  renderToStaticMarkup(<Changes reply={reply} titles={TITLES} losses={LOSSES} words={wordsIn(locale)} />)
const text = (reply: ChangesReply, locale: Locale = 'en') => visibleText(html(reply, locale))

describe('a change', () => {
  test('has vendor, rates, hour, code and messages, and links to its code', () => {
    expect(text(changes())).toContain(
      'vivo delivery 76.1 % → 45.8 % since 16 Nov 09:00 · Token no longer valid (code 10302) · −1,240 messages',
    )
    expect(html(changes())).toContain('href="/losses/code?code=10302&amp;source=task&amp;range=7d&amp;vendor=vivo"')
  })

  test('without a code says so, and links to the losses of its vendor', () => {
    const reply = changes({ items: [{ ...FELL, code: null }] })
    expect(text(reply)).toContain('no code explains it')
    expect(html(reply)).toContain('vendor=vivo#post_send"')
  })

  test('that has ended has its end, and a gain is no loss', () => {
    expect(text(changes({ items: [ROSE] }))).toContain(
      'OPPO delivery 70.0 % → 80.0 %, 16 Nov 09:00 – 17 Nov 09:00 · +410 messages',
    )
    expect(html(changes({ items: [ROSE] }))).not.toContain('text-bad')
  })

  test('of receipts counts no messages and is no improvement', () => {
    const seen = text(changes({ items: [STOPPED, BEGAN] }))
    expect(seen).toContain('HONOR has reported no deliveries since 16 Nov 09:00. Receipts or deliveries have stopped.')
    expect(seen).toContain('HUAWEI receipts began 16 Nov 09:00. Earlier rates are not comparable.')
    expect(seen).not.toMatch(/messages|improv/)
  })

  test('without any push says how many are usual', () => {
    expect(text(changes({ items: [SILENT] }))).toContain(
      'No push since 16 Nov 09:00. These hours usually have at least 812.',
    )
  })

  test.each(LOCALES)('is a sentence in %s', (locale) => {
    const seen = text(changes({ items: [FELL, STOPPED, BEGAN, SILENT, ROSE] }), locale)
    for (const part of ['10302', '1,240', '812', '410']) expect(seen).toContain(part)
    expect(seen).not.toMatch(/undefined|null|NaN/)
  })
})

test('three changes are shown and the others open', () => {
  const [first = '', rest = ''] = html(changes({ items: [FELL, STOPPED, BEGAN, SILENT] })).split('<details')
  expect(first.match(/<li/g)).toHaveLength(3)
  expect(visibleText(rest)).toContain('1 more change')
})

test.each([
  ['nothing notable', { items: [] }, 'Nothing unusual, compared with 28 stored days.'],
  [
    'too little history',
    { items: [], state: 'no_history', days: 3 },
    'Pushlens needs 7 stored days to know what is unusual and has 3.',
  ],
  ['no data', { items: [], state: 'no_data', held: 0 }, 'No full hour of this range is stored yet.'],
  ['a gap', { held: 145 }, 'Partial data: 145 of 168 hours collected.'],
  [
    'an incomplete comparison',
    {
      comparison: {
        compare: 'previous',
        from: '2026-11-06T16:00:00Z',
        to: '2026-11-13T16:00:00Z',
        send: null,
        delivery: null,
      },
    },
    'No comparison: 7 Nov 00:00 – 14 Nov 00:00 is incomplete',
  ],
] as const)('%s is a state of its own', (_, over, said) => {
  expect(text(changes(over as Partial<ChangesReply>))).toContain(said)
})

const DELIVERY = {
  now: 0.65,
  before: 0.72,
  change: -0.07,
  mix: -0.025,
  pushes: 200,
  vendors: [
    { vendor: 'vivo', channel: 'offline' as const, rate: -0.04 },
    { vendor: 'oppo', channel: 'offline' as const, rate: -0.01 },
    { vendor: 'xiaomi', channel: 'offline' as const, rate: 0.006 },
    { vendor: 'meizu', channel: 'offline' as const, rate: -0.001 },
  ],
}
const SPLIT: Partial<ChangesReply> = {
  comparison: {
    compare: 'previous',
    from: '2026-11-06T16:00:00Z',
    to: '2026-11-13T16:00:00Z',
    send: null,
    delivery: DELIVERY,
  },
}

test('a change of a rate is shown in its parts', () => {
  expect(text(changes(SPLIT))).toContain(
    'Delivery −7.0 pp: vivo −4.0 pp · OPPO −1.0 pp · Xiaomi +0.6 pp · vendor mix −2.5 pp · other vendors −0.1 pp',
  )
})

test('so few pushes that the page shows no rate say nothing about a change of it', () => {
  const comparison = { ...SPLIT.comparison, delivery: { ...DELIVERY, pushes: 199 } }
  expect(text(changes({ ...SPLIT, comparison } as Partial<ChangesReply>))).not.toContain('Delivery −7.0')
})

describe('the summary', () => {
  const summary = (over: Partial<ChangesReply> = {}, locale: Locale = 'en', demo = false) =>
    summaryText(
      {
        reply: funnel(),
        changes: changes({ ...SPLIT, ...over }),
        titles: TITLES,
        demo,
        url: 'https://push.example/?x=1',
      },
      wordsIn(locale),
    ).replaceAll('\u202f', ' ')

  test('has range, four numbers, cover, what changed and the link', () => {
    expect(summary().split('\n')).toEqual([
      'Campaigns: 14 Nov 00:00 – 21 Nov 00:00 (UTC+8)',
      'Sendable 974,535',
      'Sent 891,866 · 91.5 % of sendable',
      'Delivered 334,859 · 69.6 % where reported · receipts cover 53.8 %',
      'Clicked 20,211 · 6.0 % of delivered',
      'What changed:',
      '- vivo delivery 76.1 % → 45.8 % since 16 Nov 09:00 · Token no longer valid (code 10302) · −1,240 messages',
      '- Delivery −7.0 pp: vivo −4.0 pp · OPPO −1.0 pp · Xiaomi +0.6 pp · vendor mix −2.5 pp · other vendors −0.1 pp',
      'Updated 21 Nov 12:03 (UTC+8)',
      'https://push.example/?x=1',
    ])
  })

  test('says that a demo is invented, and that nothing changed', () => {
    expect(summary({ items: [] }, 'en', true)).toMatch(/^Demo, invented data\n[\s\S]*- Nothing unusual/)
  })

  test('says which hours are missing, and that a long range was not examined whole', () => {
    const searched = { from: '2026-11-14T16:00:00Z', to: '2026-11-20T16:00:00Z' }
    const seen = summary({ held: 10, searched })
    expect(seen).toContain('- Only 15 Nov 00:00 – 21 Nov 00:00 was examined')
    expect(seen).toContain('- Partial data: 10 of 168 hours collected.')
  })

  test('says of deliveries that nobody reports in whole that they are the least', () => {
    const { total } = funnel()
    const reply = funnel({ total: total && { ...total, delivery: 'partial' as const } })
    const seen = summaryText({ reply, changes: changes(), titles: TITLES, demo: false, url: '' }, wordsIn('en'))
    expect(seen).toContain('Delivered ≥ 334,859')
  })

  test.each(LOCALES)('has the same numbers in %s', (locale) => {
    const seen = summary({}, locale)
    for (const part of ['974,535', '891,866', '334,859', '20,211', '−1,240', 'https://push.example']) {
      expect(seen).toContain(part)
    }
  })
})
