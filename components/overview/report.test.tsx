import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { LOCALES, type Locale } from '@/components/i18n/locale'
import { messagesOf, pickMessages } from '@/components/i18n/messages'
import { readText, wordsIn } from '@/components/i18n/testing/render'
import { createWords } from '@/components/i18n/words'
import {
  counts,
  funnel,
  NOTHING,
  SMALL,
  TOTAL,
  TROUBLE,
  vendor,
  WAITING,
} from '@/components/report/testing/funnel-samples'
import { ERROR_CODES, type ErrorCode } from '@/lib/contract/errors'
import type { FunnelReply } from '@/lib/contract/funnel'
import { funnelReply } from '@/lib/contract/funnel'
import { Report } from './report'

const html = (reply: FunnelReply, locale: Locale = 'en') =>
  renderToStaticMarkup(<Report reply={reply} links={[]} words={wordsIn(locale)} />)

const text = (reply: FunnelReply, locale: Locale = 'en') => readText(html(reply, locale))

/** The cells of one row, by the name in its head. */
function row(reply: FunnelReply, name: string): string[] {
  const found = html(reply)
    .split('<tr')
    .find((part) => part.includes('scope="row"') && readText(part).includes(name))
  return (found ?? '')
    .split('<td')
    .slice(1)
    .map((cell) => readText(`<td${cell}`).trim())
}

test('the samples are answers the API could give', () => {
  for (const reply of [funnel(), WAITING, TROUBLE, NOTHING, SMALL]) funnelReply.parse(reply)
})

describe('the four numbers', () => {
  test('lead with counts for what was sent, with rates for what came of it', () => {
    const seen = text(funnel())
    expect(seen).toContain('974,535')
    expect(seen).toContain('891,866 91.5 % of sendable')
    expect(seen).toContain('69.6 % of vendors with receipts 334,859 · 37.5 % of all sent receipts cover 53.8 %')
    expect(seen).toContain('6.0 % of delivered 20,211')
  })

  test('write a drop in two parts, never as one sum', () => {
    const seen = text(funnel())
    expect(seen).toContain('−82,669 before sending')
    expect(seen).toContain('−145,826 lost · 411,181 not reported')
    expect(seen).not.toContain('557,007')
  })

  test('where no vendor reports, delivery is words and clicks are of sent', () => {
    const total = {
      ...counts([1_000, 900, 0, 27], 'unreported'),
      cover: { reportingSent: 0, reportingDelivered: 0, lost: 0, notReported: 900, share: 0 },
    }
    const seen = text(funnel({ total, vendors: [] }))
    expect(seen).toContain(
      'Delivered Pushes that a device confirmed with a receipt. Tencent’s term: reached. Devices, not people. A device reached both online and offline counts twice. not reported',
    )
    expect(seen).toContain('900 not reported')
    expect(seen).toContain('3.0 % of sent 27')
    expect(seen).not.toMatch(/(?<![\d.])0 %/)
  })

  test('a huge number is compact, the exact one on hover', () => {
    const markup = html(funnel({ total: { ...TOTAL, sendable: 123_456_789 } }))
    expect(markup).toMatch(/title="123,456,789"[^>]*>123\.4M</)
  })

  test('say what is counted: devices, or messages × devices', () => {
    expect(text(funnel())).toContain('Devices, not people')
    expect(text(funnel({ source: 'chat' }))).toContain('Messages × devices, not people')
  })
})

describe('the vendor table', () => {
  test('has the total first, vendors by volume, and online push as its own row at the end', () => {
    const names = html(funnel())
      .split('scope="row"')
      .slice(1)
      .map((part) => readText(`<th ${part.split('</th>')[0]}`).trim())
    expect(names[0]).toBe('Total')
    expect(names.map((name) => name.replace(/ <? ?[\d.]+ % of sendable.*/, '')).slice(1)).toEqual([
      'mi Xiaomi',
      'HW HUAWEI',
      'A Apple (APNs)',
      'OP OPPO',
      'F Google FCM',
      'vi vivo',
      'HO HONOR',
      '? Unnamed channel (9)',
      'M Meizu',
      '↗ Online push',
    ])
  })

  test('a vendor that reports shows counts and rates', () => {
    expect(row(funnel(), 'Xiaomi')).toEqual([
      'Sendable 310,442',
      'Sent 291,118 93.8 %',
      'Delivered 227,072 78.0 %',
      'Clicked 9,083 4.0 %',
    ])
  })

  test('one that does not is “not reported”, never 0, and leads to how receipts are turned on', () => {
    expect(row(funnel(), 'HUAWEI')).toEqual([
      'Sendable 201,004',
      'Sent 190,311 94.7 %',
      'Delivered not reported',
      'Clicked 2,284 1.2 % of sent',
    ])
    const markup = html(funnel())
    expect(markup).toContain('href="#receipts-huawei"')
    expect(markup).toContain('id="receipts-huawei"')
    expect(text(funnel())).toContain('/v3/offline_push_report/huawei')
  })

  test('more clicks than deliveries make delivered a lower bound', () => {
    expect(row(funnel(), 'Google FCM')[2]).toBe('Delivered ≥ 1,204')
    const clicked = vendor('fcm', 4, [400, 391, 27, 30], 'partial')
    expect(row(funnel({ vendors: [clicked] }), 'Google FCM')[2]).toBe('Delivered ≥ 27')
  })

  test('under 200 rates are silent, counts never', () => {
    expect(row(funnel(), 'Meizu')).toEqual([
      'Sendable 150',
      'Sent 131 of 150',
      'Delivered 27 of 131',
      'Clicked 3 of 131',
    ])
    expect(text(SMALL)).toContain('27 of 150 · too few')
  })

  test('a reporting vendor that falls to 0 is a real 0', () => {
    const fallen = vendor('xiaomi', 2, [5_000, 4_800, 0, 0], 'reported')
    expect(row(funnel({ vendors: [fallen] }), 'Xiaomi')[2]).toBe('Delivered 0 0 %')
  })

  test('a number Tencent did not give is unknown, never 0', () => {
    expect(row(funnel(), 'Unnamed channel (9)')[2]).toBe('Delivered unknown')
  })

  test('bars: solid reached, stripes lost, dotted not reported', () => {
    const bars = (name: string) =>
      html(funnel())
        .split('<tr')
        .map((part) => part.split('</tr>')[0] ?? '')
        .filter((part) => readText(`<tr${part}`).includes(name))
        .flatMap((part) =>
          [...part.matchAll(/<i class="(\w+)" style="width:([\d.]+)%"/g)].map(([, k, w]) => `${k} ${w}`),
        )
    expect(bars('HUAWEI')).toEqual(['sendable 100.00', 'sent 94.68', 'lost 5.32', 'unreported 94.68', 'clicked 1.14'])
    expect(bars('OPPO')).toEqual([
      'sendable 100.00',
      'sent 93.22',
      'lost 6.78',
      'delivered 63.12',
      'lost 30.10',
      'clicked 1.26',
    ])
  })

  test('without a channel, number 0 says that it may include online pushes', () => {
    expect(html(SMALL)).toContain('may include online pushes')
  })
})

