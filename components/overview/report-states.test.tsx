import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { LOCALES } from '@/components/i18n/locale'
import { messagesOf, pickMessages } from '@/components/i18n/messages'
import { visibleText, wordsIn } from '@/components/i18n/testing/render'
import { createWords } from '@/components/i18n/words'
import { funnel, NOTHING, SMALL, TOTAL, TROUBLE, WAITING } from '@/components/report/testing/funnel-samples'
import { ERROR_CODES, type ErrorCode } from '@/lib/contract/errors'
import type { FunnelReply } from '@/lib/contract/funnel'
import { Report } from './report'
import { html, text } from './testing/render'
import { Trend } from './trend/trend'

describe('states', () => {
  test('waiting keeps the layout and shows the place in line', () => {
    const seen = text(WAITING)
    expect(seen).toContain('3rd in queue, about 4 s: Tencent allows one call per second')
    expect(html(WAITING)).toContain('class="waiting')
    expect(
      visibleText(
        html(WAITING)
          .split(/<dl[^>]*>/)[1]
          ?.split('</dl>')[0] ?? '',
      ),
    ).not.toMatch(/\d/)
  })

  test('stored numbers stay while a refresh waits', () => {
    const freshness = { ...WAITING.freshness, state: 'stale' as const, place: 1, etaMs: 200 }
    const seen = text(funnel({ freshness }))
    expect(seen).toContain('974,535')
    expect(seen).toContain('Updated 21 Nov 12:03 (UTC+8)')
    expect(seen).toContain('1st in queue, about 1 s')
  })

  test('a problem says what happened, since when, what is still shown and what to do', () => {
    const seen = text(TROUBLE)
    expect(seen).toContain('Tencent refuses the key of this app')
    expect(seen).toContain('SDKSecretKey')
    expect(seen).toContain('Since 21 Nov 12:10 (UTC+8).')
    expect(seen).toContain('The numbers below are from 21 Nov 12:03 (UTC+8).')
    expect(seen).toContain('Tencent error code 70009')
    expect(seen).toContain('974,535')
    expect(html(TROUBLE)).toContain('role="alert"')
  })

  test('a problem without numbers says so, and shows no loading placeholders', () => {
    const reply = { ...WAITING, freshness: { ...TROUBLE.freshness, state: 'pending' as const } }
    expect(text(reply)).toContain('No earlier data is stored')
    expect(html(reply)).not.toContain('class="waiting')
    expect(text(reply)).toContain('14 Nov 00:00 – 21 Nov 00:00')
  })

  const failed = (reply: FunnelReply, failure: ErrorCode) =>
    renderToStaticMarkup(
      <Report
        reply={reply}
        trend={<Trend reply={reply} links={[]} words={wordsIn()} />}
        words={wordsIn()}
        failure={failure}
      />,
    )

  test('a failed refresh is reported in one line and moves nothing', () => {
    const markup = failed(funnel(), 'unavailable')
    expect(visibleText(markup)).toContain('Updated 21 Nov 12:03 (UTC+8) Not refreshed: Pushlens is not ready Try again')
    expect(visibleText(markup)).toContain('974,535')
    expect(markup).not.toContain('<p class="font-semibold">Pushlens is not ready')
  })

  test('a page without data says why and what to do', () => {
    const markup = failed(WAITING, 'unavailable')
    expect(visibleText(markup)).toContain('cannot reach its database. Try again in a moment.')
    expect(markup).not.toContain('class="waiting')
  })

  test('a signed-out viewer gets a link to sign in', () => {
    expect(failed(funnel(), 'not_signed_in')).toContain('href="/sign-in">Sign in</a>')
  })

  test('every upstream error has a banner', () => {
    for (const code of ERROR_CODES.filter((code) => code.startsWith('upstream_'))) {
      const problem = { code, title: '', detail: '', upstreamCode: null, since: null }
      expect(text(funnel({ freshness: { ...TROUBLE.freshness, problem } }))).toContain(
        messagesOf('en').errors[code].title,
      )
    }
  })

  test('a range without pushes says so, and that Tencent may still be counting', () => {
    const seen = text(NOTHING)
    expect(seen).toContain('No pushes in this range')
    expect(seen).toContain('Tencent may still be counting')
    expect(seen).toContain('look at Chat messages')
    expect(html(NOTHING)).not.toContain('<table')
  })

  test('the footer shows range, zone, sums, coverage and what was left out', () => {
    const from = '2026-09-01T00:00:00Z'
    const seen = text(
      funnel({
        totalBasis: 'sum',
        coverage: {
          held: 78,
          expected: 80,
          missing: [
            { from, to: from, state: 'expired' },
            { from, to: from, state: 'pending' },
          ],
        },
        stillFilling: true,
        unreadable: 3,
      }),
    )
    for (const fact of [
      '14 Nov 00:00 – 21 Nov 00:00',
      'Asia/Shanghai · UTC+8',
      'Sum of 78 periods',
      'Coverage: 78 of 80 periods',
      '1 period expired at Tencent before collection',
      'Still updating',
      '3 unreadable values in Tencent’s response',
    ]) {
      expect(seen).toContain(fact)
    }
    expect(text(funnel())).toContain('Exact total')
    expect(text(funnel({ totalBasis: 'cut' }))).toContain('Limited to Tencent’s last 30 days')
  })
})

describe.each(LOCALES)('in %s', (locale) => {
  test('every state renders with the texts that the browser gets, and no English remains', () => {
    const words = createWords(locale, pickMessages(locale, ['common', 'errors', 'overview', 'vendors']))
    for (const reply of [funnel(), WAITING, TROUBLE, NOTHING, SMALL]) {
      const seen = visibleText(
        renderToStaticMarkup(
          <Report reply={reply} trend={<Trend reply={reply} links={[]} words={words} />} words={words} />,
        ),
      )
      expect(seen).toContain(words.t('overview.metric.delivered'))
      if (locale !== 'en') expect(seen).not.toMatch(/ of sent|not reported|Sendable|window|before sending/)
    }
  })
})

test('numbers and shares follow the language', () => {
  expect(text(funnel(), 'zh-CN')).toContain('占可发送 91.5%')
  expect(text(funnel(), 'ko')).toContain('미도달 −145,826')
  expect(text(WAITING, 'ko')).toContain('대기 3번째, 약 4초')
  expect(text(funnel({ total: { ...TOTAL, sendable: 123_456_789 } }), 'zh-CN')).toContain('1.2亿')
})
