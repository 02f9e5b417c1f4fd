import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DeviceRecord } from '@/lib/contract/records'
import type { Vendor } from '@/lib/contract/vendors'
import type { Delivery } from '@/lib/report/funnel/counts'
import { hintsOf } from '@/lib/report/ids/id-hints'
import { anyDevice } from './testing/any-device'
import { device, done, failed, offline, online, PUSHED, SAMPLES } from './testing/devices'
import { type LookupFacts, verdictOf } from './verdict'

const NOW = PUSHED + 86_400
const looked: LookupFacts = { source: 'chat', hints: hintsOf(''), sdkAppId: 1600119377, nowS: NOW }
const judge = (devices: DeviceRecord[], delivery: Delivery = 'reported') => verdictOf(devices, () => delivery, looked)

const handed = { offline: done(1), channel: done(1) }
const to = (vendor: Vendor, stages: Parameters<typeof offline>[0], more: Partial<DeviceRecord> = {}) =>
  device({ vendor, offline: offline(stages), ...more })
const refused = (vendor: Vendor, code: number, text = '') =>
  to(vendor, { offline: done(1), channel: failed(code, text) })
const unsent = (code: number, text = '') => to('huawei', { offline: failed(code, text) })

describe('every documented trace', () => {
  test.each([
    ['campaign, last active spelt otherwise', 'clicked', 'certain', 'none'],
    ['campaign, the vendor refused', 'stopped_token_gone', 'certain', 'user'],
    ['campaign, delivered and not clicked', 'delivered', 'certain', 'user'],
    ['campaign, FCM click without delivery', 'clicked', 'certain', 'none'],
    ['campaign, two devices', 'some_arrived', 'certain', 'dev'],
    ['campaign, online only', 'online', 'certain', 'user'],
    ['chat, empty stages', 'taken', 'unknown', 'tencent'],
    ['chat, not found', 'not_found_chat', 'unknown', 'user'],
    ['chat, whole', 'clicked', 'certain', 'none'],
    ['chat, times out of order', 'clicked', 'certain', 'none'],
  ] as const)('%s: %s, %s', (name, key, confidence, actor) => {
    expect(judge(SAMPLES[name])).toMatchObject({ key, confidence, actor })
  })

  test('with two devices each has its own sentence, and the next step is for the one without the push', () => {
    expect(judge(SAMPLES['campaign, two devices'])).toEqual({
      key: 'some_arrived',
      values: { n: '2', arrived: '1' },
      confidence: 'certain',
      also: [{ key: 'stopped_certificate_missing', values: { vendor: 'apns', answer: '-1 Certificate id not set' } }],
      evidence: [
        { key: 'clicked', values: { vendor: 'huawei' } },
        {
          key: 'evidence_not_handed_over',
          values: { vendor: 'apns', answer: '-1 Certificate id not set', time: '2026-11-19 12:03:21' },
        },
        { key: 'evidence_meaning', values: expect.objectContaining({ source: 'Tencent documentation' }) },
      ],
      next: 'next_certificate_missing',
      actor: 'dev',
    })
  })

  test('a wrong clock order is mentioned', () => {
    expect(judge(SAMPLES['chat, times out of order']).evidence.map(({ key }) => key)).toContain('evidence_clock_order')
  })
})

describe('several devices', () => {
  const gone = refused('xiaomi', 10029)
  const silent = to('fcm', handed)

  test('all received it', () => {
    const both = [to('huawei', { ...handed, device: done(3) }), to('oppo', { ...handed, click: done(9) })]
    expect(judge(both)).toMatchObject({
      key: 'all_arrived',
      confidence: 'certain',
      next: 'next_nothing',
      actor: 'none',
    })
  })

  test('none received it, for different reasons: the least certain verdict decides the confidence', () => {
    expect(judge([gone, unsent(-1)])).toMatchObject({ key: 'none_arrived', confidence: 'certain' })
    expect(judge([gone, silent], 'unreported')).toMatchObject({ key: 'none_arrived', confidence: 'unknown' })
    expect(judge([gone, refused('vivo', 10071)])).toMatchObject({ key: 'none_arrived', confidence: 'likely' })
  })

  test('none received it, for the same reason: that reason is the verdict', () => {
    expect(judge([gone, refused('apns', 410)])).toMatchObject({
      key: 'stopped_token_gone',
      values: { vendor: 'xiaomi' },
      also: [{ key: 'stopped_token_gone', values: { vendor: 'apns' } }],
      confidence: 'certain',
    })
  })

  test('some received it: the failure of another device is part of the verdict, a silent device is not', () => {
    const arrived = to('huawei', { ...handed, device: done(3) })
    expect(judge([arrived, silent, gone])).toMatchObject({
      key: 'some_arrived',
      also: [{ key: 'stopped_token_gone' }],
      next: 'next_token_gone',
      confidence: 'certain',
    })
    expect(judge([arrived, silent])).toMatchObject({ key: 'some_arrived', also: [], next: 'next_handed_over' })
    expect(judge([arrived, refused('vivo', 10071)]).confidence).toBe('likely')
  })

  test('all received it, one only in the running app: the failed path is part of the verdict', () => {
    const inApp = { ...gone, online: online({ channel: done(), device: done(1) }) }
    const all = [to('huawei', { ...handed, device: done(3) }), inApp]
    expect(judge(all)).toMatchObject({
      key: 'all_arrived',
      also: [{ key: 'stopped_token_gone' }],
      next: 'next_token_gone',
    })
  })

  test('the device that signed in last decides the next step', () => {
    const old = { ...unsent(-1), lastActive: false }
    expect(judge([old, gone]).next).toBe('next_token_gone')
    expect(judge([gone, old]).next).toBe('next_token_gone')
  })
})

