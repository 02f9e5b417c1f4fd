import { z } from 'zod'
import { coverage, freshness, instant } from './freshness'
import { DELIVERY } from './funnel'
import { rangeFields, rangeReply } from './ranges'
import { STAGES_OF_LOSS } from './records'
import { SOURCES } from './sources'
import { idText } from './text'
import { CONFIDENCE } from './traces'

export const lossesQuery = z.strictObject({
  ...rangeFields,
  source: z.enum(SOURCES).default('task'),
  task: idText.optional(),
  vendor: idText.optional(),
})
export type LossesQuery = z.infer<typeof lossesQuery>

const count = z.number().int().nullable()
const rate = z.number().nullable()
const place = { vendor: z.string(), channel: z.enum(['offline', 'online']).nullable() }

/** One meaning of a code, from the dictionary: `key` names its cause, whose title people read in their language. */
const meaning = z.object({
  key: z.string(),
  title: z.string(),
  meaning: z.string(),
  actor: z.string(),
  fix: z.string(),
  source: z.string(),
})

/** A meaning with the code it belongs to; `vendor` may be `tencent`. */
export const candidateReply = meaning.extend({ vendor: z.string(), code: z.string(), name: z.string() })
export type CandidateReply = z.infer<typeof candidateReply>

/** `key` null: the code is in no dictionary, or `candidates` disagree and nothing decides between them. */
export const reasonReply = z.object({
  key: z.string().nullable(),
  title: z.string(),
  meaning: z.string().nullable(),
  actor: z.string().nullable(),
  fix: z.string().nullable(),
  confidence: z.enum(CONFIDENCE),
  source: z.string().nullable(),
  candidates: z.array(candidateReply).optional(),
})
export type ReasonReply = z.infer<typeof reasonReply>

export const reasonRow = z.object({
  code: z.string(),
  text: z.string(),
  count,
  /** Of what was lost, or of all codes where they exceed it. */
  share: rate,
  cumulative: rate,
  vendors: z.array(z.object({ ...place, count })),
  reason: reasonReply,
  /** Against the period before, in points; null where there is nothing to compare with. */
  change: rate,
})
export type ReasonRow = z.infer<typeof reasonRow>

/** explained + unexplained = lost, which after sending counts reporting vendors only. The rest may be negative. */
const reconciled = { lost: count, explained: count, unexplained: count, notReported: count }

export const lossVendor = z.object({ ...place, delivery: z.enum(DELIVERY), ...reconciled })
export type LossVendor = z.infer<typeof lossVendor>

export const lossStageReply = z.object({
  stage: z.enum(STAGES_OF_LOSS),
  ...reconciled,
  /** Null: the upstream left the list out, so the reasons of this stage are unknown, not none. */
  reasons: z.array(reasonRow).nullable(),
  vendors: z.array(lossVendor),
})
export type LossStageReply = z.infer<typeof lossStageReply>

export const lossesReply = z.object({
  range: rangeReply,
  source: z.enum(SOURCES),
  /** The part of the range these numbers are of: Tencent tells losses of 7 days only. */
  window: z.object({ from: instant, to: instant }),
  stages: z.array(lossStageReply),
  coverage,
  asOf: instant.nullable(),
  unreadable: z.number().int(),
  freshness,
})
export type LossesReply = z.infer<typeof lossesReply>

/** A search of the dictionary; what is found comes best first. */
export const reasonsQuery = z.strictObject({ q: z.string().max(200).default('') })
export type ReasonsQuery = z.infer<typeof reasonsQuery>

export const reasonsReply = z.object({ items: z.array(candidateReply), next: z.null() })
export type ReasonsReply = z.infer<typeof reasonsReply>
