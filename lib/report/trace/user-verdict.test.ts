import { describe, expect, test } from 'vitest'
import type { DeviceRecord } from '@/lib/contract/records'
import type { Vendor } from '@/lib/contract/vendors'
import type { Delivery } from '@/lib/report/funnel/counts'
import en from '@/messages/en/verdicts.json'
import { vendorMessages } from '@/messages/vendors'
import { fillVerdict } from './fill-verdict'
import { device, done, failed, offline, online, PUSHED } from './testing/devices'
import { hasEnoughEvidence, type UserTrace } from './user-attempts'
import { type UserFacts, userVerdict } from './user-verdict'
import type { VendorHealth } from './vendor-health'

const HOUR = 3_600
const NOW = PUSHED + 3 * HOUR + 600
const handed = { offline: done(1), channel: done(1) }
const to = (vendor: Vendor, stages: Parameters<typeof offline>[0], more: Partial<DeviceRecord> = {}) =>
  device({ vendor, offline: offline(stages), ...more })

const DELIVERED = to('xiaomi', { ...handed, device: done(4) })
const GONE = to('xiaomi', { offline: done(1), channel: failed(10029) })
const SILENT = to('xiaomi', handed)
const IN_APP = device({ vendor: 'unknown', channel: 'online', online: online({ channel: done(), device: done(2) }) })
const UNSENT = to('huawei', { offline: failed(-2, 'token not uploaded') })

const trace = (...devices: DeviceRecord[]): UserTrace => ({ taskId: 'spring', sentAt: PUSHED, devices })
/** The same push, this many seconds earlier. */
const earlier = (seconds: number, record: DeviceRecord): UserTrace => {
  const back = <T extends { at: number | null } | null>(step: T): T =>
    step?.at == null ? step : { ...step, at: step.at - seconds }
  const { offline: path } = record
  const moved = path && {
    offline: back(path.offline),
    channel: back(path.channel),
    device: back(path.device),
    click: back(path.click),
  }
  return {
    taskId: 'winter',
    sentAt: PUSHED - seconds,
    devices: [{ ...record, pushedAt: PUSHED - seconds, offline: moved }],
  }
}
const health = (fell: VendorHealth['fell'], vendor: Vendor = 'xiaomi'): VendorHealth => ({
  vendor,
  delivery: 'reported',
  sent: 900,
  delivered: 30,
  rate: 0.03,
  before: 0.9,
  fell,
})
const FELL = health({ from: PUSHED - HOUR, to: null, atLeast: false })

function facts(over: Partial<UserFacts> = {}): UserFacts {
  return {
    presence: 'failed',
    traces: [],
    asking: 0,
    unchecked: 0,
    delivery: () => 'reported',
    health: [],
    sdkAppId: 1,
    nowS: NOW,
    ...over,
  }
}
const judge = (over: Partial<UserFacts>) => userVerdict(facts(over))
const unreported: UserFacts['delivery'] = () => 'unreported'