describe('states', () => {
  test('waiting keeps the size and says the place in line', () => {
    const seen = text(WAITING)
    expect(seen).toContain('3rd in queue, about 4 s: Tencent allows one call per second')
    expect(html(WAITING)).toContain('class="waiting')
    expect(readText(html(WAITING).split('<dl')[1]?.split('</dl>')[0] ?? '')).not.toMatch(/\d/)
  })

  test('held numbers stay while a refresh waits', () => {
    const freshness = { ...WAITING.freshness, state: 'stale' as const, place: 1, etaMs: 200 }
    const seen = text(funnel({ freshness }))
    expect(seen).toContain('974,535')
    expect(seen).toContain('Updated 21 Nov 12:03 (UTC+8)')
    expect(seen).toContain('1st in queue, about 1 s')
  })

  test('a problem says what happened, since when, what is still shown and what to press', () => {
    const seen = text(TROUBLE)
    expect(seen).toContain('Tencent refuses the key of this app')
    expect(seen).toContain('SDKSecretKey')
    expect(seen).toContain('Since 21 Nov 12:10 (UTC+8).')
    expect(seen).toContain('The numbers below are from 21 Nov 12:03 (UTC+8).')
    expect(seen).toContain('Tencent error code 70009')
    expect(seen).toContain('974,535')
    expect(html(TROUBLE)).toContain('role="alert"')
  })

  test('a problem without numbers says that there are none, and nothing pulses as if it were coming', () => {
    const reply = { ...WAITING, freshness: { ...TROUBLE.freshness, state: 'pending' as const } }
    expect(text(reply)).toContain('No earlier data is stored')
    expect(html(reply)).not.toContain('class="waiting')
    expect(text(reply)).toContain('14 Nov 00:00 – 21 Nov 00:00')
  })

  const failed = (reply: FunnelReply, failure: ErrorCode) =>
    renderToStaticMarkup(<Report reply={reply} links={[]} words={wordsIn()} failure={failure} />)

  test('a page that could not be refreshed says so in its line and moves nothing', () => {
    const markup = failed(funnel(), 'unavailable')
    expect(readText(markup)).toContain('Updated 21 Nov 12:03 (UTC+8) Not refreshed: Pushlens is not ready Try again')
    expect(readText(markup)).toContain('974,535')
    expect(markup).not.toContain('<p class="font-semibold">Pushlens is not ready')
  })

  test('one that has nothing to show says why and what to do', () => {
    const markup = failed(WAITING, 'unavailable')
    expect(readText(markup)).toContain('cannot reach its database. Try again in a moment.')
    expect(markup).not.toContain('class="waiting')
  })

  test('who is signed out is led to the door', () => {
    expect(failed(funnel(), 'not_signed_in')).toContain('href="/sign-in">Sign in</a>')
  })

  test('every upstream error has its banner', () => {
    for (const code of ERROR_CODES.filter((code) => code.startsWith('upstream_'))) {
      const problem = { code, title: '', detail: '', upstreamCode: null, since: null }
      expect(text(funnel({ freshness: { ...TROUBLE.freshness, problem } }))).toContain(
        messagesOf('en').errors[code].title,
      )
    }
  })

  test('no push at all is said, and that Tencent may still be counting', () => {
    const seen = text(NOTHING)
    expect(seen).toContain('No pushes in this range')
    expect(seen).toContain('Tencent may still be counting')
    expect(seen).toContain('look at Chat messages')
    expect(html(NOTHING)).not.toContain('<table')
  })

  test('the foot says range, zone, sums, coverage and what was left out', () => {
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
  test('every state is drawn with the words the browser is given, and no English is left', () => {
    const words = createWords(locale, pickMessages(locale, ['common', 'errors', 'overview', 'vendors']))
    for (const reply of [funnel(), WAITING, TROUBLE, NOTHING, SMALL]) {
      const seen = readText(renderToStaticMarkup(<Report reply={reply} links={[]} words={words} />))
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
