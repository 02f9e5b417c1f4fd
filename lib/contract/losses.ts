import { z } from 'zod'
import { coverage, freshness, instant } from './freshness'
import { DELIVERY } from './funnel'
import { TASKS_PER_QUESTION } from './limits'
import { COMPARISONS, rangeFields, rangeReply } from './ranges'
import { STAGES_OF_LOSS } from './records'
import { SOURCES } from './sources'
import { idText } from './text'
import { CONFIDENCE } from './traces'

/** `task=a&task=b` and `task=a,b` are the same question; no TaskID holds a comma. */
const tasksOf = (given: unknown) =>
  [given].flat().flatMap((one) => (typeof one === 'string' ? one.split(',').filter((id) => id.trim() !== '') : one))

export const lossesQuery = z.strictObject({
  ...rangeFields,
  source: z.enum(SOURCES).default('task'),
  task: z
    .preprocess(tasksOf, z.array(idText).max(TASKS_PER_QUESTION))
    .default([])
    .transform((tasks) => [...new Set(tasks)]),
  vendor: idText.optional(),
  compare: z.enum(COMPARISONS).default('none'),
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

/** How well the source of a meaning knows: the vendor's own page, someone's copy of it, or neither. */
export const EVIDENCE = ['documented', 'secondary', 'unverified'] as const

/** A meaning with the code it belongs to; `vendor` may be `tencent`. */
export const candidateReply = meaning.extend({
  vendor: z.string(),
  code: z.string(),
  name: z.string(),
  evidence: z.enum(EVIDENCE),
})
export type CandidateReply = z.infer<typeof candidateReply>

/** The `source` of a reason that the words beside its code tell, and no table. */
export const SOURCE_TEXT = 'text'

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
  /** Against the comparison: how many more, and how many there were. Null where either side is not held whole or is small. */
  change: z.object({ count: z.number().int(), before: z.number().int() }).nullable(),
  /** People know of it: it is counted, but no news. `doubled`: it costs twice what it did when it was marked. */
  known: z.object({ until: instant, note: z.string(), doubled: z.boolean() }).nullable(),
  /** The code's count per day of `days`, at the vendors of this row; null is a hole. */
  trend: z.array(z.object({ ...place, counts: z.array(count) })),
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
  /** The time these numbers are of, from its first instant to its last; the holes in it stand in `coverage`. */
  window: z.object({ from: instant, to: instant }),
  /** `exact`: one window over the range. `cut`: one over what Tencent still tells. `sum`: windows side by side. */
  basis: z.enum(['exact', 'cut', 'sum']),
  /** Each task asked for, with its cover. `known` false: Tencent told nothing of it, so it is in no sum; null: not held. */
  tasks: z.array(
    z.object({
      task: z.string(),
      known: z.boolean().nullable(),
      held: z.number().int(),
      expected: z.number().int(),
      asOf: instant.nullable(),
    }),
  ),
  comparison: z.object({ from: instant, to: instant, held: z.boolean() }).nullable(),
  /** The days of `trend`, at the app's offset; none where tasks are asked for. */
  days: z.array(instant),
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
