import type { Channel, Vendor } from './vendors'

/** What the upstream said, in our words. A count the upstream did not give, or that could not be read, is null. */
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

/** One `Results` entry of a statistics answer; `task` is '' for the overall. The total is the upstream's own, never a sum. */
export interface StatisticsRecord {
  task: string
  total: Counts
  rows: VendorCounts[]
}

export const STAGES_OF_LOSS = ['ready_to_send', 'post_send'] as const
export type LossStage = (typeof STAGES_OF_LOSS)[number]

/** `vendor` null is a row of the upstream's own total for the stage. `count` null: the upstream gave none that could be read. */
export interface LossRow {
  stage: LossStage
  vendor: Vendor | null
  channel: Channel
  code: string
  text: string
  count: number | null
}

/** One result of a loss answer. An array the upstream left out is listed in `absent`: its losses are unknown, not zero. */
export interface LossRecord {
  task: string
  rows: LossRow[]
  absent: { stage: LossStage; by: 'total' | 'vendor' }[]
}

/** `at` is epoch seconds at the app's offset, `atText` the upstream's own string; status null or 0 upstream means no record. */
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

/** A value the reader could not use: where it stood and why. Its row is left out, never read as zero. */
export interface Quarantined {
  path: string
  problem: string
}