describe('nothing found', () => {
  const TASK = '6afcea80_5f5fe251_200000e87f01f12_cf7963dc_386ba222'
  const PUSH = '6afe7508_6a4086c0_9bf5fb50_200002d1089b322_2000005d8d46421'
  const find = (source: LookupFacts['source'], key: string, more: Partial<LookupFacts> = {}) =>
    verdictOf([], () => 'reported', { ...looked, source, hints: hintsOf(key), ...more })
  const sentAt = hintsOf(TASK).sentAt ?? 0

  test.each<[string, LookupFacts['source'], string, Partial<LookupFacts>, string, string]>([
    ['a campaign of this week', 'task', TASK, { nowS: sentAt + 3600 }, 'not_found_task', 'unknown'],
    ['a campaign eight days old', 'task', TASK, { nowS: sentAt + 8 * 86_400 }, 'not_found_expired', 'likely'],
    ['a campaign of another app', 'task', TASK, { nowS: sentAt, sdkAppId: 1 }, 'not_found_other_app', 'likely'],
    ['a PushID for a TaskID', 'task', PUSH, {}, 'not_found_push_id', 'likely'],
    ['a chat message', 'chat', PUSH, { nowS: (hintsOf(PUSH).sentAt ?? 0) + 60 }, 'not_found_chat', 'unknown'],
    ['a TaskID for a PushID', 'chat', TASK, {}, 'not_found_task_id', 'likely'],
    ['a MsgKey', 'chat', '48374_2837546_1795061000', {}, 'not_found_wrong_id', 'likely'],
    ['a MsgID', 'chat', '144115233406643804-1727580296-4026038328', {}, 'not_found_wrong_id', 'likely'],
    ['an ID without hints', 'task', 'spring-sale', {}, 'not_found_task', 'unknown'],
  ])('%s', (_, source, key, more, expected, confidence) => {
    expect(find(source, key, more)).toMatchObject({ key: expected, confidence })
  })

  test('says how old the push is, and lists possible causes', () => {
    expect(find('task', TASK, { nowS: sentAt + 9.5 * 86_400 }).values).toEqual({ days: '9' })
    expect(find('task', '').evidence.length).toBeGreaterThanOrEqual(4)
    expect(find('chat', '').evidence.length).toBeGreaterThanOrEqual(4)
  })
})

describe('for any trace', () => {
  const kinds = fc.constantFrom<Delivery>('reported', 'partial', 'unreported', 'unknown')
  const devices = fc.array(anyDevice, { maxLength: 4 })
  const reached = ({ offline: vendor, online: own }: DeviceRecord) =>
    [vendor?.device, vendor?.click, own?.device].some((stage) => stage?.status === 'ok')
  const ARRIVED = ['clicked', 'delivered', 'online', 'some_arrived', 'all_arrived']

  test('there is a verdict, and it says arrived exactly where a step proves it', () => {
    fc.assert(
      fc.property(devices, kinds, (records, delivery) => {
        const { key, values } = judge(records, delivery)
        expect(ARRIVED.includes(key)).toBe(records.some(reached))
        if (values.arrived) expect(values.arrived).toBe(String(records.filter(reached).length))
      }),
      { numRuns: 1000 },
    )
  })

  test('token, certificate and permission make nothing certain', () => {
    const fields = fc.record({
      token: fc.constantFrom('', 'AIzaSyDemo0123456789'),
      certId: fc.constantFrom('', '0', '31122'),
      notifications: fc.constantFrom(0, 1, null),
    })
    fc.assert(
      fc.property(anyDevice, fields, kinds, (record, other, delivery) => {
        const one = judge([record], delivery)
        const two = judge([{ ...record, ...other }], delivery)
        if (one.confidence === 'certain' || two.confidence === 'certain') {
          expect(two).toEqual(one)
        }
      }),
      { numRuns: 1000 },
    )
  })

  test('notifications off is at most likely, and only if the vendor accepted the push and nothing followed', () => {
    fc.assert(
      fc.property(anyDevice, kinds, (record, delivery) => {
        const { key, confidence } = judge([record], delivery)
        if (key !== 'maybe_switched_off') return
        expect(confidence).toBe('likely')
        expect(record.offline?.channel?.status).toBe('ok')
        expect([record.offline?.device?.status, record.offline?.click?.status]).not.toContain('ok')
      }),
      { numRuns: 1000 },
    )
  })
})
