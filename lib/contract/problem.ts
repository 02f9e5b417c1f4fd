import { z } from 'zod'
import { ERROR_CODES } from './errors'

/** An error reply, `application/problem+json` of RFC 9457. `detail` says what to do next. */
export const problemReply = z.object({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.enum(ERROR_CODES),
  field: z.string().optional(),
})
export type ProblemReply = z.infer<typeof problemReply>
