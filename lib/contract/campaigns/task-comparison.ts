import { z } from 'zod'
import { fileFormat } from '../api/files'
import { instant } from '../freshness'
import { totalReply } from '../funnel'
import { COMPARED_TASKS } from '../limits'
import { idText, splitTasks } from '../text'
import { AGE_GAPS, TASK_AGES } from './task-ages'

/** `latest` takes the newest counts of each campaign, whatever its age. */
export const COMPARED_AGES = [...TASK_AGES, 'latest'] as const
export type ComparedAge = (typeof COMPARED_AGES)[number]

const distinct = (given: unknown) => [...new Set(splitTasks(given))]

export const compareTasksQuery = z.strictObject({
  task: z
    .preprocess(distinct, z.array(idText).min(COMPARED_TASKS.least).max(COMPARED_TASKS.most))
    .describe('2 to 5 TaskIDs, repeated or with commas. The others are compared with the first'),
  age: z
    .enum(COMPARED_AGES)
    .optional()
    .describe('The age since sending. Left out: the largest that all have, else latest'),
})
export type CompareTasksQuery = z.infer<typeof compareTasksQuery>

/** A request of the API. */
export const compareTasksRequest = compareTasksQuery.extend({ format: fileFormat })

/** The difference of two rates as a fraction, with its 99 % interval. `beyondChance`: the interval does not contain 0. */
const rateDifference = z
  .object({ difference: z.number(), low: z.number(), high: z.number(), beyondChance: z.boolean() })
  .nullable()

/**
 * A campaign in a comparison. `age` is the real age of its counts in seconds, of the time `asOf`. Without counts, `gap`
 * says why. `delivery`
 * is over the vendors that report in all compared campaigns. The differences of the first campaign are
 * null, and so are those at another age while counts still grow.
 */
const comparedTask = z.object({
  taskId: z.string(),
  label: z.string(),
  tags: z.array(z.string()),
  sentAt: instant.nullable(),
  age: z.number().int().nullable(),
  asOf: instant.nullable(),
  gap: z.enum(AGE_GAPS).nullable(),
  counts: totalReply.nullable(),
  delivery: z.object({ sent: z.number().int(), delivered: z.number().int(), rate: z.number().nullable() }).nullable(),
  differences: z.object({ send: rateDifference, delivery: rateDifference, click: rateDifference }).nullable(),
})
export type ComparedTask = z.infer<typeof comparedTask>

export const compareTasksReply = z.object({
  /** The zone of the app, in which its pages and files show times. */
  tz: z.string(),
  age: z.enum(COMPARED_AGES),
  /** The ages at which all campaigns have counts. */
  ages: z.array(z.enum(TASK_AGES)),
  tasks: z.array(comparedTask),
  /** The vendors whose deliveries are compared. */
  vendors: z.array(
    z.object({ vendor: z.string(), platform: z.number().int(), channel: z.enum(['offline', 'online']).nullable() }),
  ),
  /** What clicks are divided by. */
  clickBasis: z.enum(['delivered', 'sent']),
})
export type CompareTasksReply = z.infer<typeof compareTasksReply>
