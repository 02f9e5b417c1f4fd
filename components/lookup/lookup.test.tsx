import compile from 'icu-minify/compile'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { LOCALES, type Locale } from '@/components/i18n/locale'
import { messagesOf } from '@/components/i18n/messages'
import { visibleText, wordsIn } from '@/components/i18n/testing/render'
import { createWords, type Messages } from '@/components/i18n/words'
import {
  device,
  EMPTY,
  EXPIRED,
  IPHONE,
  PIXEL,
  STOPPED,
  step,
  THREE,
  TROUBLE,
  trace,
  WAITING,
  XIAOMI,
} from '@/components/report/testing/trace-samples'
import { duration } from '@/components/report/trace/duration'
import { firstDifference, stepsOf } from '@/components/report/trace/steps'
import { verdictText } from '@/components/report/trace/verdict-text'
import { type TraceReply, traceReply } from '@/lib/contract/traces'
import { Trace } from './trace'

const html = (reply: TraceReply, locale: Locale = 'en') =>
  renderToStaticMarkup(<Trace reply={reply} tz="+08:00" about="" replies={[]} words={wordsIn(locale)} />)
const text = (reply: TraceReply, locale: Locale = 'en') => visibleText(html(reply, locale))

test('the samples are valid API replies', () => {
  for (const reply of [STOPPED, THREE, WAITING, EMPTY, EXPIRED, TROUBLE]) traceReply.parse(reply)
})

describe('the answer', () => {
  const whole = STOPPED.verdict
  const withVerdict = (change: Partial<NonNullable<TraceReply['verdict']>>) => ({
    ...STOPPED,
    verdict: whole && { ...whole, ...change },
  })

  test('says what failed beside what arrived', () => {
    const also = [{ key: 'stopped_token_gone', values: { vendor: 'xiaomi' }, text: '' }]
    const both = withVerdict({ key: 'online', values: {}, also })
    expect(text(both)).toContain(
      'The push reached the running app over Tencent’s own channel. Stopped at Xiaomi: the token is no longer valid.',
    )
    expect(text(both, 'zh-CN')).toContain('到达 App。在小米处停止：Token 已失效。')
  })

  test('names the source of a meaning as a link', () => {
    const values = { meaning: 'The token has expired.', source: 'Apple Developer', url: 'https://example.com/codes' }
    const seen = html(withVerdict({ evidence: [{ key: 'evidence_meaning', values, text: '' }] }))
    expect(seen).toMatch(/\(<a [^>]*href="https:\/\/example.com\/codes"[^>]*>Apple Developer<\/a>\)/)
    const unsafe = { ...values, url: 'javascript:alert(1)' }
    expect(html(withVerdict({ evidence: [{ key: 'evidence_meaning', values: unsafe, text: '' }] }))).not.toContain(
      'javascript:',
    )
  })

  test('starts with the verdict, then confidence, evidence, next step and who acts', () => {
    const seen = text(STOPPED)
    const order = [
      'Stopped at Xiaomi: the token is no longer valid.',
      'likely',
      'Xiaomi responded with 20301',
      'What to do Check that the app is still installed.',
      'Fixed by End user',
      'M2012K11AC',
    ].map((part) => seen.indexOf(part))
    expect(order).not.toContain(-1)
    expect(order).toEqual([...order].sort((a, b) => a - b))
  })

  test('says on every answer that Tencent records only the device that signed in last', () => {
    expect(text(STOPPED)).toContain('Tencent records only the device signed in last.')
  })

  test('shows each step with its state, its time in the app’s zone and its duration', () => {
    const seen = text(STOPPED)
    expect(seen).toContain('Chat server Done 12:03:20 after 1 s')
    expect(seen).toContain('Vendor Failed Code 20301 invalid regid 12:03:22')
    expect(seen).toContain('Device Not applicable')
    expect(seen).toContain('Pushed 19 Nov 12:03 (UTC+8)')
  })

  test('names the day of a step on another day', () => {
    const late = step({ stage: 'click', state: 'done', at: '2026-11-20T01:12:00Z', elapsedMs: 75_000_000 })
    expect(text(trace({ devices: [device({ stages: [late] })] }))).toContain('20 Nov 09:12 after 20 h 50 min')
  })

  test('shows no duration between steps of one second', () => {
    const at = '2026-11-19T04:03:20Z'
    const seen = text(
      trace({ devices: [device({ stages: [step({ stage: 'im', state: 'done', at, elapsedMs: 0 })] })] }),
    )
    expect(seen).toContain('12:03:20')
    expect(seen).not.toContain('after')
  })

  test('reports a wrong clock order, and shows no negative duration', () => {
    const seen = text(trace({ devices: [IPHONE] }))
    expect(seen).toContain('The times are out of order')
    expect(seen).not.toMatch(/after [-−]/)
  })

  test('contains the raw answer as text', () => {
    const hostile = trace({ raw: { Model: '<img src=x onerror=alert(1)>\u202e' } })
    expect(html(hostile)).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(html(hostile)).not.toContain('<img')
  })

  test('shows upstream text without control characters', () => {
    const hostile = device({ model: 'A\u202eB<b>', stages: XIAOMI.stages })
    const markup = html(trace({ devices: [hostile] }))
    expect(markup).toContain('AB&lt;b&gt;')
    expect(markup).not.toMatch(/[\u202a-\u202e]/)
  })

  test('does not turn a switched-off permission into a verdict', () => {
    expect(text(trace({ devices: [PIXEL] }))).toContain('recorded as off This field alone is inconclusive')
  })
})

