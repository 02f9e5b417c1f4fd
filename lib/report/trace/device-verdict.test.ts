import { describe, expect, test } from 'vitest'
import type { DeviceRecord } from '@/lib/contract/records'
import type { Vendor } from '@/lib/contract/vendors'
import type { Delivery } from '@/lib/report/funnel/counts'
import { type DeliveryOf, withCertificates } from './delivery-of'
import { deviceVerdict } from './device-verdict'
import { blank, device, done, failed, offline, online } from './testing/devices'

const judge = (record: DeviceRecord, delivery: Delivery = 'reported') => deviceVerdict(record, () => delivery)

const OFF = { token: 'AIza***demo***', certId: '31122', notifications: 0 }
const handed = { offline: done(1), channel: done(1) }
const to = (vendor: Vendor, stages: Parameters<typeof offline>[0], more: Partial<DeviceRecord> = {}) =>
  device({ vendor, offline: offline(stages), ...more })
const refused = (vendor: Vendor, code: number, text = '', more: Partial<DeviceRecord> = {}) =>
  to(vendor, { offline: done(1), channel: failed(code, text) }, more)
const receipt = (vendor: Vendor, code: number, text = '') => to(vendor, { ...handed, device: failed(code, text, 6) })
const unsent = (code: number, text = '') => to('huawei', { offline: failed(code, text) })
const live = (stages: Parameters<typeof online>[0]) =>
  device({ vendor: 'unknown', channel: 'online', online: online(stages) })

/**
 * A case: what happened, the trace, the verdict as `key confidence actor`, and the vendor's reporting (`reported` by
 * default).
 */
type Case = [string, DeviceRecord, string, Delivery?]
const check = (_: string, record: DeviceRecord, expected: string, delivery?: Delivery) => {
  const { key, confidence, actor } = judge(record, delivery)
  expect(`${key} ${confidence} ${actor}`).toBe(expected)
}

describe('the vendor refused', () => {
  test.each<Case>([
    ['Xiaomi, token', refused('xiaomi', 10029), 'stopped_token_gone certain user'],
    ['vivo, token', refused('vivo', 10302, 'User Id invalid'), 'stopped_token_gone certain user'],
    ['FCM, token', refused('fcm', 404, 'UNREGISTERED'), 'stopped_token_gone certain user'],
    ['Apple, environment', refused('apns', 400, 'BadDeviceToken'), 'stopped_token_mismatch certain dev'],
    ['Apple, 400 alone', refused('apns', 400), 'stopped_ambiguous certain tencent'],
    ['Apple, 410 alone', refused('apns', 410), 'stopped_token_gone certain user'],
    ['Apple, key', refused('apns', 403, 'InvalidProviderToken'), 'stopped_credential_wrong certain console'],
    ['Apple, payload', refused('apns', 413, 'PayloadTooLarge'), 'stopped_content_too_long certain sender'],
    ['Apple down', refused('apns', 503), 'stopped_vendor_busy certain none'],
    ['FCM, project', refused('fcm', 403, 'SENDER_ID_MISMATCH'), 'stopped_app_mismatch certain console'],
    ['Xiaomi, secret', refused('xiaomi', 21301), 'stopped_credential_wrong certain console'],
    ['Xiaomi, blacklisted', refused('xiaomi', 10031), 'stopped_app_not_allowed certain console'],
    ['Xiaomi, daily quota', refused('xiaomi', 200001), 'stopped_daily_cap likely sender'],
    ['Huawei, flow control', refused('huawei', 503), 'stopped_too_fast certain sender'],
    ['Huawei, words', refused('huawei', 80100016), 'stopped_content_rejected certain sender'],
    ['vivo at night', refused('vivo', 10071), 'stopped_quiet_hours likely sender'],
    ['OPPO, -2 alone', refused('oppo', -2), 'stopped_vendor_busy certain none'],
    ['OPPO, -2, Tencent’s step not recorded', to('oppo', { channel: failed(-2) }), 'stopped_ambiguous certain tencent'],
    ['OPPO, -2 by text', refused('oppo', -2, 'flow control'), 'stopped_vendor_busy certain none'],
    ['an unknown code', refused('huawei', 987654, 'new'), 'stopped_unexplained certain tencent'],
    [
      'an unknown code with a clear text',
      refused('huawei', 987654, '设备已卸载'),
      'stopped_app_uninstalled likely user',
    ],
    ['a platform without a name', refused('platform_9', 16), 'stopped_ambiguous certain tencent'],
    ['with permission off', refused('xiaomi', 10029, '', OFF), 'stopped_token_gone certain user'],
    ['receipt: not shown', receipt('huawei', 6), 'stopped_notifications_off likely user'],
    ['receipt: not installed', receipt('huawei', 2), 'stopped_app_uninstalled certain user'],
    ['receipt: unknown token', receipt('huawei', 5), 'stopped_token_gone certain user'],
    ['receipt: expired', receipt('xiaomi', 1024), 'stopped_expired likely none'],
    ['receipt: marketing cap', receipt('huawei', 256), 'stopped_daily_cap likely sender'],
  ])('%s', check)
})

