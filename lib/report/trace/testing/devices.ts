import type { DeviceRecord, StageRecord } from '@/lib/contract/records'

/** Test data: devices of a trace as the reader returns them, after the shapes that Tencent documents. */
export const PUSHED = Date.parse('2026-11-19T04:03:20Z') / 1000
const text = (at: number): string => new Date((at + 28_800) * 1000).toISOString().slice(0, 19).replace('T', ' ')

/** `after` is seconds since the push. */
export const done = (after = 0): StageRecord => stage('ok', 0, 'success', PUSHED + after)
export const failed = (code: number, reason = '', after = 1): StageRecord =>
  stage('failed', code, reason, PUSHED + after)
export const blank: StageRecord = { status: null, code: 0, text: '', at: null, atText: '' }

function stage(status: StageRecord['status'], code: number, reason: string, at: number): StageRecord {
  return { status, code, text: reason, at, atText: text(at) }
}

type Offline = NonNullable<DeviceRecord['offline']>
type Online = NonNullable<DeviceRecord['online']>

export function offline(stages: Partial<Offline>): Offline {
  return { offline: null, channel: null, device: null, click: null, ...stages }
}

export function online(stages: Partial<Online>): Online {
  return { channel: null, device: null, ...stages }
}

export function device(over: Partial<DeviceRecord> = {}): DeviceRecord {
  return {
    instance: '74224656',
    pushedAt: PUSHED,
    pushedAtText: text(PUSHED),
    model: '',
    system: 'Android',
    systemVersion: '',
    vendor: 'huawei',
    channel: 'offline',
    token: 'AIza***demo***',
    certId: '31122',
    sdkVersion: '8.0.1',
    pluginVersion: '8.0.1',
    notifications: 1,
    lastActive: true,
    im: done(),
    offline: null,
    online: null,
    ...over,
  }
}

const toVendor = { offline: done(1), channel: done(1) }
const whole = offline({ ...toVendor, device: done(4), click: done(2262) })
const chat = { channel: null }

/** One entry per documented trace answer. */
export const SAMPLES = {
  'campaign, last active spelt otherwise': [device({ offline: whole })],
  'campaign, the vendor refused': [
    device({
      vendor: 'apns',
      system: 'iOS',
      offline: offline({ offline: done(9), channel: failed(410, 'Unregistered', 9) }),
    }),
  ],
  'campaign, delivered and not clicked': [device({ offline: offline({ ...toVendor, device: done(4) }) })],
  'campaign, FCM click without delivery': [
    device({ vendor: 'fcm', offline: offline({ ...toVendor, click: done(2262) }) }),
  ],
  'campaign, two devices': [
    device({ offline: whole, online: online({ channel: done(), device: done() }) }),
    device({
      instance: '101205908',
      system: 'APNS',
      vendor: 'apns',
      token: '',
      certId: '0',
      sdkVersion: '',
      pluginVersion: '',
      notifications: 0,
      lastActive: false,
      offline: offline({ offline: failed(-1, 'Certificate id not set') }),
    }),
  ],
  'campaign, online only': [
    device({ vendor: 'unknown', channel: 'online', online: online({ channel: done(9), device: done(9) }) }),
  ],
  'chat, empty stages': [device({ ...chat, offline: { offline: blank, channel: blank, device: blank, click: blank } })],
  'chat, not found': [],
  'chat, whole': [device({ ...chat, offline: whole })],
  'chat, times out of order': [device({ ...chat, pushedAt: PUSHED - 525_513, im: done(-525_513), offline: whole })],
} satisfies Record<string, DeviceRecord[]>