describe('one sentence about a user', () => {
  test.each<[string, Partial<UserFacts>, string, string]>([
    ['signed out', { presence: 'offline' }, 'user_signed_out certain', 'next_open_app'],
    [
      'signed out, although a push arrived before',
      { presence: 'offline', traces: [trace(DELIVERED)] },
      'user_signed_out certain',
      'next_open_app',
    ],
    [
      'signed out while the vendor fell',
      { presence: 'offline', traces: [trace(SILENT)], health: [FELL] },
      'user_signed_out certain',
      'next_open_app',
    ],
    ['no such user', { presence: 'no_such_user' }, 'user_unknown certain', 'next_check_user_id'],
    ['delivered, state unknown', { traces: [trace(DELIVERED)] }, 'user_delivered likely', 'next_ask_what_missing'],
    [
      'delivered, in the background',
      { presence: 'push_online', traces: [trace(DELIVERED)] },
      'user_delivered certain',
      'next_ask_what_missing',
    ],
    [
      'delivered, online',
      { presence: 'online', traces: [trace(DELIVERED)] },
      'user_delivered certain',
      'next_ask_what_missing',
    ],
    ['delivered over own channel', { traces: [trace(IN_APP)] }, 'user_delivered likely', 'next_ask_what_missing'],
    [
      'delivered before a push without a report',
      { traces: [trace(SILENT), earlier(HOUR, DELIVERED)], delivery: unreported },
      'user_delivered likely',
      'next_ask_what_missing',
    ],
    [
      'delivered before a push that was stopped',
      { traces: [trace(GONE), earlier(HOUR, DELIVERED)] },
      'stopped_token_gone certain',
      'next_token_gone',
    ],
    [
      'delivered before a push still on its way',
      { traces: [trace(SILENT), earlier(HOUR, DELIVERED)] },
      'not_delivered_yet likely',
      'next_handed_over',
    ],
    ['not delivered yet', { traces: [trace(SILENT)] }, 'not_delivered_yet likely', 'next_handed_over'],
    [
      'not delivered yet, in the background',
      { presence: 'push_online', traces: [trace(SILENT)] },
      'user_background likely',
      'next_handed_over',
    ],
    ['stopped at the vendor', { traces: [trace(GONE)] }, 'stopped_token_gone certain', 'next_token_gone'],
    [
      'stopped at the vendor, in the background',
      { presence: 'push_online', traces: [trace(GONE)] },
      'stopped_token_gone certain',
      'next_token_gone',
    ],
    [
      'stopped at the vendor, opened since',
      { presence: 'online', traces: [trace(GONE)] },
      'user_online certain',
      'next_token_gone',
    ],
    ['never reached the vendor', { traces: [trace(UNSENT)] }, 'stopped_token_missing certain', 'next_token_missing'],
    [
      'the vendor fell',
      { presence: 'push_online', traces: [trace(SILENT)], health: [FELL] },
      'user_vendor_wide likely',
      'next_vendor_wide',
    ],
    [
      'the vendor fell, but the device itself has the cause',
      { traces: [trace(GONE)], health: [FELL] },
      'stopped_token_gone certain',
      'next_token_gone',
    ],
    [
      'the vendor fell, but this push arrived',
      { traces: [trace(DELIVERED)], health: [FELL] },
      'user_delivered likely',
      'next_ask_what_missing',
    ],
    [
      'another vendor fell',
      { traces: [trace(SILENT)], health: [health(FELL.fell, 'oppo')] },
      'not_delivered_yet likely',
      'next_handed_over',
    ],
    [
      'the vendor was down when it was sent',
      { traces: [trace(SILENT)], health: [health({ from: PUSHED - HOUR, to: PUSHED + HOUR, atLeast: false })] },
      'user_vendor_was likely',
      'next_vendor_wide',
    ],
    [
      'the vendor was down before it was sent',
      { traces: [trace(SILENT)], health: [health({ from: PUSHED - 2 * HOUR, to: PUSHED, atLeast: false })] },
      'not_delivered_yet likely',
      'next_handed_over',
    ],
    [
      'a vendor fell, nothing is known about this user',
      { health: [FELL] },
      'user_cannot_tell unknown',
      'next_chat_message',
    ],
    ['online, nothing traced', { presence: 'online' }, 'user_online certain', 'next_ask_in_app'],
    ['in the background, nothing traced', { presence: 'push_online' }, 'user_background likely', 'next_handed_over'],
    [
      'handed over, not reported',
      { traces: [trace(SILENT)], delivery: unreported },
      'user_silent unknown',
      'next_handed_over',
    ],
    [
      'handed over, in the background',
      { presence: 'push_online', traces: [trace(SILENT)], delivery: unreported },
      'user_background likely',
      'next_handed_over',
    ],
    [
      'only campaigns without a record',
      { traces: [trace(), trace()] },
      'user_cannot_tell unknown',
      'next_chat_message',
    ],
    ['nothing at all', {}, 'user_cannot_tell unknown', 'next_chat_message'],
    ['nothing yet, still asking', { presence: 'asking', asking: 3 }, 'user_cannot_tell unknown', 'next_chat_message'],
    ['account state switched off', { presence: 'off' }, 'user_cannot_tell unknown', 'next_chat_message'],
    ['account state unreadable', { presence: null }, 'user_cannot_tell unknown', 'next_chat_message'],
    [
      'arrived on one of two devices',
      { traces: [trace(DELIVERED, UNSENT)] },
      'user_delivered likely',
      'next_token_missing',
    ],
  ])('%s', (_, over, sentence, next) => {
    const verdict = judge(over)
    expect([`${verdict.key} ${verdict.confidence}`, verdict.next]).toEqual([sentence, next])
  })

  test('has the promised text', () => {
    const text = (over: Partial<UserFacts>) =>
      fillVerdict({ verdicts: en, vendors: vendorMessages('en') }, judge(over)).text
    expect(text({ traces: [trace(DELIVERED)] })).toBe('Reachable: a campaign was delivered to this phone 3 h ago.')
    expect(text({ presence: 'offline' })).toBe('Signed out: cannot receive pushes until the app is opened.')
    expect(text({ traces: [trace(SILENT)], health: [FELL] })).toBe(
      'Vendor-wide: Xiaomi delivery has been down since 2026-11-19T03:03:20.000Z, not only for this user.',
    )
    expect(text({})).toMatch(/^Cannot tell yet: /)
  })
})