describe('it never reached the vendor', () => {
  test.each<Case>([
    ['no certificate', unsent(-1), 'stopped_certificate_missing certain dev'],
    ['no certificate, in Chinese', unsent(-1, '没有设置证书id'), 'stopped_certificate_missing certain dev'],
    ['no token', unsent(-2, 'token not uploaded'), 'stopped_token_missing certain dev', 'unreported'],
    ['another code of Tencent', unsent(-7, 'new'), 'unsent certain tencent'],
    ['a vendor code before the vendor', unsent(80300007), 'unsent certain tencent'],
    ['the chat server refused', device({ im: failed(70107, 'account') }), 'not_taken certain tencent'],
    ['own channel failed', live({ channel: failed(5) }), 'online_failed certain tencent'],
    ['own channel, device failed', live({ channel: done(), device: failed(5) }), 'online_failed certain tencent'],
  ])('%s', check)
})

describe('handed over without a later record', () => {
  const blanks = { ...OFF, token: '', certId: '0' }
  test.each<Case>([
    ['no receipts', to('fcm', handed), 'handed_over unknown user', 'unreported'],
    ['few receipts', to('fcm', handed), 'handed_over unknown user', 'partial'],
    ['too few pushes to know', to('meizu', handed), 'handed_over unknown user', 'unknown'],
    ['a vendor that reports', to('xiaomi', handed), 'not_delivered_yet likely user'],
    ['iPhone, reports late', to('apns', handed), 'handed_over unknown user'],
    ['permission off', to('huawei', handed, OFF), 'maybe_switched_off likely user', 'unreported'],
    ['permission off, reports', to('xiaomi', handed, OFF), 'maybe_switched_off likely user'],
    ['permission 0, fields empty', to('apns', handed, blanks), 'handed_over unknown user', 'unreported'],
    ['permission 0, certificate 0', to('apns', handed, { ...OFF, certId: '0' }), 'handed_over unknown user', 'unknown'],
    ['permission unknown', to('huawei', handed, { notifications: null }), 'handed_over unknown user', 'unreported'],
    ['although handing over failed', to('fcm', { ...handed, offline: failed(-1) }), 'not_delivered_yet likely user'],
    ['submitted, nothing since', to('vivo', { offline: done(1) }), 'submitted unknown tencent'],
    ['submitted, chat failed', to('vivo', { offline: done(1) }, { im: failed(1) }), 'submitted unknown tencent'],
    ['own channel, no answer', live({ channel: done() }), 'online_silent unknown user'],
    ['accepted by the chat server', device(), 'taken unknown tencent'],
    ['blank steps', device({ im: blank, offline: offline({ offline: blank }) }), 'no_steps unknown tencent'],
    ['no step at all', device({ im: null, ...blanks }), 'no_steps unknown tencent', 'unreported'],
  ])('%s', check)
})

describe('it arrived, despite other records', () => {
  const contradicting = { offline: offline({ offline: failed(-2) }), online: online({ device: done(1) }) }
  test.each<Case>([
    ['delivered, permission off', to('huawei', { ...handed, device: done(3) }, OFF), 'delivered certain user'],
    ['clicked, permission off', to('fcm', { ...handed, click: done(9) }, OFF), 'clicked certain none', 'unreported'],
    ['delivered, vendor refused', to('xiaomi', { channel: failed(16), device: done(3) }), 'delivered certain user'],
    ['delivered, click failed', to('oppo', { ...handed, device: done(3), click: failed(1) }), 'delivered certain user'],
    ['clicked and nothing else', to('vivo', { click: done(9) }), 'clicked certain none', 'unknown'],
    ['online, offline failed', device(contradicting), 'online certain dev'],
  ])('%s', check)
})

