import type { LossRow, VendorCounts } from '@/lib/contract/records'
import type { Metric, Source } from '@/lib/contract/sources'
import type { Channel, Vendor } from '@/lib/contract/vendors'
import type { WindowAnswer } from '@/lib/store/windows/window-save'

export interface AnswerSpec {
  appId: string
  source: Source
  metric: Metric
  task: string
  from: number
  to: number
  kept: boolean
}

const OFFLINE: Vendor[] = ['apns', 'xiaomi', 'huawei', 'fcm', 'meizu', 'oppo', 'vivo', 'honor']
const ONLINE: Vendor[] = ['apns', 'unknown']
const SILENT: Vendor[] = ['fcm', 'meizu']
const CODES: [LossRow['stage'], string, string][] = [
  ['ready_to_send', '10101', 'no token was uploaded'],
  ['ready_to_send', '10102', 'push is switched off by the receiver'],
  ['post_send', '410', 'Unregistered'],
  ['post_send', '20301', 'the token does not exist'],
  ['post_send', '80300007', 'token expired'],
]

/** Builds an answer as large as a busy app's: a row per vendor and channel, or per vendor and code. Deterministic. */
export function syntheticAnswer(spec: AnswerSpec): WindowAnswer {
  const random = randomOf(`${spec.appId} ${spec.source} ${spec.metric} ${spec.task} ${spec.from} ${spec.to}`)
  const counts = spec.metric === 'statistics' ? countsOf(spec.source, random) : null
  const losses = spec.metric === 'loss' ? lossesOf(spec.source, random) : null
  return {
    ...spec,
    // Final, so that it is never fetched again and the bench measures reads only.
    fetchedAt: spec.to + 3 * 86_400,
    final: true,
    raw: rawOf(spec, counts, losses),
    unreadable: 0,
    absent: [],
    counts,
    losses,
  }
}

/** Counts the rows of an answer: per vendor, per code, and the upstream's own totals. */
export function rowsIn({ counts, losses }: Pick<WindowAnswer, 'counts' | 'losses'>): number {
  return (counts ? counts.rows.length + 1 : 0) + (losses?.length ?? 0)
}

function countsOf(source: Source, random: () => number) {
  const pairs: [Vendor, Channel][] =
    source === 'chat'
      ? OFFLINE.map((vendor) => [vendor, null])
      : [
          ...OFFLINE.map((vendor) => [vendor, 'offline'] as [Vendor, Channel]),
          ...ONLINE.map((vendor) => [vendor, 'online'] as [Vendor, Channel]),
        ]
  const rows = pairs.map(([vendor, channel]): VendorCounts => {
    const sendable = Math.floor(random() * 9_000)
    const sent = Math.floor(sendable * (0.8 + random() * 0.2))
    const delivered = SILENT.includes(vendor) && channel !== 'online' ? 0 : Math.floor(sent * (0.6 + random() * 0.3))
    return { vendor, channel, sendable, sent, delivered, clicked: Math.floor(sent * random() * 0.1) }
  })
  const sum = (key: 'sendable' | 'sent' | 'delivered' | 'clicked') =>
    rows.reduce((all, row) => all + (row[key] ?? 0), 0)
  // The upstream's total is slightly larger than the sum of its rows.
  const total = {
    sendable: sum('sendable') + 7,
    sent: sum('sent') + 5,
    delivered: sum('delivered') + 3,
    clicked: sum('clicked') + 1,
  }
  return { total, rows }
}

function lossesOf(source: Source, random: () => number): LossRow[] {
  return CODES.flatMap(([stage, code, text]) => {
    const vendors = OFFLINE.filter(() => random() < 0.4)
    const counted = vendors.map((vendor) => ({ vendor, count: 1 + Math.floor(random() * 200) }))
    const own = {
      stage,
      vendor: null,
      channel: null,
      code,
      text,
      count: counted.reduce((all, { count }) => all + count, 2),
    }
    const channel: Channel = source === 'chat' ? null : 'offline'
    return [own, ...counted.map(({ vendor, count }) => ({ stage, vendor, channel, code, text, count }))]
  })
}

/** Builds a raw answer with the upstream's field names, so that it compresses to a realistic size. */
function rawOf({ task }: AnswerSpec, counts: ReturnType<typeof countsOf> | null, losses: LossRow[] | null): string {
  const platforms = counts?.rows.map(({ vendor, channel, sendable, sent, delivered, clicked }) => ({
    EventType: channel === 'online' ? 2 : 1,
    PushPlatform: OFFLINE.indexOf(vendor) + 1,
    TotalCount: sendable,
    SentCount: sent,
    DeliveredCount: delivered,
    ClickCount: clicked,
  }))
  const reasons = losses?.map(({ vendor, code, text, count }) => ({
    PushPlatform: vendor === null ? 0 : OFFLINE.indexOf(vendor) + 1,
    ErrCode: code,
    ErrInfo: text,
    Count: count,
  }))
  const result = { TaskID: task, ...(counts?.total ?? {}), PlatformStatistics: platforms, LossReasons: reasons }
  return JSON.stringify({ ActionStatus: 'OK', ErrorCode: 0, ErrorInfo: '', Results: [result] })
}

/** Returns a generator of numbers in [0, 1) that are the same in every run. */
function randomOf(text: string): () => number {
  let state = 2_166_136_261
  for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), 16_777_619)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
