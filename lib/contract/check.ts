import { z } from 'zod'
import { problemNote } from './freshness'
import { ENDPOINTS } from './sources'

/** `ok` null: no answer within the time we wait; the call stays in line, and the lanes say how it ended. */
export const checkReply = z.object({
  endpoints: z.array(
    z.object({ endpoint: z.enum(ENDPOINTS), ok: z.boolean().nullable(), problem: problemNote.nullable() }),
  ),
  /** Every endpoint has answered or failed. */
  complete: z.boolean(),
})
export type CheckReply = z.infer<typeof checkReply>