describe('two paths', () => {
  const ownDone = online({ channel: done(), device: done(2) })
  const ownFailed = online({ channel: failed(5, 'no connection') })
  const refusedAt = { offline: done(1), channel: failed(10029) }
  const sentencesOf = (record: DeviceRecord, delivery?: Delivery) => {
    const { key, also, next } = judge(record, delivery)
    return [key, ...also.map((one) => one.key), next]
  }

  test.each<[string, DeviceRecord, string[]]>([
    [
      'offline failed, online delivered',
      to('xiaomi', refusedAt, { online: ownDone }),
      ['online', 'stopped_token_gone', 'next_token_gone'],
    ],
    [
      'offline delivered, online failed',
      to('xiaomi', { ...handed, device: done(4) }, { online: ownFailed }),
      ['delivered', 'online_failed', 'next_ask_seen'],
    ],
    [
      'clicked, online failed',
      to('xiaomi', { ...handed, click: done(4) }, { online: ownFailed }),
      ['clicked', 'online_failed', 'next_nothing'],
    ],
    [
      'both failed',
      to('xiaomi', refusedAt, { online: ownFailed }),
      ['stopped_token_gone', 'online_failed', 'next_token_gone'],
    ],
    [
      'handed over, online failed',
      to('fcm', handed, { online: ownFailed }),
      ['handed_over', 'online_failed', 'next_handed_over'],
    ],
    [
      'offline failed, online silent',
      to('xiaomi', refusedAt, { online: online({ channel: done() }) }),
      ['stopped_token_gone', 'next_token_gone'],
    ],
    [
      'both delivered',
      to('xiaomi', { ...handed, device: done(4) }, { online: ownDone }),
      ['delivered', 'next_ask_seen'],
    ],
  ])('%s', (_, record, expected) => {
    expect(sentencesOf(record, record.vendor === 'fcm' ? 'unreported' : 'reported')).toEqual(expected)
  })

  test('a guessed reason beside an arrival makes the whole verdict likely', () => {
    const night = to('vivo', { offline: done(1), channel: failed(10071) }, { online: ownDone })
    expect(judge(night)).toMatchObject({ key: 'online', confidence: 'likely', actor: 'sender' })
  })

  test('a failure that a later step contradicts is evidence only', () => {
    const { also, evidence } = judge(to('xiaomi', { channel: failed(16), device: done(3) }))
    expect(also).toEqual([])
    expect(evidence).toContainEqual({
      key: 'evidence_refused',
      values: { vendor: 'xiaomi', answer: '16', time: '2026-11-19 12:03:21' },
    })
  })
})

describe('receipts are those of the vendor’s own path', () => {
  const byChannel: DeliveryOf = (_, channel) => (channel === 'online' ? 'reported' : 'unreported')

  test('a record of an online push does not make the vendor a reporting one', () => {
    const record = to('fcm', handed, { channel: 'online' })
    const { key, evidence } = deviceVerdict(record, byChannel)
    expect([key, evidence[1]?.key]).toEqual(['handed_over', 'evidence_delivery_unreported'])
  })

  test('a certificate that gives no receipts is not called reporting', () => {
    const clicked = to('huawei', { ...handed, click: done(9) })
    const delivery = withCertificates(() => 'reported', [clicked])
    const { key, evidence } = deviceVerdict(to('huawei', handed), delivery)
    expect(key).toBe('handed_over')
    expect(evidence[1]).toEqual({
      key: 'evidence_delivery_certificate',
      values: { vendor: 'huawei', certId: '31122' },
    })
  })
})

describe('the evidence', () => {
  test('of a refusal contains vendor, answer, time and the source of its meaning', () => {
    const verdict = judge(refused('vivo', 10302, 'User Id invalid'))
    expect(verdict.values).toEqual({ vendor: 'vivo', answer: '10302 User Id invalid' })
    expect(verdict.evidence[0]).toMatchObject({ key: 'evidence_refused', values: { time: '2026-11-19 12:03:21' } })
    expect(verdict.evidence[1]?.key).toBe('evidence_meaning')
  })

  test('of a code with several meanings lists at most three', () => {
    const { evidence } = judge(refused('apns', 400))
    expect(evidence.filter(({ key }) => key === 'evidence_candidate')).toHaveLength(3)
  })

  test('without a later record says how the vendor reports', () => {
    for (const delivery of ['partial', 'unreported', 'unknown'] as const) {
      expect(judge(to('fcm', handed), delivery).evidence.map(({ key }) => key)).toEqual([
        'evidence_accepted',
        `evidence_delivery_${delivery}`,
      ])
    }
  })

  test('mentions a missing step before a recorded one', () => {
    const { evidence } = judge(to('vivo', { click: done(9), channel: done(1) }))
    expect(evidence.map(({ key }) => key)).toContain('evidence_missing_before')
  })
})
