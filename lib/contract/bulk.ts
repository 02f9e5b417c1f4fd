import { z } from 'zod'
import { instant, problemNote } from './freshness'
import { MAX_BULK, OBJECTIONS } from './lookup-text'
import { traceQuery, verdictReply } from './traces'

/** A bulk look-up: either the sealed list from an address, or its items. */
export const bulkQuery = z
  .strictObject({
    list: z.string().max(40_000).optional(),
    items: z.array(traceQuery).min(1).max(MAX_BULK).optional(),
    /** False: answers from the archive only, without a call to Tencent. */
    ask: z.boolean().default(true),
    /** Also looks up items with objections. */
    anyway: z.boolean().default(false),
  })
  .refine(({ list, items }) => (list === undefined) !== (items === undefined), { message: 'needs a list or items' })
export type BulkQuery = z.input<typeof bulkQuery>

/** `held_back`: not requested, because of `objections`. `refused`: Tencent answered without a trace. */
export const BULK_STATES = ['done', 'waiting', 'held_back', 'refused'] as const

export const bulkRow = z.object({
  item: z.union([z.object({ pushId: z.string() }), z.object({ taskId: z.string(), userId: z.string() })]),
  state: z.enum(BULK_STATES),
  verdict: verdictReply.nullable(),
  devices: z.number().int(),
  sentAt: instant.nullable(),
  /** Whole days since sending, and the app, according to the ID. */
  days: z.number().int().nullable(),
  sdkAppId: z.number().int().nullable(),
  asOf: instant.nullable(),
  objections: z.array(z.enum(OBJECTIONS)),
  problem: problemNote.nullable(),
  /** The address of this look-up's own page. */
  href: z.string(),
})
export type BulkRow = z.infer<typeof bulkRow>

export const bulkReply = z.object({
  rows: z.array(bulkRow),
  /** How many look-ups were left out because the list was too long. */
  leftOut: z.number().int(),
  /** The place in the queue of the next look-up; null where none waits. */
  place: z.number().int().nullable(),
  /** Time until the last answer; null where none waits. */
  etaMs: z.number().int().nullable(),
  /** The problem that stops all of them. */
  problem: problemNote.nullable(),
})
export type BulkReply = z.infer<typeof bulkReply>
