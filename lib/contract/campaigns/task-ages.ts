import type { TotalReply, VendorReply } from '../funnel'
import { DAY, HOUR } from '../limits'
import type { TaskReply } from '../tasks'

/** The ages at which campaigns are compared, counted from the time of sending. */
export const TASK_AGES = ['1h', '6h', '24h', '3d', '7d'] as const
export type TaskAge = (typeof TASK_AGES)[number]

/** The same ages in seconds. */
export const AGE_SECONDS: Record<TaskAge, number> = {
  '1h': HOUR,
  '6h': 6 * HOUR,
  '24h': DAY,
  '3d': 3 * DAY,
  '7d': 7 * DAY,
}

/** Why a campaign has no counts at an age. */
export const AGE_GAPS = ['too_young', 'not_collected', 'no_sending_time'] as const
export type AgeGap = (typeof AGE_GAPS)[number]

/** The funnel of a campaign at one age. */
export interface AgedFunnel {
  /** The real age of the counts in seconds. It may differ slightly from the age that was asked. */
  age: number
  /** When these counts were true, in epoch seconds. */
  at: number
  total: TotalReply
  vendors: VendorReply[]
}

/** What is known of a campaign at an age: its funnel, or why there is none. */
export type AtAge = { funnel: AgedFunnel; gap: null } | { funnel: null; gap: AgeGap }

/** The growth of one campaign. `sentAt` is epoch seconds; null where unknown. */
export interface TaskGrowth {
  taskId: string
  sentAt: number | null
  ages: Record<TaskAge, AtAge>
  /** The newest counts, at any age; null where nothing is stored. */
  latest: AgedFunnel | null
  /** A few counts over time for a small chart, youngest first. `age` is in seconds. */
  series: { age: number; sent: number | null; delivered: number | null; clicked: number | null }[]
}

/** Rates as fractions; null where fewer than three other campaigns have one. */
export interface MedianRates {
  send: number | null
  /** Over vendors that report. */
  delivery: number | null
  /** Over the campaigns whose click rate has the same base. */
  click: number | null
}

/** What is usual for the other campaigns of a tag, at each age. */
export interface TagMedian {
  tag: string
  ages: Record<TaskAge, MedianRates>
}

/** What is known of one campaign, for its page. */
export interface CampaignView {
  taskId: string
  /** Null for a TaskID that nobody registered. */
  task: TaskReply | null
  /** The app that the ID names, if it is not this one. */
  otherApp: number | null
  growth: TaskGrowth
  /** What is usual for its tag; null where too few campaigns have the tag. */
  median: TagMedian | null
  /** Other campaigns to compare it with: those with a common tag first, then the newest. */
  others: TaskReply[]
}
