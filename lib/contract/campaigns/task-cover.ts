import { z } from 'zod'
import { instant } from '../freshness'
import { rangeFields, rangeReply } from '../ranges'

export const taskCoverQuery = z.strictObject(rangeFields)
export type TaskCoverQuery = z.infer<typeof taskCoverQuery>

const count = z.number().int().nullable()

/**
 * What was sent in an hour, against the known tasks of that hour. `sent` null: the hour is not stored. `known` null:
 * one of its tasks has no counts. `unregistered` is null where either is: unknown, not zero.
 */
export const coverHour = z.object({
  from: instant,
  to: instant,
  sent: count,
  known: count,
  unregistered: count,
  /** Until then a task of this hour can still be registered and its reasons fetched. */
  losesReasonsAt: instant,
})
export type CoverHour = z.infer<typeof coverHour>

export const taskCoverReply = z.object({
  range: rangeReply,
  /** The whole hours of the range that have ended. */
  hours: z.array(coverHour),
  /** Sums over the `hours` in which all three counts are known; null where there is none. */
  sum: z.object({ hours: z.number().int(), sent: count, known: count, unregistered: count }),
  asOf: instant.nullable(),
})
export type TaskCoverReply = z.infer<typeof taskCoverReply>
