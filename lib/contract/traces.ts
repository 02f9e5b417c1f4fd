import { z } from 'zod'
import { freshness, instant } from './freshness'
import { MAX_USER_ID_BYTES } from './limits'
import { idText } from './text'

/** A UserID of the app's own accounts: at most 32 bytes (upstream page 71893). */
export const userId = idText.refine(
  (text) => new TextEncoder().encode(text).length <= MAX_USER_ID_BYTES,
  `is longer than ${MAX_USER_ID_BYTES} bytes`,
)

/** Either a PushID (chat message), or a TaskID together with a UserID (campaign). */
export const traceQuery = z
  .strictObject({
    pushId: idText.optional().describe('Of a chat message. Otherwise taskId and userId are needed'),
    taskId: idText.optional().describe('Of a campaign, with userId'),
    userId: userId.optional(),
  })
  .refine((q) => (q.pushId !== undefined) !== (q.taskId !== undefined && q.userId !== undefined), {
    message: 'needs a pushId, or a taskId together with a userId',
  })
  .refine((q) => q.pushId === undefined || (q.taskId === undefined && q.userId === undefined), {
    message: 'takes a pushId or a taskId with a userId, not both',
  })
export type TraceQuery = z.infer<typeof traceQuery>

export const STAGES = ['im', 'offline', 'channel', 'device', 'click'] as const
export const STAGE_STATES = ['done', 'failed', 'none', 'unreported', 'not_applicable'] as const
export const CONFIDENCE = ['certain', 'likely', 'unknown'] as const

export const stageReply = z.object({
  stage: z.enum(STAGES),
  path: z.enum(['offline', 'online']),
  state: z.enum(STAGE_STATES),
  at: instant.nullable(),
  atText: z.string(),
  code: z.number().int().nullable(),
  reason: z.string(),
  /** Milliseconds since the last step with a time. Negative: the order of clocks looks wrong. */
  elapsedMs: z.number().int().nullable(),
  warning: z.enum(['clock_order', 'missing_before']).nullable(),
})
export type StageReply = z.infer<typeof stageReply>

export const deviceReply = z.object({
  instance: z.string(),
  model: z.string(),
  system: z.string(),
  systemVersion: z.string(),
  vendor: z.string(),
  channel: z.enum(['offline', 'online']).nullable(),
  sdkVersion: z.string(),
  pluginVersion: z.string(),
  certId: z.string(),
  /** Masked: never the whole token. */
  token: z.string(),
  notifications: z.boolean().nullable(),
  lastActive: z.boolean().nullable(),
  pushedAt: instant.nullable(),
  pushedAtText: z.string(),
  stages: z.array(stageReply),
})
export type DeviceReply = z.infer<typeof deviceReply>

/**
 * A sentence. `key` and `values` fill a text of the messages `verdicts` in any language; `text` is the English
 * sentence.
 */
export const sentenceReply = z.object({ key: z.string(), values: z.record(z.string(), z.string()), text: z.string() })
export type SentenceReply = z.infer<typeof sentenceReply>

/**
 * A verdict. `text` is the whole verdict: its own sentence, then those of `also`, which say what failed on another path
 * or device.
 */
export const verdictReply = sentenceReply.extend({
  also: z.array(sentenceReply),
  confidence: z.enum(CONFIDENCE),
  evidence: z.array(sentenceReply),
  next: sentenceReply,
  actor: z.string(),
})
export type VerdictReply = z.infer<typeof verdictReply>

export const traceReply = z.object({
  verdict: verdictReply.nullable(),
  devices: z.array(deviceReply),
  raw: z.unknown(),
  /** The request to Tencent, without the account and the signature. */
  request: z.object({ path: z.string(), body: z.record(z.string(), z.unknown()) }),
  /** When this user's phone received another campaign, if the verdict leaves open whether this one arrived. */
  receivedAt: instant.nullable(),
  asOf: instant.nullable(),
  origin: z.enum(['live', 'archive']).nullable(),
  unreadable: z.number().int(),
  freshness,
})
export type TraceReply = z.infer<typeof traceReply>
