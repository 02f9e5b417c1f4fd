import type { DeviceReply, StageReply, TraceReply } from '@/lib/contract/traces'

type Given = Partial<StageReply> & Pick<StageReply, 'stage' | 'state'>

const DAY = '2026-11-19T04:03:'

export function step({ stage, state, path = 'offline', ...rest }: Given): StageReply {
  return { stage, state, path, at: null, atText: '', code: null, reason: '', elapsedMs: null, warning: null, ...rest }
}

const done = (
  stage: StageReply['stage'],
  sec: string,
  elapsedMs: number | null,
  path: StageReply['path'] = 'offline',
) => step({ stage, path, state: 'done', at: `${DAY}${sec}Z`, atText: `2026-11-19 12:03:${sec}`, elapsedMs })

const unused = (path: StageReply['path'], ...stages: StageReply['stage'][]) =>
  stages.map((stage) => step({ stage, path, state: 'not_applicable' }))

export function device(change: Partial<DeviceReply>): DeviceReply {
  return {
    instance: '1',
    model: 'M2012K11AC',
    system: 'Android',
    systemVersion: '13',
    vendor: 'xiaomi',
    channel: 'offline',
    sdkVersion: '8.4.6675',
    pluginVersion: '8.4.6675',
    certId: '29064',
    token: 'AQ3c…9fJk',
    notifications: true,
    lastActive: true,
    pushedAt: `${DAY}19Z`,
    pushedAtText: '2026-11-19 12:03:19',
    stages: [],
    ...change,
  }
}

export const XIAOMI = device({
  stages: [
    done('im', '20', 1_000),
    done('offline', '21', 1_000),
    step({
      stage: 'channel',
      state: 'failed',
      at: `${DAY}22Z`,
      atText: '2026-11-19 12:03:22',
      code: 20_301,
      reason: 'invalid \u202eregid',
      elapsedMs: 1_000,
    }),
    ...unused('offline', 'device', 'click'),
    ...unused('online', 'channel', 'device'),
  ],
})

export const PIXEL = device({
  instance: '2',
  model: 'Pixel 8',
  systemVersion: '15',
  vendor: 'fcm',
  lastActive: false,
  token: '',
  notifications: false,
  stages: [
    done('im', '20', 1_000),
    done('offline', '21', 1_000),
    done('channel', '23', 2_000),
    step({ stage: 'device', state: 'unreported' }),
    { ...done('click', '24', 87_000), at: '2026-11-19T04:04:50Z', warning: 'missing_before' },
    ...unused('online', 'channel', 'device'),
  ],
})

export const IPHONE = device({
  instance: '3',
  model: 'iPhone15,2',
  system: 'iOS',
  systemVersion: '18.1',
  vendor: 'apns',
  channel: 'online',
  lastActive: null,
  certId: '0',
  notifications: null,
  stages: [
    done('im', '20', 1_000),
    ...unused('offline', 'offline', 'channel', 'device', 'click'),
    done('channel', '21', 1_000, 'online'),
    { ...done('device', '20', -1_000, 'online'), warning: 'clock_order' },
  ],
})

export function trace(change: Partial<TraceReply> = {}): TraceReply {
  return {
    verdict: {
      key: 'stopped_token_gone',
      values: { vendor: 'xiaomi' },
      text: 'Stopped at Xiaomi: the token is no longer valid.',
      also: [],
      confidence: 'likely',
      evidence: [
        {
          key: 'evidence_refused',
          values: { vendor: 'xiaomi', answer: '20301 invalid regid', time: '2026-11-19 12:03:22' },
          text: 'Xiaomi answered 20301 invalid regid at 2026-11-19 12:03:22.',
        },
      ],
      next: {
        key: 'next_token_gone',
        values: {},
        text: 'Ask the user to open the app once while signed in: that brings a new token.',
      },
      actor: 'user',
    },
    devices: [XIAOMI],
    raw: { ActionStatus: 'OK', ErrorCode: 0, Results: [{ Model: 'M2012K11AC' }] },
    request: { path: '/v4/timpush/normal_push_trace', body: { PushID: '67120c46_6a4086c0' } },
    receivedAt: null,
    asOf: '2026-11-21T04:03:00Z',
    origin: 'live',
    unreadable: 0,
    freshness: { state: 'fresh', place: null, etaMs: null, retryAfterMs: null, problem: null },
    ...change,
  }
}

export const STOPPED = trace()
export const THREE = trace({ devices: [XIAOMI, PIXEL, IPHONE], origin: 'archive', unreadable: 1 })
export const WAITING = trace({
  verdict: null,
  devices: [],
  raw: null,
  asOf: null,
  origin: null,
  freshness: { state: 'pending', place: 1, etaMs: 900, retryAfterMs: 1_000, problem: null },
})
export const EMPTY = trace({ verdict: null, devices: [], raw: { Results: [] } })
export const EXPIRED = trace({
  devices: [],
  verdict: {
    key: 'not_found_expired',
    values: { days: '9' },
    text: 'Nothing found: this push seems to be 9 days old.',
    also: [],
    confidence: 'likely',
    evidence: [],
    next: { key: 'next_nothing_left', values: {}, text: 'There is nothing left to look up.' },
    actor: 'none',
  },
})
export const TROUBLE = trace({
  verdict: null,
  devices: [],
  asOf: null,
  origin: null,
  freshness: {
    state: 'pending',
    place: null,
    etaMs: null,
    retryAfterMs: 30_000,
    problem: {
      code: 'upstream_not_enabled',
      title: '',
      detail: '',
      upstreamCode: 90_045,
      since: '2026-11-21T04:10:00Z',
    },
  },
})
