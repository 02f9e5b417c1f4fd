import { z } from 'zod'
import { fileFormat } from '../api/files'
import { instant } from '../freshness'
import { totalReply } from '../funnel'
import { taskIdText } from '../tasks'
import { AGE_GAPS } from './task-ages'
import { COMPARED_AGES } from './task-comparison'

export const taskGrowthRequest = z.strictObject({
  taskId: taskIdText.describe('The TaskID of one campaign, registered or not'),
  format: fileFormat,
})

const rate = z.number().nullable()

/**
 * A campaign at one age since sending. `ageS` is the real age of its counts in seconds, of the time `asOf`. Without
 * counts, `gap` says why. `median`: what is usual for the other campaigns of the tag at this age.
 */
const growthLine = z.object({
  age: z.enum(COMPARED_AGES),
  ageS: z.number().int().nullable(),
  asOf: instant.nullable(),
  gap: z.enum(AGE_GAPS).nullable(),
  total: totalReply.nullable(),
  median: z.object({ send: rate, delivery: rate, click: rate }).nullable(),
})

/** How a campaign grew. `latest` is a line only where counts are stored. */
export const taskGrowthReply = z.object({
  taskId: z.string(),
  /** The zone of the app, in which its pages and files show times. */
  tz: z.string(),
  sentAt: instant.nullable(),
  /** The time of the newest counts. */
  asOf: instant.nullable(),
  /** The tag of the medians. */
  tag: z.string().nullable(),
  lines: z.array(growthLine),
  /** How many ages have counts. */
  coverage: z.object({ held: z.number().int(), expected: z.number().int() }),
})
export type TaskGrowthReply = z.infer<typeof taskGrowthReply>
