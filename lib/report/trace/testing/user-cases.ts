import type { DeviceRecord } from '@/lib/contract/records'
import type { Vendor } from '@/lib/contract/vendors'
import type { UserTrace } from '@/lib/report/trace/user-attempts'
import { type UserFacts, type UserVerdict, userVerdict } from '@/lib/report/trace/user-verdict'
import type { Fall, VendorHealth } from '@/lib/report/trace/vendor-health'
import { device, done, failed, offline, PUSHED } from './devices'

const HOUR = 3_600
const handed = { offline: done(1), channel: done(1) }
const to = (vendor: Vendor, stages: Parameters<typeof offline>[0]) =>
  device({ vendor, instance: vendor, offline: offline(stages) })
const delivered = to('oppo', { ...handed, device: done(4) })
const silent = to('vivo', handed)
const gone = to('xiaomi', { offline: done(1), channel: failed(10029) })
const trace = (...devices: DeviceRecord[]): UserTrace => ({ taskId: 't', sentAt: PUSHED, devices })
const earlier = (...devices: DeviceRecord[]): UserTrace => ({ ...trace(...devices), sentAt: PUSHED - HOUR })
const health = (fell: Partial<Fall>): VendorHealth[] => [
  {
    vendor: 'vivo',
    delivery: 'reported',
    sent: 900,
    delivered: 30,
    rate: 0.03,
    before: 0.9,
    fell: { from: PUSHED - HOUR, to: null, atLeast: false, ...fell },
  },
]

const FACTS: [string, Partial<UserFacts>][] = [
  ['Tencent has no such user', { presence: 'no_such_user' }],
  ['signed out', { presence: 'offline', traces: [trace(gone)] }],
  ['the app is open', { presence: 'online' }],
  ['the app is open, the token was refused', { presence: 'online', traces: [trace(gone)] }],
  ['in the background, nothing traced', { presence: 'push_online' }],
  ['in the background, a push arrived', { presence: 'push_online', traces: [trace(delivered)] }],
  [
    'in the background, arrived on one device, the other’s token is gone',
    { presence: 'push_online', traces: [trace(delivered, gone)] },
  ],
  ['in the background, the token is gone', { presence: 'push_online', traces: [trace(gone)] }],
  ['arrived before a push without a receipt', { traces: [trace(silent), earlier(delivered)] }],
  ['accepted without a receipt', { traces: [trace(silent)] }],
  ['the vendor is down', { traces: [trace(silent)], health: health({}) }],
  ['the vendor is down from the first stored hour on', { traces: [trace(silent)], health: health({ atLeast: true }) }],
  ['the vendor was down', { traces: [trace(silent)], health: health({ to: PUSHED + HOUR }) }],
  [
    'the vendor was down from the first stored hour on',
    { traces: [trace(silent)], health: health({ to: PUSHED + HOUR, atLeast: true }) },
  ],
  [
    'the token is gone, and the vendor of another device is down',
    { presence: 'off', traces: [trace(gone), earlier(silent)], health: health({}) },
  ],
  [
    'a push arrived although the vendor is down',
    { traces: [trace(to('vivo', { ...handed, device: done(4) }))], health: health({ atLeast: true }) },
  ],
  ['nothing known', {}],
  ['nothing known, and the listed campaigns were not checked', { presence: 'off', unchecked: 2 }],
  ['nothing known, still asking', { presence: 'asking', asking: 3 }],
  ['only campaigns without a record of this user', { presence: null, traces: [trace(), trace()] }],
]

/** Users for the page of verdicts: a name, and the verdict. */
export const USER_CASES: [string, UserVerdict][] = FACTS.map(([name, over]) => [
  name,
  userVerdict({
    presence: 'failed',
    traces: [],
    asking: 0,
    unchecked: 0,
    delivery: () => 'unreported',
    health: [],
    sdkAppId: 1,
    nowS: PUSHED + 3 * HOUR,
    ...over,
  }),
])
