import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { wordsIn } from '@/components/i18n/testing/render'
import { type FunnelView, overviewHref } from '@/lib/contract/links'
import { Controls } from './controls'
import { funnel } from './testing/funnel-samples'

const words = wordsIn()
const { range } = funnel()
const draw = (app: string | null, view: FunnelView, preset: typeof range.preset = '7d') =>
  renderToStaticMarkup(
    <Controls
      app={app}
      view={view}
      range={{ ...range, preset }}
      words={words}
      path="/"
      hrefOf={(other) => overviewHref(app, other)}
    />,
  )
const hrefs = (markup: string) =>
  [...markup.matchAll(/href="([^"]+)"/g)].map(([, href]) => href?.replaceAll('&amp;', '&'))
const current = (markup: string) => [...markup.matchAll(/aria-current="true"[^>]*>([^<]+)</g)].map(([, text]) => text)

describe('source and range', () => {
  test('are links that keep the rest of the view', () => {
    expect(hrefs(draw('14001', { source: 'chat', range: '30d', tz: 'Asia/Seoul' }))).toEqual([
      '/?app=14001&source=task&range=30d&tz=Asia%2FSeoul',
      '/?app=14001&source=chat&range=30d&tz=Asia%2FSeoul',
      ...['today', 'yesterday', '24h', '7d', '30d'].map(
        (name) => `/?app=14001&source=chat&range=${name}&tz=Asia%2FSeoul`,
      ),
    ])
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

  test('offer custom dates as a GET form, filled with the current window in its zone', () => {
    const markup = draw('14001', { source: 'chat', range: '7d', tz: 'Asia/Shanghai' })
    expect(markup).toContain('action="/" method="get"')
    for (const field of ['name="app" value="14001"', 'name="source" value="chat"', 'name="tz" value="Asia/Shanghai"']) {
      expect(markup).toContain(field)
    }
    expect(markup).toContain('value="2026-11-14"')
    expect(markup).toContain('value="2026-11-21"')
    expect(markup).toContain('Days begin at midnight in Asia/Shanghai · UTC+8.')
  })
})
