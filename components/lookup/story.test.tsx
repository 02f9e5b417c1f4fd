import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { LOCALES, type Locale } from '@/components/i18n/locale'
import { messagesOf } from '@/components/i18n/messages'
import { visibleText, wordsIn } from '@/components/i18n/testing/render'
import { device, IPHONE, PIXEL, STOPPED, step, THREE, trace } from '@/components/report/testing/trace-samples'
import { allReplies } from '@/components/report/trace/all-replies'
import { type ReplyKey, replyFor } from '@/components/report/trace/replies'
import { verdictText } from '@/components/report/trace/verdict-text'
import { traceTicketText } from '@/components/report/trace/verdict-ticket'
import type { TraceReply } from '@/lib/contract/traces'
import { Trace } from './trace'

const html = (reply: TraceReply, viewerZone: string | null = null, locale: Locale = 'en') =>
  renderToStaticMarkup(
    <Trace
      reply={reply}
      tz="+08:00"
      viewerZone={viewerZone}
      about="PushID a"
      replies={allReplies()}
      words={wordsIn(locale)}
    />,
  )
const text = (...args: Parameters<typeof html>) => visibleText(html(...args))
const verdict = STOPPED.verdict ?? fail()

function fail(): never {
  throw new Error('the sample has a verdict')
}

describe('two views', () => {
  test('are chosen by radio buttons, story first, so they need no script', () => {
    const radios = html(STOPPED).match(/<input type="radio"[^>]*>/g) ?? []
    expect(radios.map((radio) => [/value="(\w+)"/.exec(radio)?.[1], radio.includes('checked')])).toEqual([
      ['story', true],
      ['raw', false],
    ])
    expect(html(STOPPED)).toMatch(/<fieldset[^>]*><legend[^>]*>View<\/legend>/)
  })

  test('raw contains the request without a signature, and the answer with Tencent’s own times', () => {
    const seen = text(trace({ raw: { EventTime: '2026-11-19 12:03:22' } }))
    expect(seen).toContain('POST /v4/timpush/normal_push_trace { "PushID"')
    expect(seen).not.toMatch(/usersig|sdkappid=/)
    expect(seen).toContain('2026-11-19 12:03:22')
  })
})

describe('times', () => {
  test('are in the console’s zone, and also in the viewer’s zone when it differs', () => {
    expect(text(STOPPED, 'Asia/Seoul')).toContain('12:03:20 13:03:20 UTC+9')
    expect(text(STOPPED, 'Asia/Seoul')).toContain('Pushed 19 Nov 12:03 (UTC+8) · 19 Nov 13:03 your time (UTC+9)')
    expect(text(STOPPED, 'Asia/Shanghai')).not.toContain('your time')
    expect(text(STOPPED)).not.toContain('your time')
  })

  test('Tencent’s own times in a sentence name their zone', () => {
    const [line] = verdict.evidence
    expect(line && verdictText(line, wordsIn(), '+08:00')).toBe(
      'Xiaomi responded with 20301 invalid regid at 2026-11-19 12:03:22 (UTC+8).',
    )
  })

  test.each(['2026-02-30 12:03:22', '2026-11-19 24:00:00', '2026-13-45 99:99:99', '2026/11/19 12:03', 'soon'])(
    'an unreadable time, %s, is shown as it is, without a zone',
    (time) => {
      const line = { key: 'evidence_refused', values: { vendor: 'xiaomi', answer: '20301', time }, text: '' }
      expect(verdictText(line, wordsIn(), '+08:00')).toBe(`Xiaomi responded with 20301 at ${time}.`)
      const odd = device({
        pushedAt: null,
        pushedAtText: time,
        stages: [step({ stage: 'channel', state: 'failed', atText: time })],
      })
      const reply = trace({ devices: [odd] })
      expect(text(reply)).toContain(`Pushed ${time} `)
      expect(visibleText(html(reply))).not.toContain(`${time} (UTC`)
      expect(traceTicketText({ ...reply, verdict }, '', '+08:00', wordsIn())).toContain(`: Failed ${time}`)
    },
  )

  test('a sentence about a user has the start time and the elapsed time', () => {
    const said = (key: string, values: Record<string, string>) =>
      verdictText({ key, values, text: '' }, wordsIn(), '+08:00')
    expect(said('user_vendor_wide', { vendor: 'xiaomi', begun: '2026-11-20T12:00:00.000Z' })).toBe(
      'Vendor-wide: Xiaomi delivery has been down since 20 Nov 20:00 (UTC+8), not only for this user.',
    )
    expect(said('user_delivered', { ago: '10800000' })).toBe(
      'Reachable: a campaign was delivered to this phone 3 h 0 min ago.',
    )
  })
})