describe('devices side by side', () => {
  test('a push through Tencent’s own channel uses the rows of vendor and device', () => {
    const rows = stepsOf(IPHONE).map(({ stage, row, online, state }) => `${row} ${stage} ${online} ${state}`)
    expect(rows).toEqual([
      '0 im false done',
      '1 offline false not_applicable',
      '2 channel true done',
      '3 device true done',
      '4 click false not_applicable',
    ])
  })

  test('a push through both channels has the online steps below', () => {
    const both = device({
      stages: [...PIXEL.stages.slice(0, 5), ...IPHONE.stages.filter(({ path }) => path === 'online')],
    })
    expect(stepsOf(both).map(({ stage, row, online }) => `${row} ${stage} ${online}`)).toEqual([
      '0 im false',
      '1 offline false',
      '2 channel false',
      '3 device false',
      '4 click false',
      '5 channel true',
      '6 device true',
    ])
  })

  test('the first difference is marked; steps that do not apply are ignored', () => {
    const three = [XIAOMI, PIXEL, IPHONE].map(stepsOf)
    expect(firstDifference(three)).toBe(2)
    expect(firstDifference(three.slice(0, 1))).toBeNull()
    expect(firstDifference([stepsOf(PIXEL), stepsOf(PIXEL)])).toBeNull()
    expect(html(THREE).match(/data-marked/g)).toHaveLength(3)
    expect(html(STOPPED)).not.toContain('data-marked')
  })
})

describe('the sentence', () => {
  const english = messagesOf('en')
  const words = (texts: Record<string, string>) => {
    const verdicts = Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, compile(text)]))
    return createWords('en', { ...english, verdicts } as unknown as Messages)
  }
  const { verdict } = STOPPED
  if (!verdict) throw new Error('the sample has a verdict')

  test('uses our text with the vendor’s name', () => {
    expect(verdictText(verdict, words({ stopped_token_gone: 'At {vendor} the token is gone.' }), '+08:00')).toBe(
      'At Xiaomi the token is gone.',
    )
  })

  test('uses the reply’s text when we have none for its key', () => {
    expect(verdictText(verdict, words({}), '+08:00')).toBe(verdict.text)
  })

  test('uses the reply’s text when a value is missing', () => {
    expect(verdictText(verdict, words({ stopped_token_gone: 'At {vendor}: {answer}' }), '+08:00')).toBe(verdict.text)
  })

  test('two devices with the same evidence have two lines', () => {
    const [line] = verdict.evidence
    if (!line) throw new Error('the sample has evidence')
    const seen = text(trace({ verdict: { ...verdict, evidence: [line, line] } }))
    expect(seen.match(/Xiaomi responded with 20301/g)).toHaveLength(2)
  })

  test('an unknown actor is shown as received', () => {
    expect(text(trace({ verdict: { ...verdict, actor: 'the moon' } }))).toContain('Fixed by the moon')
  })
})

describe('states', () => {
  test('waiting shows the place in line and no verdict', () => {
    expect(text(WAITING)).toContain('1st in queue, about 1 s')
    expect(html(WAITING)).toContain('waiting')
    expect(text(WAITING)).not.toContain('no record')
  })

  test('an empty answer explains possible causes', () => {
    expect(text(EMPTY)).toContain('Tencent has no record of this push')
    expect(text(EMPTY)).toContain('older than 7 days')
  })

  test('an expired push says so in the verdict, and only once', () => {
    expect(text(EXPIRED)).toContain('9 days old')
    expect(text(EXPIRED)).not.toContain('Tencent has no record')
    expect(text(EXPIRED)).not.toContain('Fixed by')
  })

  test('a problem says what to do, and that nothing is stored', () => {
    const seen = text(TROUBLE)
    expect(seen).toContain('The Push service is not enabled')
    expect(seen).toContain('No earlier data is stored')
    expect(seen).toContain('Tencent error code 90045')
    expect(seen).toContain('Try again')
    expect(seen).not.toContain('Tencent has no record')
  })

  test('a failed refresh keeps the answer; a failed first request says why', () => {
    const words = wordsIn()
    const draw = (reply: TraceReply) =>
      visibleText(
        renderToStaticMarkup(
          <Trace reply={reply} tz="+08:00" about="" replies={[]} words={words} failure="unavailable" />,
        ),
      )
    expect(draw(STOPPED)).toContain('Not refreshed: Pushlens is not ready')
    expect(draw(STOPPED)).toContain('M2012K11AC')
    expect(draw(WAITING)).toContain('cannot reach its database')
    expect(draw(WAITING)).not.toContain('in queue')
  })

  test('a stored answer says so', () => {
    expect(text(THREE)).toContain('Updated 21 Nov 12:03 (UTC+8) · Stored by Pushlens · Left out: 1 unreadable value')
  })
})

test.each(LOCALES)('renders every state in %s', (locale) => {
  const own = (reply: TraceReply) => ({ ...reply, verdict: null })
  for (const reply of [own(STOPPED), own(THREE), WAITING, EMPTY, TROUBLE]) {
    const seen = text(reply, locale)
    if (locale !== 'en') expect(seen).not.toMatch(/Not applicable|in queue|no record|Try again|after \d/)
  }
})

test('a duration uses its two largest units', () => {
  const said = [250, 1_000, 61_000, 3_700_000, 90_000_000].map((ms) => duration(ms, wordsIn()))
  expect(said).toEqual(['250 ms', '1 s', '1 min 1 s', '1 h 1 min', '1 d 1 h'])
})
