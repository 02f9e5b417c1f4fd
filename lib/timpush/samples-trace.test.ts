import { expect, test } from 'vitest'
import type { DeviceRecord, StageRecord } from '@/lib/contract/records'
import { readSample } from './testing/samples'

/** Returns a time on 19 November 2026 in Beijing. */
const beijing = (h: number, m: number, s: number) => Date.UTC(2026, 10, 19, h - 8, m, s) / 1_000
const twoDigits = (n: number) => String(n).padStart(2, '0')
const text = (h: number, m: number, s: number) => `2026-11-19 ${[h, m, s].map(twoDigits).join(':')}`
const done = (h: number, m: number, s: number): StageRecord => ({
  status: 'ok',
  code: 0,
  text: 'success',
  at: beijing(h, m, s),
  atText: text(h, m, s),
})

const delivered = { offline: done(12, 3, 21), channel: done(12, 3, 21), device: done(12, 3, 24), click: null }
const clicked = { ...delivered, click: done(12, 41, 2) }

/** The chat device of most samples: Huawei, clicked after 38 minutes. */
const CHAT: DeviceRecord = {
  instance: '74224656',
  pushedAt: beijing(12, 3, 20),
  pushedAtText: text(12, 3, 20),
  model: '',
  system: 'Android',
  systemVersion: '',
  vendor: 'huawei',
  channel: null,
  token: 'AIza***demo***',
  certId: '31122',
  sdkVersion: '8.0.1',
  pluginVersion: '8.0.1',
  notifications: 1,
  lastActive: true,
  im: done(12, 3, 20),
  offline: clicked,
  online: null,
}
const TASK: DeviceRecord = { ...CHAT, channel: 'offline' }
const found = (...devices: DeviceRecord[]) => ({ kind: 'trace', devices, quarantined: [] })

test('all_member_push_trace.LastActiveTerminal_variant.json: both spellings of the last device are read', () => {
  expect(readSample('all_member_push_trace.LastActiveTerminal_variant.json')).toEqual(found(TASK))
})

test('all_member_push_trace.channel_failed.json: a failure keeps its code and text; later stages are absent', () => {
  expect(readSample('all_member_push_trace.channel_failed.json')).toEqual(
    found({
      ...TASK,
      system: 'iOS',
      vendor: 'apns',
      offline: {
        offline: done(12, 3, 29),
        channel: { ...done(12, 3, 29), status: 'failed', code: 410, text: 'Unregistered' },
        device: null,
        click: null,
      },
    }),
  )
})

test('all_member_push_trace.delivered_not_clicked.json: no click is an absent stage', () => {
  expect(readSample('all_member_push_trace.delivered_not_clicked.json')).toEqual(found({ ...TASK, offline: delivered }))
})

test('all_member_push_trace.fcm_click_without_delivery.json: a click does not invent a delivery', () => {
  expect(readSample('all_member_push_trace.fcm_click_without_delivery.json')).toEqual(
    found({ ...TASK, vendor: 'fcm', offline: { ...clicked, device: null } }),
  )
})

test('all_member_push_trace.ok_two_devices.json: each device is separate; empty fields stay empty', () => {
  const online = { channel: done(12, 3, 20), device: done(12, 3, 20) }
  const refused = { ...done(12, 3, 21), status: 'failed' as const, code: -1, text: 'Certificate id not set' }
  expect(readSample('all_member_push_trace.ok_two_devices.json')).toEqual(
    found(
      { ...TASK, online },
      {
        ...TASK,
        instance: '101205908',
        system: 'APNS',
        vendor: 'apns',
        token: '',
        certId: '0',
        sdkVersion: '',
        pluginVersion: '',
        notifications: 0,
        lastActive: false,
        offline: { offline: refused, channel: null, device: null, click: null },
      },
    ),
  )
})

test('all_member_push_trace.online_only.json: an online push has no vendor and no offline stages', () => {
  expect(readSample('all_member_push_trace.online_only.json')).toEqual(
    found({
      ...TASK,
      vendor: 'unknown',
      channel: 'online',
      offline: null,
      online: { channel: done(12, 3, 29), device: done(12, 3, 29) },
    }),
  )
})

test('normal_push_trace.empty_stages.json: status 0 and an empty time are no record, not a failure at the epoch', () => {
  const none = { status: null, code: 0, text: '', at: null, atText: '' }
  expect(readSample('normal_push_trace.empty_stages.json')).toEqual(
    found({ ...CHAT, offline: { offline: none, channel: none, device: none, click: none } }),
  )
})

test('normal_push_trace.not_found.json: an empty list is no device and no error', () => {
  expect(readSample('normal_push_trace.not_found.json')).toEqual(found())
})

test('normal_push_trace.ok.json: a chat message’s trace has no channel', () => {
  expect(readSample('normal_push_trace.ok.json')).toEqual(found(CHAT))
})

test('normal_push_trace.times_out_of_order.json: times are not required to be in order', () => {
  const pushedAt = Date.UTC(2026, 10, 13, 2, 4, 47) / 1_000
  const pushedAtText = '2026-11-13 10:04:47'
  expect(readSample('normal_push_trace.times_out_of_order.json')).toEqual(
    found({ ...CHAT, pushedAt, pushedAtText, im: { ...done(12, 3, 20), at: pushedAt, atText: pushedAtText } }),
  )
})
