import { DAY, HOUR } from './limits'

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
