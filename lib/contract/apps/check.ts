import { z } from 'zod'
import { problemNote } from '../freshness'
import { ENDPOINTS } from '../sources'

/** `ok` null: no answer within the waiting time. The call stays queued, and the lanes show how it ended. */
export const checkReply = z.object({
  endpoints: z.array(
    z.object({ endpoint: z.enum(ENDPOINTS), ok: z.boolean().nullable(), problem: problemNote.nullable() }),
  ),
  /** Whether every endpoint has answered or failed. */
  complete: z.boolean(),
})
export type CheckReply = z.infer<typeof checkReply>