describe('handed over, without a receipt', () => {
  const open = (key: string, receivedAt: string | null = null) =>
    text(trace({ verdict: { ...verdict, key, values: { vendor: 'fcm' } }, devices: [PIXEL], receivedAt }))

  test('ends with what to ask and try, and when this device last received a push', () => {
    const seen = open('handed_over', '2026-11-12T06:02:00.000Z')
    expect(seen).toContain('Handed over, not reported: next steps')
    expect(seen).toContain('This phone received a campaign at 12 Nov 14:02 (UTC+8).')
    expect(seen.indexOf('Ask whether the user saw the notification')).toBeLessThan(seen.indexOf('Send a test'))
  })

  test('shows no arrival when none is known, and no list when the outcome is known', () => {
    expect(open('handed_over')).not.toContain('This phone received')
    expect(open('stopped_token_gone')).not.toContain('next steps')
  })
})

describe('a ticket text', () => {
  const ticket = (reply: TraceReply) =>
    traceTicketText({ ...reply, verdict: reply.verdict ?? fail() }, 'PushID a', '+08:00', wordsIn())

  test('has the verdict, its evidence, the next step, and each device with its steps', () => {
    expect(ticket(STOPPED).split('\n')).toEqual([
      'Stopped at Xiaomi: the token is no longer valid. (likely)',
      'PushID a',
      '- Xiaomi responded with 20301 invalid regid at 2026-11-19 12:03:22 (UTC+8).',
      'What to do: Check that the app is still installed. Then ask the user to open it once while signed in. The app then gets a new token. (End user)',
      'M2012K11AC · Android 13 · Xiaomi',
      '  Chat server: Done 19 Nov 12:03:20',
      '  Handed to offline push: Done 19 Nov 12:03:21',
      '  Vendor: Failed 19 Nov 12:03:22 Code 20301 invalid regid',
      'Updated 21 Nov 12:03 (UTC+8)',
    ])
  })

  test('has the address of a source beside its name', () => {
    const values = { meaning: 'The token has expired.', source: 'Apple Developer', url: 'https://example.com/codes' }
    const verdict = STOPPED.verdict && {
      ...STOPPED.verdict,
      evidence: [{ key: 'evidence_meaning', values, text: '' }],
    }
    expect(ticket({ ...STOPPED, verdict })).toContain(
      '- Meaning of the code: The token has expired. (Apple Developer) https://example.com/codes',
    )
  })

  test('contains no token, and a name for every device', () => {
    const all = ticket({
      ...THREE,
      devices: [...THREE.devices, device({ model: '', stages: [step({ stage: 'im', state: 'done' })] })],
    })
    expect(all).not.toContain('AQ3c')
    expect(all).toContain('Unknown model')
    expect(all).toContain('  Own channel: Done 19 Nov 12:03:21')
    expect(all).not.toContain('Not applicable')
    expect(ticket(trace({ devices: [IPHONE], asOf: null }))).not.toContain('Updated')
  })
})

describe('a reply for the user', () => {
  const sentence = (key: string) => ({ key, values: {}, text: '' })

  test.each<[string, ReplyKey]>([
    ['stopped_token_gone', 'open_app'],
    ['stopped_app_uninstalled', 'install_app'],
    ['user_signed_out', 'open_app'],
    ['maybe_switched_off', 'allow'],
    ['handed_over', 'handed_over'],
    ['delivered', 'delivered'],
    ['online', 'in_app'],
    ['user_vendor_wide', 'vendor'],
    ['user_vendor_was_at_least', 'vendor'],
    ['stopped_certificate_missing', 'working'],
    ['stopped_quiet_hours', 'missed'],
    ['not_found_wrong_id', 'which'],
    ['user_cannot_tell', 'which'],
  ])('%s: %s', (key, reply) => {
    expect(replyFor({ key, also: [], next: sentence('next_nothing') })).toBe(reply)
  })

  test('is about what failed on another path, where the next step repairs that', () => {
    const also = [sentence('stopped_token_gone')]
    expect(replyFor({ key: 'online', also, next: sentence('next_token_gone') })).toBe('open_app')
    expect(replyFor({ key: 'user_online', also, next: sentence('next_ask_in_app') })).toBe('in_app')
  })

  test('exists in three languages, the agent’s own first, each marked with its language', () => {
    const seen = html(STOPPED, null, 'ko')
    const spoken = [...seen.matchAll(/<li lang="([\w-]+)"/g)].map(([, lang]) => lang)
    expect(spoken).toEqual(['ko', 'en', 'zh-CN'])
    for (const locale of LOCALES) expect(seen).toContain(messagesOf(locale).replies.open_app)
  })
})
