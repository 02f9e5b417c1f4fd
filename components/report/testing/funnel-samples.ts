import type { CountReply, FunnelReply, TotalReply, VendorReply } from '@/lib/contract/funnel'
import { MIN_VOLUME } from '@/lib/contract/limits'

type Four = [number | null, number | null, number | null, number | null]

const over = (a: number | null, b: number | null) => (a === null || b === null || b < MIN_VOLUME ? null : a / b)

export function counts([sendable, sent, delivered, clicked]: Four, delivery: CountReply['delivery']): CountReply {
  const clickBasis = delivery === 'reported' ? 'delivered' : 'sent'
  return {
    sendable,
    sent,
    delivered,
    clicked,
    delivery,
    rates: {
      send: over(sent, sendable),
      delivery: over(delivered, sent),
      deliveryReporting: delivery === 'reported' ? over(delivered, sent) : null,
      click: over(clicked, clickBasis === 'sent' ? sent : delivered),
      clickBasis,
    },
  }
}

export function vendor(
  name: string,
  platform: number,
  four: Four,
  delivery: CountReply['delivery'],
  channel: VendorReply['channel'] = 'offline',
): VendorReply {
  return { ...counts(four, delivery), vendor: name, platform, channel, cover: null }
}

const VENDORS: VendorReply[] = [
  vendor('apns', 1, [151_203, 140_877, 0, 2_713], 'unreported'),
  vendor('xiaomi', 2, [310_442, 291_118, 227_072, 9_083], 'reported'),
  vendor('huawei', 3, [201_004, 190_311, 0, 2_284], 'unreported'),
  vendor('fcm', 4, [88_120, 79_903, 1_204, 3_377], 'partial'),
  vendor('meizu', 5, [150, 131, 27, 3], 'unknown'),
  vendor('oppo', 6, [96_771, 90_214, 61_083, 1_221], 'reported'),
  vendor('vivo', 7, [61_230, 58_004, 6_960, 402], 'reported'),
  vendor('honor', 8, [24_293, 0, 0, 0], 'unknown'),
  vendor('platform_9', 9, [1_204, 1_190, null, 12], 'unknown'),
  vendor('unknown', 0, [40_118, 40_118, 38_513, 1_116], 'reported', 'online'),
]

export const TOTAL: TotalReply = {
  ...counts([974_535, 891_866, 334_859, 20_211], 'reported'),
  rates: {
    send: 0.915_171,
    delivery: 0.375_459,
    deliveryReporting: 0.695_802,
    click: 0.060_357,
    clickBasis: 'delivered',
  },
  cover: { reportingSent: 479_454, reportingDelivered: 333_628, lost: 145_826, notReported: 411_181, share: 0.5376 },
}

export function funnel(change: Partial<FunnelReply> = {}): FunnelReply {
  return {
    range: { from: '2026-11-13T16:00:00Z', to: '2026-11-20T16:00:00Z', tz: 'Asia/Shanghai', preset: '7d' },
    source: 'task',
    total: TOTAL,
    vendors: VENDORS,
    tasks: [],
    receipts: [],
    comparison: null,
    totalBasis: 'exact',
    interval: 'none',
    series: [],
    sparklines: [],
    seriesBefore: [],
    seriesSum: null,
    aligned: true,
    hourly: true,
    coverage: { held: 1, expected: 1, missing: [] },
    asOf: '2026-11-21T04:03:00Z',
    stillFilling: false,
    unreadable: 0,
    freshness: { state: 'fresh', place: null, etaMs: null, retryAfterMs: null, problem: null },
    ...change,
  }
}

export const WAITING: FunnelReply = funnel({
  total: null,
  vendors: [],
  asOf: null,
  coverage: { held: 0, expected: 1, missing: [] },
  freshness: { state: 'pending', place: 3, etaMs: 3_600, retryAfterMs: 1_500, problem: null },
})

export const TROUBLE: FunnelReply = funnel({
  freshness: {
    state: 'stale',
    place: null,
    etaMs: null,
    retryAfterMs: 30_000,
    problem: {
      code: 'upstream_credential',
      title: 'credential',
      detail: 'broken',
      upstreamCode: 70_009,
      since: '2026-11-21T04:10:00Z',
    },
  },
})

export const NOTHING: FunnelReply = funnel({
  total: {
    ...counts([0, 0, 0, 0], 'unknown'),
    cover: { reportingSent: 0, reportingDelivered: 0, lost: 0, notReported: 0, share: null },
  },
  vendors: [],
  stillFilling: true,
})

const tiny: Four = [190, 150, 27, 3]
export const SMALL: FunnelReply = funnel({
  source: 'chat',
  total: {
    ...counts(tiny, 'unknown'),
    cover: { reportingSent: 150, reportingDelivered: 27, lost: 123, notReported: 0, share: 1 },
  },
  vendors: [
    vendor('oppo', 6, tiny, 'reported', null),
    vendor('unknown', 0, [40_118_222, 40_118_000, 0, 7], 'unreported', null),
  ],
})
