import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { wordsIn } from '@/components/i18n/testing/render'
import { type FunnelView, overviewHref } from '@/lib/contract/links'
import { Controls } from './controls'
import { funnel } from './testing/funnel-samples'

const words = wordsIn()
const { range } = funnel()
const NOW = Date.parse('2026-11-21T04:00:00Z')
const draw = (app: string | null, view: FunnelView, preset: typeof range.preset = '7d', span = {}) =>
  renderToStaticMarkup(
    <Controls
      app={app}
      view={view}
      range={{ ...range, ...span, preset }}
      nowMs={NOW}
      words={words}
      path="/"
      hrefOf={(other) => overviewHref(app, other)}
    />,
  )
const fields = (markup: string) =>
  Object.fromEntries(
    [...markup.matchAll(/name="(from|through|fromTime|throughTime)" value="([^"]*)"/g)].map(([, name, value]) => [
      name,
      value,
    ]),
  )
const hrefs = (markup: string) =>
  [...markup.matchAll(/href="([^"]+)"/g)].map(([, href]) => href?.replaceAll('&amp;', '&'))
const current = (markup: string) => [...markup.matchAll(/aria-current="true"[^>]*>([^<]+)</g)].map(([, text]) => text)

describe('source and range', () => {
  test('are links that keep the rest of the view', () => {
    expect(hrefs(draw('14001', { source: 'chat', range: '30d', tz: 'Asia/Seoul' }))).toEqual([
      '/?app=14001&source=task&range=30d&tz=Asia%2FSeoul',
      '/?app=14001&source=chat&range=30d&tz=Asia%2FSeoul',
      '/?app=14001&source=chat&from=2026-11-07&to=2026-11-14&tz=Asia%2FSeoul',
      ...['today', 'yesterday', '24h', '7d', '30d'].map(
        (name) => `/?app=14001&source=chat&range=${name}&tz=Asia%2FSeoul`,
      ),
    ])
  })

  test('carry the keys of their ranges; a range that would end after today has no link', () => {
    const keys = (markup: string) => [...markup.matchAll(/data-key="(\w+)"/g)].map(([, key]) => key)
    expect(keys(draw(null, { source: 'task', range: '7d' }))).toEqual(['ArrowLeft', 'KeyD', 'KeyW', 'KeyT'])
    const before = { source: 'task', from: '2026-11-07', to: '2026-11-14' } as const
    const shown = draw(null, before, null, { from: '2026-11-06T16:00:00Z', to: '2026-11-13T16:00:00Z' })
    expect(keys(shown)).toEqual(['ArrowLeft', 'KeyD', 'KeyW', 'KeyT', 'ArrowRight'])
    expect(hrefs(shown).at(-1)).toBe('/?source=task&from=2026-11-14&to=2026-11-21')
  })

  test('keep a tag and "no comparison"', () => {
    const links = hrefs(draw(null, { source: 'task', range: '7d', task: ['a'], tag: 'sale', compare: 'none' }))
    expect(links[0]).toBe('/?source=task&range=7d&compare=none&tag=sale')
    expect(links[1]).toBe('/?source=chat&range=7d&compare=none')
    expect(links[2]).toBe('/?source=task&from=2026-11-07&to=2026-11-14&compare=none&tag=sale')
    expect(links[3]).toContain('range=today&compare=none')
  })

  test('keep custom dates when the source changes', () => {
    const [first] = hrefs(draw(null, { source: 'chat', from: '2026-11-01', to: '2026-11-05' }, null))
    expect(first).toBe('/?source=task&from=2026-11-01&to=2026-11-05')
  })

  test('mark the current choice; custom dates mark the date menu', () => {
    expect(current(draw(null, { source: 'task', range: '7d' }))).toEqual(['Campaigns', '7 days'])
    expect(current(draw(null, { source: 'task', from: '2026-11-01', to: '2026-11-05' }, null))).toEqual(['Campaigns'])
    expect(draw(null, { source: 'task', from: '2026-11-01', to: '2026-11-05' }, null)).toContain('data-current')
  })

  test('name custom dates with their last day included, or with their times', () => {
    const dates = { source: 'chat', from: '2026-11-14', to: '2026-11-21' } as const
    expect(draw(null, dates, null)).toContain('14 Nov – 20 Nov')
    const instants = { source: 'chat', from: '2026-11-14T01:30:00Z', to: '2026-11-14T10:00:00Z' } as const
    const markup = draw(null, instants, null, { from: instants.from, to: instants.to })
    expect(markup).toContain('14 Nov 09:30 – 14 Nov 18:00')
    expect(fields(markup)).toEqual({
      from: '2026-11-14',
      fromTime: '09:30',
      through: '2026-11-14',
      throughTime: '18:00',
    })
    // A range to today ends now, but its last day was chosen whole.
    const today = draw(null, dates, null, { from: range.from, to: '2026-11-20T04:03:00Z' })
    expect(today).toContain('14 Nov – 20 Nov')
    expect(fields(today)).toMatchObject({ through: '2026-11-20', throughTime: '' })
  })

  test('offer custom dates as a GET form, filled with the current window in its zone', () => {
    const markup = draw('14001', { source: 'chat', range: '7d', tz: 'Asia/Shanghai' })
    expect(markup).toContain('action="/" method="get"')
    for (const field of ['name="app" value="14001"', 'name="source" value="chat"']) expect(markup).toContain(field)
    expect(fields(markup)).toEqual({ from: '2026-11-14', fromTime: '', through: '2026-11-20', throughTime: '' })
    expect(markup).toContain('<option value="Asia/Shanghai" selected="">Asia/Shanghai · UTC+8</option>')
    expect(markup).toContain('<option value="America/New_York">America/New_York · UTC−5</option>')
  })
})
