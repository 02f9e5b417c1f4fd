import { z } from 'zod'
import { fileFormat } from './api/files'
import { COMPARISONS } from './comparisons'
import { coverage, freshness, instant } from './freshness'
import { DELIVERY } from './funnel'
import { rangeFields, rangeReply } from './ranges'
import { STAGES_OF_LOSS } from './records'
import { SOURCES } from './sources'
import { idText, taskList } from './text'
import { CONFIDENCE } from './traces'

export const lossesQuery = z.strictObject({
  ...rangeFields,
  source: z.enum(SOURCES).default('task').describe('task: campaigns. chat: chat messages'),
  task: taskList,
  vendor: idText.optional(),
  compare: z.enum(COMPARISONS).default('none').describe('The period to compare with'),
})
export type LossesQuery = z.infer<typeof lossesQuery>

/** A request of the API. */
export const lossesRequest = lossesQuery.extend({ format: fileFormat })

const count = z.number().int().nullable()
const rate = z.number().nullable()
const place = { vendor: z.string(), channel: z.enum(['offline', 'online']).nullable() }

/** How many more than in the comparison period, and the count before. */
const changeReply = z.object({ count: z.number().int(), before: z.number().int() })
export type LossChange = z.infer<typeof changeReply>

/** Why the sums of a stage are not compared although both periods are complete. */
export const NOT_COMPARED = ['few', 'receipts'] as const

/** One meaning of a code in the dictionary. `key` names its cause, whose title is translated. */
const meaning = z.object({
  key: z.string(),
  title: z.string(),
  meaning: z.string(),
  actor: z.string(),
  fix: z.string(),
  source: z.string(),
})

/** How reliable the source of a meaning is: the vendor's own page, a copy of it, or neither. */
export const EVIDENCE = ['documented', 'secondary', 'unverified'] as const

/** A meaning with its code. `vendor` may be `tencent`. */
export const candidateReply = meaning.extend({
  vendor: z.string(),
  code: z.string(),
  name: z.string(),
  evidence: z.enum(EVIDENCE),
})
export type CandidateReply = z.infer<typeof candidateReply>

/**
 * The explanation of a code. `key` null: the code is in no dictionary, or its `candidates` disagree and nothing
 * decides.
 */
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
  /** The part of `count` that the stage's `explained` counts: after sending only that of reporting vendors. */
  explained: count,
  /** Share of the loss, or of the explained codes where they exceed it. Null for codes outside that sum. */
  share: rate,
  /** Share of this reason, the reasons before it, and `unexplained` from its place by size. */
  cumulative: rate,
  vendors: z.array(z.object({ ...place, count })),
  reason: reasonReply,
  /**
   * Change against the comparison: how many more, and the count before. Null where either side is incomplete or small.
   */
  change: changeReply.nullable(),
  /** Marked as known: counted, but not news. `doubled`: it costs twice as much as when it was marked. */
  known: z.object({ until: instant, note: z.string(), doubled: z.boolean() }).nullable(),
  /** The code's count on each day of `days`, at the vendors of this row; null is a hole. */
  trend: z.array(z.object({ ...place, counts: z.array(count) })),
})
export type ReasonRow = z.infer<typeof reasonRow>

/** explained + unexplained = lost. After sending, lost counts reporting vendors only. The rest may be negative. */
const reconciled = { lost: count, explained: count, unexplained: count, notReported: count }

/**
 * A vendor's part of the sums. Vendor null: the part that is in no vendor's row, because Tencent's rows need not add up
 * to its total. With it, the rows add up to the stage.
 */
export const lossVendor = z.object({
  ...place,
  vendor: z.string().nullable(),
  delivery: z.enum(DELIVERY),
  ...reconciled,
})
export type LossVendor = z.infer<typeof lossVendor>

export const lossStageReply = z.object({
  stage: z.enum(STAGES_OF_LOSS),
  ...reconciled,
  /** Share of `unexplained` in the loss; null where it is unknown or negative. */
  unexplainedShare: rate,
  /** Changes of the sums against the comparison; null where they cannot be compared. */
  change: z
    .object({
      lost: changeReply.nullable(),
      explained: changeReply.nullable(),
      unexplained: changeReply.nullable(),
      notReported: changeReply.nullable(),
    })
    .nullable(),
  /** `few`: under the minimum volume. `receipts`: a vendor reports in only a part of the two periods. Else null. */
  notCompared: z.enum(NOT_COMPARED).nullable(),
  /** The part of `unexplained` that was not collected in time: Tencent no longer has its reasons. */
  unavailable: count,
  /**
   * The cause that explains most of the loss and is not marked as known, over all its codes; `code` and `text` are its
   * largest code's. Null where no reason explains a part.
   */
  top: reasonRow.pick({ code: true, text: true, explained: true, share: true, reason: true }).nullable(),
  /** Null: Tencent left the list out, so the reasons of this stage are unknown, not none. */
  reasons: z.array(reasonRow).nullable(),
  /** Reasons of the comparison period that no longer occur, with their cause and owner. Empty where nothing is compared. */
  gone: z.array(
    z.object({ code: z.string(), key: z.string().nullable(), actor: z.string().nullable(), before: z.number().int() }),
  ),
  vendors: z.array(lossVendor),
})
export type LossStageReply = z.infer<typeof lossStageReply>

export const lossesReply = z.object({
  range: rangeReply,
  source: z.enum(SOURCES),
  /** The period of these numbers, from first to last instant. `coverage` lists the holes in it. */
  window: z.object({ from: instant, to: instant }),
  /**
   * `exact`: one window over the range. `cut`: one window over the part that Tencent still answers. `sum`: disjoint
   * windows.
   */
  basis: z.enum(['exact', 'cut', 'sum']),
  /**
   * Each requested task with its coverage. `known` false: Tencent returned nothing, so it is in no sum. Null: not
   * stored.
   */
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
  /** The days of `trend`, at the app's offset; empty where tasks are requested. */
  days: z.array(instant),
  stages: z.array(lossStageReply),
  coverage,
  asOf: instant.nullable(),
  unreadable: z.number().int(),
  /**
   * Losses with a code of the whole range: Tencent's own count, and the sum of stored days and hours. Null unless both
   * are stored and differ.
   */
  difference: z.object({ exact: z.number().int(), sum: z.number().int() }).nullable(),
  freshness,
})
export type LossesReply = z.infer<typeof lossesReply>

/** A search in the dictionary. The best match comes first. */
export const reasonsQuery = z.strictObject({ q: z.string().max(200).default('') })
export type ReasonsQuery = z.infer<typeof reasonsQuery>

export const reasonsReply = z.object({ items: z.array(candidateReply), next: z.null() })
export type ReasonsReply = z.infer<typeof reasonsReply>
