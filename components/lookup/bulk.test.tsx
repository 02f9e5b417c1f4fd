import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { LOCALES, type Locale } from '@/components/i18n/locale'
import { messagesOf } from '@/components/i18n/messages'
import { visibleText, wordsIn } from '@/components/i18n/testing/render'
import { type BulkRow, bulkRow } from '@/lib/contract/bulk'
import { BulkTable } from './bulk-table'

const plain: BulkRow = {
  item: { taskId: 'T_1', userId: 'kim' },
  state: 'waiting',
  verdict: null,
  devices: 0,
  sentAt: '2026-11-20T04:00:00Z',
  days: 1,
  sdkAppId: 14_002,
  asOf: null,
  objections: [],
  problem: null,
  href: '/lookup?k=s1.x',
}
const said = { key: 'clicked', values: {}, text: 'The push arrived and was clicked.' }
const VERDICT = { ...said, also: [], confidence: 'certain' as const, evidence: [], next: said, actor: 'none' }
const UNKNOWN = { code: 'upstream_unknown_user' as const, title: '', detail: '', upstreamCode: 90103, since: null }

function text(over: Partial<BulkRow>, locale: Locale = 'en') {
  const row = bulkRow.parse({ ...plain, ...over })
  const app = { name: 'Shop', utcOffset: '+08:00' }
  const words = wordsIn(locale)
  const markup = renderToStaticMarkup(<BulkTable rows={[row]} app={app} words={words} />)
  return { markup, text: visibleText(markup) }
}

describe('a row of a list', () => {
  test('names the push and its time of sending, and links to its page', () => {
    const { markup, text: seen } = text({})
    expect(seen).toContain('kim T_1 20 Nov 12:00 (UTC+8) Waiting')
    expect(markup).toContain('href="/lookup?k=s1.x"')
    expect(markup).toContain('scope="row"')
    expect(markup).toContain('<caption')
  })

  test('has the verdict and its confidence', () => {
    const { text: seen } = text({ state: 'done', verdict: VERDICT, asOf: '2026-11-21T04:00:00Z' })
    expect(seen).toContain('The push arrived and was clicked. certain · Updated 21 Nov 12:00 (UTC+8)')
  })

  test('explains that Tencent does not know the user', () => {
    expect(text({ state: 'refused', problem: UNKNOWN }).text).toContain('Tencent does not know this UserID')
  })

  test('says why no request was sent', () => {
    const { text: seen } = text({ state: 'held_back', days: 9, objections: ['too_old', 'other_app'] })
    expect(seen).toContain('Not checked According to its ID, this push is 9 days old.')
    expect(seen).toContain('belongs to SDKAppID 14002, not to Shop')
  })

  test.each(LOCALES)('renders every state in %s', (locale) => {
    for (const state of ['waiting', 'held_back', 'refused', 'done'] as const) {
      const { text: seen } = text({ state, objections: state === 'held_back' ? ['too_old'] : [] }, locale)
      expect(seen).toContain(messagesOf(locale).box.bulk.state[state])
    }
  })
})
