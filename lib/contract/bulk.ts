import { z } from 'zod'
import { instant, problemNote } from './freshness'
import { MAX_BULK, OBJECTIONS } from './lookup-text'
import { traceQuery, verdictReply } from './traces'

/** Look-ups of a list: as the box sealed them into an address, or one by one. */
export const bulkQuery = z
  .strictObject({
    list: z.string().max(40_000).optional(),
    items: z.array(traceQuery).min(1).max(MAX_BULK).optional(),
    /** False: only what is held is told, and Tencent is not asked. */
    ask: z.boolean().default(true),
    /** Also those an ID speaks against. */
    anyway: z.boolean().default(false),
  })
  .refine(({ list, items }) => (list === undefined) !== (items === undefined), { message: 'needs a list or items' })
export type BulkQuery = z.input<typeof bulkQuery>

/** `held_back`: not asked, because of `objections`. `refused`: Tencent answered, and has no trace to give. */
export const BULK_STATES = ['done', 'waiting', 'held_back', 'refused'] as const

export const bulkRow = z.object({
  item: z.union([z.object({ pushId: z.string() }), z.object({ taskId: z.string(), userId: z.string() })]),
  state: z.enum(BULK_STATES),
  verdict: verdictReply.nullable(),
  devices: z.number().int(),
  sentAt: instant.nullable(),
  /** Whole days since it was sent, and of which app it is, as the ID says. */
  days: z.number().int().nullable(),
  sdkAppId: z.number().int().nullable(),
  asOf: instant.nullable(),
  objections: z.array(z.enum(OBJECTIONS)),
  problem: problemNote.nullable(),
  /** The page of this look-up alone. */
  href: z.string(),
})
export type BulkRow = z.infer<typeof bulkRow>

export const bulkReply = z.object({
  rows: z.array(bulkRow),
  /** How many more were pasted than a list may hold. */
  leftOut: z.number().int(),
  /** Of the next one to be asked; null where none waits. */
  place: z.number().int().nullable(),
  /** Until the last one is answered; null where none waits. */
  etaMs: z.number().int().nullable(),
  /** What keeps all of them waiting. */
  problem: problemNote.nullable(),
})
export type BulkReply = z.infer<typeof bulkReply>
