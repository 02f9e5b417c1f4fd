import { z } from 'zod'
import { instant } from './freshness'
import { rangeFields, rangeReply } from './ranges'

export const taskCoverQuery = z.strictObject(rangeFields)
export type TaskCoverQuery = z.infer<typeof taskCoverQuery>

const count = z.number().int().nullable()

/**
 * What was sent in an hour against the known tasks sent in it. `sent` null: the hour is not held. `known` null: of one
 * of its tasks nothing is held. `unregistered` null where either is: it is unknown then, not none.
 */
export const coverHour = z.object({
  from: instant,
  to: instant,
  sent: count,
  known: count,
  unregistered: count,
  /** Until then a task of this hour can still be registered and its reasons asked for. */
  losesReasonsAt: instant,
})
export type CoverHour = z.infer<typeof coverHour>

export const taskCoverReply = z.object({
  range: rangeReply,
  /** The whole hours of the range that have ended. */
  hours: z.array(coverHour),
  /** Over the hours in which all three are known, of which there are `hours`; null where there is none. */
  sum: z.object({ hours: z.number().int(), sent: count, known: count, unregistered: count }),
  asOf: instant.nullable(),
})
export type TaskCoverReply = z.infer<typeof taskCoverReply>