describe('the evidence', () => {
  test('contains the newest push, how it ended, and an earlier arrival', () => {
    const { evidence } = judge({ presence: 'push_online', traces: [trace(SILENT), earlier(HOUR, DELIVERED)] })
    expect(evidence).toEqual([
      { key: 'evidence_presence_push_online', values: {} },
      { key: 'evidence_newest', values: { at: '2026-11-19T04:03:20.000Z' } },
      { key: 'not_delivered_yet', values: { vendor: 'xiaomi' } },
      { key: 'evidence_accepted', values: { vendor: 'xiaomi', time: '2026-11-19 12:03:21' } },
      { key: 'evidence_received', values: { at: '2026-11-19T03:03:24.000Z' } },
    ])
  })

  test('does not repeat the verdict', () => {
    const { key, evidence } = judge({ traces: [trace(GONE)] })
    expect([key, ...evidence.map((line) => line.key)]).toEqual([
      'stopped_token_gone',
      'evidence_newest',
      'evidence_refused',
    ])
  })

  test('lists what was checked and what was not', () => {
    const tried = (over: Partial<UserFacts>) =>
      judge(over).tried.map(({ key, values }) => [key, values.n].filter(Boolean).join(' '))
    expect(tried({ presence: 'offline', traces: [trace(GONE), trace()], asking: 2, health: [FELL] })).toEqual([
      'tried_presence_offline',
      'tried_traced 1',
      'tried_nothing 1',
      'tried_asking 2',
      'tried_health 1',
    ])
    expect(tried({ presence: 'off' })).toEqual(['tried_presence_off', 'tried_no_campaign', 'tried_no_health'])
    // A page that lists campaigns does not say that none is listed.
    expect(tried({ presence: 'off', unchecked: 2 })).toContain('tried_unchecked 2')
    expect(tried({ presence: 'off', unchecked: 2 })).not.toContain('tried_no_campaign')
  })
})

describe('enough evidence', () => {
  const enough = (traces: UserTrace[], delivery: Delivery = 'reported') =>
    hasEnoughEvidence(facts({ traces, delivery: () => delivery }))

  test.each<[string, UserTrace[], boolean]>([
    ['nothing traced', [], false],
    ['no record of this user', [trace()], false],
    ['delivered by a vendor', [trace(DELIVERED)], true],
    ['stopped at a vendor', [trace(GONE)], true],
    ['arrived, vendor unknown', [trace(IN_APP)], false],
    ['arrived in the app, vendor known from an earlier push', [trace(IN_APP), earlier(HOUR, SILENT)], true],
    ['not delivered yet', [trace(SILENT)], false],
    ['not delivered yet, arrived before', [trace(SILENT), earlier(HOUR, DELIVERED)], true],
    ['accepted after an older refusal', [trace(SILENT), earlier(HOUR, GONE)], false],
  ])('%s', (_, traces, expected) => {
    expect(enough(traces)).toBe(expected)
  })
})
