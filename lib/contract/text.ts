import { z } from 'zod'
import { MAX_ID_LENGTH, TASKS_PER_QUESTION } from './limits'

/** An ID as people paste it. Control characters are refused: no ID has them, and PostgreSQL stores no NUL. */
export const idText = z
  .string()
  .max(MAX_ID_LENGTH)
  .trim()
  .min(1)
  .regex(/^\P{Cc}+$/u, 'holds a control character')

/** Splits `task=a,b`, which is the same as `task=a&task=b`. No TaskID contains a comma. */
export const splitTasks = (given: unknown) =>
  [given].flat().flatMap((one) => (typeof one === 'string' ? one.split(',').filter((id) => id.trim() !== '') : one))

/** The distinct TaskIDs of a question. */
export const taskList = z
  .preprocess(splitTasks, z.array(idText).max(TASKS_PER_QUESTION))
  .default([])
  .transform((tasks) => [...new Set(tasks)])
  .describe('TaskIDs, repeated or with commas. Without a range their whole life is answered')
