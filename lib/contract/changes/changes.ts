import { z } from 'zod'
import { COMPARISONS } from '../comparisons'
import { instant } from '../freshness'
import { funnelQuery } from '../funnel'
import { rangeReply } from '../ranges'
import { STAGES_OF_LOSS } from '../records'
import { SOURCES } from '../sources'

/** The range, source and comparison of a funnel. Changes are of all pushes, never of single campaigns. */
export const changesQuery = funnelQuery.pick({
  range: true,
  from: true,
  to: true,
  tz: true,
  source: true,
  compare: true,
})
export type ChangesQuery = z.infer<typeof changesQuery>

const fraction = z.number().nullable()
const place = { vendor: z.string().nullable(), channel: z.enum(['offline', 'online']).nullable() }

export const RATE_KINDS = ['send', 'delivery'] as const
export const CHANGE_KINDS = ['fell', 'rose', 'receipts_stopped', 'receipts_began', 'no_push'] as const

/** The loss code that explains most of a fall. `change` is its part of the change of the rate, where that is known. */
const changeCode = z.object({
  stage: z.enum(STAGES_OF_LOSS),
  code: z.string(),
  reason: z.object({ key: z.string().nullable(), title: z.string() }),
  change: fraction,
})

/**
 * Something unusual. Rates are fractions. `from` is the first hour, which may be before the range; `to` is null
 * while it goes on. `before`, `now`, `messages` and `pushes` are of its part inside the range.
 */
export const changeReply = z.object({
  kind: z.enum(CHANGE_KINDS),
  ...place,
  rate: z.enum(RATE_KINDS).nullable(),
  from: instant,
  to: instant.nullable(),
  /** The baseline rate of these hours, and the rate they had. */
  before: fraction,
  now: fraction,
  /** Messages gained, or lost where it is negative; without any push, the number that is usual at least. */
  messages: z.number().int().nullable(),
  pushes: z.number().int().nullable(),
  code: changeCode.nullable(),
})
export type ChangeReply = z.infer<typeof changeReply>

/**
 * The change of a rate against the comparison, in fractions: `mix` + Σ `vendors.rate` = `change`. Delivery is over the
 * vendors that report in both periods. Vendor null: what Tencent's total has beyond the vendors.
 */
export const rateSplitReply = z.object({
  now: z.number(),
  before: z.number(),
  change: z.number(),
  mix: z.number(),
  /** The pushes that the rate is of, in the period with fewer. */
  pushes: z.number().int(),
  vendors: z.array(z.object({ ...place, rate: z.number() })),
})
export type RateSplitReply = z.infer<typeof rateSplitReply>

/** `known`; `no_history`: too few stored days for a baseline; `no_data`: no stored hour in the range. */
export const CHANGE_STATES = ['known', 'no_history', 'no_data'] as const

export const changesReply = z.object({
  range: rangeReply,
  source: z.enum(SOURCES),
  state: z.enum(CHANGE_STATES),
  /** The part of the range that was examined: of a long range its end. */
  searched: z.object({ from: instant, to: instant }),
  /** The stored days with which the range is compared. */
  days: z.number().int(),
  /** Ranked: the first ones cost most. */
  items: z.array(changeReply),
  /** Null without `compare`. The splits are null unless both periods are complete. */
  comparison: z
    .object({
      compare: z.enum(COMPARISONS).exclude(['none']),
      from: instant,
      to: instant,
      send: rateSplitReply.nullable(),
      delivery: rateSplitReply.nullable(),
    })
    .nullable(),
  /** The stored whole hours of the examined part, of those that have ended. */
  held: z.number().int(),
  expected: z.number().int(),
  asOf: instant.nullable(),
})
export type ChangesReply = z.infer<typeof changesReply>
