import compile from 'icu-minify/compile'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { LOCALES, type Locale } from '@/components/i18n/locale'
import { messagesOf } from '@/components/i18n/messages'
import { readText, wordsIn } from '@/components/i18n/testing/render'
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
const text = (reply: TraceReply, locale: Locale = 'en') => readText(html(reply, locale))

test('the samples are answers the API could give', () => {
  for (const reply of [STOPPED, THREE, WAITING, EMPTY, EXPIRED, TROUBLE]) traceReply.parse(reply)
})

describe('the answer', () => {
  test('begins with the sentence, how sure it is, what it rests on, what to do and whose turn it is', () => {
    const seen = text(STOPPED)
    const order = [
      'Stopped at Xiaomi: the token is no longer valid.',
      'likely',
      'Xiaomi responded with 20301',
      'What to do Ask the user to open the app once',
      'Fixed by End user',
      'M2012K11AC',
    ].map((part) => seen.indexOf(part))
    expect(order).not.toContain(-1)
    expect(order).toEqual([...order].sort((a, b) => a - b))
  })

  test('says on every answer that only the device signed in last is recorded', () => {
    expect(text(STOPPED)).toContain('Tencent records only the device signed in last.')
  })

  test('shows each step with its word, its time at the app’s clock and how long it took', () => {
    const seen = text(STOPPED)
    expect(seen).toContain('Chat server Done 12:03:20 after 1 s')
    expect(seen).toContain('Vendor Failed Code 20301 invalid regid 12:03:22')
    expect(seen).toContain('Device Not applicable')
    expect(seen).toContain('Pushed 19 Nov 12:03 (UTC+8)')
  })

  test('a step on another day says which', () => {
    const late = step({ stage: 'click', state: 'done', at: '2026-11-20T01:12:00Z', elapsedMs: 75_000_000 })
    expect(text(trace({ devices: [device({ stages: [late] })] }))).toContain('20 Nov 09:12 after 20 h 50 min')
  })

  test('steps within one second have no time between them', () => {
    const at = '2026-11-19T04:03:20Z'
    const seen = text(
      trace({ devices: [device({ stages: [step({ stage: 'im', state: 'done', at, elapsedMs: 0 })] })] }),
    )
    expect(seen).toContain('12:03:20')
    expect(seen).not.toContain('after')
  })

  test('a strange clock is said, and no negative time is shown', () => {
    const seen = text(trace({ devices: [IPHONE] }))
    expect(seen).toContain('The times are out of order')
    expect(seen).not.toMatch(/after [-−]/)
  })

  test('the raw answer is there as text', () => {
    const hostile = trace({ raw: { Model: '<img src=x onerror=alert(1)>\u202e' } })
    expect(html(hostile)).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(html(hostile)).not.toContain('<img')
  })

  test('text of others steers nothing', () => {
    const hostile = device({ model: 'A\u202eB<b>', stages: XIAOMI.stages })
    const markup = html(trace({ devices: [hostile] }))
    expect(markup).toContain('AB&lt;b&gt;')
    expect(markup).not.toMatch(/[\u202a-\u202e]/)
  })

  test('a permission recorded as off is not made a verdict', () => {
    expect(text(trace({ devices: [PIXEL] }))).toContain('recorded as off This field alone is inconclusive')
  })
})

describe('devices side by side', () => {
  test('a push that took Tencent’s own channel stands in the rows of vendor and device', () => {
    const rows = stepsOf(IPHONE).map(({ stage, row, online, state }) => `${row} ${stage} ${online} ${state}`)
    expect(rows).toEqual([
      '0 im false done',
      '1 offline false not_applicable',
      '2 channel true done',
      '3 device true done',
      '4 click false not_applicable',
    ])
  })

  test('one that took both has the online steps below', () => {
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

  test('the first difference is marked, steps a device never had to take aside', () => {
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

  test('is made of our words, with the vendor by name', () => {
    expect(verdictText(verdict, words({ stopped_token_gone: 'At {vendor} the token is gone.' }), '+08:00')).toBe(
      'At Xiaomi the token is gone.',
    )
  })

  test('is the reply’s own where we have no words for its key', () => {
    expect(verdictText(verdict, words({}), '+08:00')).toBe(verdict.text)
  })

  test('is the reply’s own where a value our words need is missing', () => {
    expect(verdictText(verdict, words({ stopped_token_gone: 'At {vendor}: {answer}' }), '+08:00')).toBe(verdict.text)
  })

  test('two devices that say the same are two lines of evidence', () => {
    const [line] = verdict.evidence
    if (!line) throw new Error('the sample has evidence')
    const seen = text(trace({ verdict: { ...verdict, evidence: [line, line] } }))
    expect(seen.match(/Xiaomi responded with 20301/g)).toHaveLength(2)
  })

  test('an actor nobody named is shown as it came', () => {
    expect(text(trace({ verdict: { ...verdict, actor: 'the moon' } }))).toContain('Fixed by the moon')
  })
})

describe('states', () => {
  test('waiting says the place in line and shows no verdict', () => {
    expect(text(WAITING)).toContain('1st in queue, about 1 s')
    expect(html(WAITING)).toContain('waiting')
    expect(text(WAITING)).not.toContain('no record')
  })

  test('nothing found says why that may be', () => {
    expect(text(EMPTY)).toContain('Tencent has no record of this push')
    expect(text(EMPTY)).toContain('older than 7 days')
  })

  test('one that is gone says so in the verdict, and nothing twice', () => {
    expect(text(EXPIRED)).toContain('9 days old')
    expect(text(EXPIRED)).not.toContain('Tencent has no record')
    expect(text(EXPIRED)).not.toContain('Fixed by')
  })

  test('a problem says what to press, and that nothing was kept', () => {
    const seen = text(TROUBLE)
    expect(seen).toContain('The Push service is not enabled')
    expect(seen).toContain('No earlier data is stored')
    expect(seen).toContain('Tencent error code 90045')
    expect(seen).toContain('Try again')
    expect(seen).not.toContain('Tencent has no record')
  })

  test('an answer that could not be refreshed stays, one that never came says why', () => {
    const words = wordsIn()
    const draw = (reply: TraceReply) =>
      readText(
        renderToStaticMarkup(
          <Trace reply={reply} tz="+08:00" about="" replies={[]} words={words} failure="unavailable" />,
        ),
      )
    expect(draw(STOPPED)).toContain('Not refreshed: Pushlens is not ready')
    expect(draw(STOPPED)).toContain('M2012K11AC')
    expect(draw(WAITING)).toContain('cannot reach its database')
    expect(draw(WAITING)).not.toContain('in queue')
  })

  test('what was kept says so', () => {
    expect(text(THREE)).toContain('Updated 21 Nov 12:03 (UTC+8) · Stored by Pushlens · Left out: 1 unreadable value')
  })
})

test.each(LOCALES)('every state is drawn in %s', (locale) => {
  const own = (reply: TraceReply) => ({ ...reply, verdict: null })
  for (const reply of [own(STOPPED), own(THREE), WAITING, EMPTY, TROUBLE]) {
    const seen = text(reply, locale)
    if (locale !== 'en') expect(seen).not.toMatch(/Not applicable|in queue|no record|Try again|after \d/)
  }
})

test('how long a step took is said in the two largest units', () => {
  const said = [250, 1_000, 61_000, 3_700_000, 90_000_000].map((ms) => duration(ms, wordsIn()))
  expect(said).toEqual(['250 ms', '1 s', '1 min 1 s', '1 h 1 min', '1 d 1 h'])
})
