import fc from 'fast-check'
import type { DeviceRecord, StageRecord } from '@/lib/contract/records'
import { PUSHED } from './devices'

const at = fc.option(
  fc.integer({ min: -1_000_000, max: 1_000_000 }).map((after) => PUSHED + after),
  { nil: null },
)

const anyStage: fc.Arbitrary<StageRecord | null> = fc.option(
  fc.record({
    status: fc.constantFrom<StageRecord['status']>('ok', 'failed', null),
    code: fc.option(fc.constantFrom(0, -1, -2, 1, 6, 16, 400, 410, 10302, 80300007, 987654), { nil: null }),
    text: fc.constantFrom('', 'success', 'Unregistered', '没有设置证书id', 'regid_invalid', 'something new'),
    at,
    atText: fc.constantFrom('', '2026-11-19 12:03:20'),
  }),
  { nil: null },
)

/** Any device of a trace, even one that makes no sense. */
export const anyDevice: fc.Arbitrary<DeviceRecord> = fc.record({
  instance: fc.constantFrom('', '74224656'),
  pushedAt: at,
  pushedAtText: fc.constant(''),
  model: fc.string({ maxLength: 10 }),
  system: fc.constantFrom('', 'iOS', 'Android', 'APNS'),
  systemVersion: fc.constant(''),
  vendor: fc.constantFrom('apns', 'xiaomi', 'huawei', 'fcm', 'oppo', 'vivo', 'honor', 'meizu', 'unknown', 'platform_9'),
  channel: fc.constantFrom('offline', 'online', null),
  token: fc.constantFrom('', 'AIzaSyDemo0123456789'),
  certId: fc.constantFrom('', '0', '31122'),
  sdkVersion: fc.constant(''),
  pluginVersion: fc.constant(''),
  notifications: fc.constantFrom(0, 1, null),
  lastActive: fc.constantFrom(true, false, null),
  im: anyStage,
  offline: fc.option(fc.record({ offline: anyStage, channel: anyStage, device: anyStage, click: anyStage }), {
    nil: null,
  }),
  online: fc.option(fc.record({ channel: anyStage, device: anyStage }), { nil: null }),
})
