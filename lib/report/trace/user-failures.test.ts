import { describe, expect, test } from 'vitest'
import type { DeviceRecord } from '@/lib/contract/records'
import type { Vendor } from '@/lib/contract/vendors'
import { device, done, failed, offline, online, PUSHED } from './testing/devices'
import type { UserTrace } from './user-attempts'
import { type UserFacts, userVerdict } from './user-verdict'
import type { Fall, VendorHealth } from './vendor-health'

const HOUR = 3_600
const NOW = PUSHED + 3 * HOUR
const handed = { offline: done(1), channel: done(1) }
const to = (vendor: Vendor, stages: Parameters<typeof offline>[0], more: Partial<DeviceRecord> = {}) =>
  device({ vendor, instance: vendor, offline: offline(stages), ...more })
const delivered = (vendor: Vendor) => to(vendor, { ...handed, device: done(4) })
const silent = (vendor: Vendor) => to(vendor, handed)
const GONE = to('xiaomi', { offline: done(1), channel: failed(10029) })
const trace = (...devices: DeviceRecord[]): UserTrace => ({ taskId: 't', sentAt: PUSHED, devices })

const fellOf = (vendor: Vendor, fell: Partial<Fall> = {}): VendorHealth => ({
  vendor,
  delivery: 'reported',
  sent: 900,
  delivered: 30,
  rate: 0.03,
  before: 0.9,
  fell: { from: PUSHED - HOUR, to: null, atLeast: false, ...fell },
})
const judge = (over: Partial<UserFacts>) =>
  userVerdict({
    presence: 'failed',
    traces: [],
    asking: 0,
    unchecked: 0,
    delivery: () => 'unreported',
    health: [],
    sdkAppId: 1,
    nowS: NOW,
    ...over,
  })
const keysOf = ({ key, also, next }: ReturnType<typeof judge>) => [key, ...also.map((one) => one.key), next]

describe('failures of other devices and paths', () => {
  test('are part of the verdict, with their next step', () => {
    expect(keysOf(judge({ traces: [trace(delivered('oppo'), GONE)] }))).toEqual([
      'user_delivered',
      'stopped_token_gone',
      'next_token_gone',
    ])
  })

  test('count from the newest attempt of each device, also in an older campaign', () => {
    expect(keysOf(judge({ traces: [trace(delivered('oppo')), trace(GONE)] }))).toEqual([
      'user_delivered',
      'stopped_token_gone',
      'next_token_gone',
    ])
    expect(keysOf(judge({ traces: [trace(delivered('xiaomi')), trace(GONE)] }))).toEqual([
      'user_delivered',
      'next_ask_what_missing',
    ])
  })

  test('are in the verdict where the push only reached the running app', () => {
    const inApp = { ...GONE, online: online({ channel: done(), device: done(1) }) }
    expect(keysOf(judge({ traces: [trace(inApp)] }))).toEqual([
      'user_delivered',
      'stopped_token_gone',
      'next_token_gone',
    ])
  })

  test('decide where every device of the newest push failed, although an older push arrived', () => {
    const unsent = to('huawei', { offline: failed(-2, 'token not uploaded') })
    const older = trace(delivered('huawei'), delivered('xiaomi'))
    expect(keysOf(judge({ traces: [trace(GONE, unsent), older] }))).toEqual([
      'none_arrived',
      'stopped_token_gone',
      'stopped_token_missing',
      'next_token_gone',
    ])
  })

  test('are evidence only for an account that is signed out', () => {
    const verdict = judge({ presence: 'offline', traces: [trace(GONE)] })
    expect(keysOf(verdict)).toEqual(['user_signed_out', 'next_open_app'])
    expect(verdict.evidence.map(({ key }) => key)).toContain('evidence_refused')
  })
})

describe('a dead token', () => {
  test('is never beside “can receive”', () => {
    const { blocked, evidence, tried } = judge({ presence: 'push_online', traces: [trace(delivered('oppo'), GONE)] })
    expect(blocked).toEqual({ key: 'stopped_token_gone', values: { vendor: 'xiaomi', answer: '10029' } })
    expect(evidence[0]?.key).toBe('evidence_presence_push_blocked')
    expect(tried[0]?.key).toBe('tried_presence_push_blocked')
  })

  test('that was replaced since blocks nothing', () => {
    const { blocked, tried } = judge({ presence: 'push_online', traces: [trace(delivered('xiaomi')), trace(GONE)] })
    expect([blocked, tried[0]?.key]).toEqual([null, 'tried_presence_push_online'])
  })

  test('differs from a push that was too long', () => {
    const tooLong = to('apns', { offline: done(1), channel: failed(413, 'PayloadTooLarge') })
    expect(judge({ presence: 'push_online', traces: [trace(tooLong)] }).blocked).toBeNull()
  })
})

describe('falls of vendors in the evidence', () => {
  const fallsIn = (over: Partial<UserFacts>) =>
    judge(over).evidence.flatMap(({ key, values }) =>
      key.startsWith('evidence_vendor_fell') ? [`${key} ${values.vendor}`] : [],
    )
  const arrivedSince = { traces: [trace(delivered('vivo'), silent('oppo'))] }

  test('are those of this user’s devices that last, the newest device first', () => {
    const health = [
      fellOf('apns', { to: PUSHED }),
      fellOf('xiaomi'),
      fellOf('oppo'),
      fellOf('vivo', { atLeast: true }),
      fellOf('huawei', { to: PUSHED + HOUR }),
    ]
    expect(fallsIn({ ...arrivedSince, health })).toEqual([
      'evidence_vendor_fell_at_least vivo',
      'evidence_vendor_fell oppo',
    ])
  })

  test('are none where the devices are unknown, and not the verdict’s own', () => {
    expect(fallsIn({ health: [fellOf('xiaomi')] })).toEqual([])
    const own = { traces: [trace(silent('vivo'))], health: [fellOf('vivo')] }
    expect([judge(own).key, ...fallsIn(own)]).toEqual(['user_vendor_wide'])
  })

  test('are named beside a cause of the device itself', () => {
    const own = { traces: [trace(GONE)], health: [fellOf('xiaomi')] }
    expect([judge(own).key, ...fallsIn(own)]).toEqual(['stopped_token_gone', 'evidence_vendor_fell xiaomi'])
  })
})

test('a fall that may have begun earlier is “at least since”', () => {
  const traces = [trace(silent('vivo'))]
  expect(judge({ traces, health: [fellOf('vivo', { atLeast: true })] }).key).toBe('user_vendor_wide_at_least')
  const over = fellOf('vivo', { to: PUSHED + HOUR, atLeast: true })
  expect(judge({ traces, health: [over] }).key).toBe('user_vendor_was_at_least')
})
