import type { Channel, Vendor } from './vendors'

/** Tencent's answers in our own words. A count that Tencent did not give, or that was unreadable, is null. */
export interface Counts {
  sendable: number | null
  sent: number | null
  delivered: number | null
  clicked: number | null
}

export interface VendorCounts extends Counts {
  vendor: Vendor
  channel: Channel
}

/**
 * One `Results` entry of a statistics answer. `task` is '' for the overall. The total is Tencent's own, never a sum.
 */
export interface StatisticsRecord {
  task: string
  total: Counts
  rows: VendorCounts[]
}

export const STAGES_OF_LOSS = ['ready_to_send', 'post_send'] as const
export type LossStage = (typeof STAGES_OF_LOSS)[number]

/**
 * One row of a loss answer. `vendor` null: Tencent's own total for the stage. `count` null: Tencent gave no readable
 * count.
 */
export interface LossRow {
  stage: LossStage
  vendor: Vendor | null
  channel: Channel
  code: string
  text: string
  count: number | null
}

/** One result of a loss answer. A list that Tencent left out is in `absent`: its losses are unknown, not zero. */
export interface LossRecord {
  task: string
  rows: LossRow[]
  absent: { stage: LossStage; by: 'total' | 'vendor' }[]
}

/**
 * One recorded step. `at` is epoch seconds, read at the app's offset; `atText` is Tencent's own text. A status of null
 * or 0 in the answer means no record.
 */
export interface StageRecord {
  status: 'ok' | 'failed' | null
  code: number | null
  text: string
  at: number | null
  atText: string
}

export type OfflineStage = 'offline' | 'channel' | 'device' | 'click'
export type OnlineStage = 'channel' | 'device'

export interface DeviceRecord {
  instance: string
  pushedAt: number | null
  pushedAtText: string
  model: string
  system: string
  systemVersion: string
  vendor: Vendor
  channel: Channel
  token: string
  certId: string
  sdkVersion: string
  pluginVersion: string
  notifications: number | null
  lastActive: boolean | null
  im: StageRecord | null
  offline: Record<OfflineStage, StageRecord | null> | null
  online: Record<OnlineStage, StageRecord | null> | null
}

export interface OnlineRecord {
  userId: string
  state: 'online' | 'push_online' | 'offline' | null
  platforms: { platform: string; state: 'online' | 'push_online' | 'offline' | null }[]
}

/** A value that the reader could not use: where it was and why. Its row is left out, never read as zero. */
export interface Quarantined {
  path: string
  problem: string
}
