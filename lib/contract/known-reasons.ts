import { z } from 'zod'
import { instant } from './freshness'
import { MAX_ID_LENGTH } from './limits'
import { STAGES_OF_LOSS } from './records'
import { SOURCES } from './sources'

/** The reason to mark. A code is Tencent's and may be any text; one of this length on one line can be marked. */
const reason = {
  source: z.enum(SOURCES),
  stage: z.enum(STAGES_OF_LOSS),
  code: z
    .string()
    .max(MAX_ID_LENGTH)
    .regex(/^\P{Cc}*$/u, 'holds a control character'),
}

/** `until`: the last day on which the reason counts as known, at the app's offset. */
export const knownReasonBody = z.strictObject({
  ...reason,
  until: z.iso.date(),
  note: z.string().trim().max(500).default(''),
})
export type KnownReasonBody = z.infer<typeof knownReasonBody>

export const knownReasonKey = z.strictObject(reason)
export type KnownReasonKey = z.infer<typeof knownReasonKey>

/** Exclusive end: at `until` the reason is no longer known. Null where it is not marked. */
export const knownReasonReply = z.object({ until: instant.nullable() })
export type KnownReasonReply = z.infer<typeof knownReasonReply>
