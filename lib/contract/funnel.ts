import { z } from 'zod'
import { fileFormat } from './api/files'
import { COMPARISONS } from './comparisons'
import { coverage, freshness, instant, windowState } from './freshness'
import { rangeFields, rangeReply } from './ranges'
import { SOURCES } from './sources'
import { taskList } from './text'

export const INTERVALS = ['none', 'hour', 'day', 'week'] as const
export type Interval = (typeof INTERVALS)[number]

export const funnelQuery = z.strictObject({
  ...rangeFields,
  source: z.enum(SOURCES).default('task').describe('task: campaigns. chat: chat messages'),
  task: taskList,
  interval: z.enum(INTERVALS).default('none').describe('The buckets of the series'),
  compare: z.enum(COMPARISONS).default('none').describe('The period to compare with'),
  vendors: z
    .enum(['0', '1'])
    .optional()
    .describe('0: no vendors. Left out: vendors of the total. 1: vendors in every bucket too'),
})
export type FunnelQuery = z.infer<typeof funnelQuery>

/** The tables of a funnel as CSV, one per request. `series` needs an `interval`, `tasks` needs a `task`. */
export const FUNNEL_TABLES = ['total', 'vendors', 'series', 'tasks'] as const

/** A request of the API. `table` chooses the table of `Accept: text/csv`; JSON has all of them. */
export const funnelRequest = funnelQuery.extend({
  table: z.enum(FUNNEL_TABLES).default('total').describe('The table of the CSV'),
  format: fileFormat,
})
export type FunnelRequest = z.infer<typeof funnelRequest>

const number = z.number().int().nullable()
const rate = z.number().nullable()

export const DELIVERY = ['reported', 'partial', 'unreported', 'unknown'] as const

/**
 * Counts are devices (campaigns) or messages × devices (chat), not people. Rates are fractions; unknown is null, never
 * 0.
 */
export const countReply = z.object({
  sendable: number,
  sent: number,
  delivered: number,
  clicked: number,
  delivery: z.enum(DELIVERY),
  rates: z.object({
    send: rate,
    delivery: rate,
    /** Over vendors that report: the rate shown large. */
    deliveryReporting: rate,
    click: rate,
    clickBasis: z.enum(['delivered', 'sent']),
  }),
})
export type CountReply = z.infer<typeof countReply>

/** What the delivery rate covers: sent and delivered at reporting vendors, and the part that no vendor reports. */
export const deliveryCover = z.object({
  reportingSent: number,
  reportingDelivered: number,
  lost: number,
  notReported: number,
  /** reportingSent as a fraction of all pushes sent. */
  share: rate,
})

export const vendorReply = countReply.extend({
  vendor: z.string(),
  platform: z.number().int(),
  channel: z.enum(['offline', 'online']).nullable(),
  /** Set where the vendor's receipts began or ended within the range, from the parts in which it reports. */
  cover: deliveryCover.nullable(),
})
export type VendorReply = z.infer<typeof vendorReply>

export const totalReply = countReply.extend({ cover: deliveryCover })
export type TotalReply = z.infer<typeof totalReply>

const fourCounts = z.object({ sendable: number, sent: number, delivered: number, clicked: number })

/**
 * One bucket of a series. Counts are null unless the whole bucket is held. In a held bucket, null is a count that
 * Tencent did not give. `asOf` is the oldest fetch in it.
 */
export const bucketReply = fourCounts.extend({
  from: instant,
  to: instant,
  state: windowState,
  final: z.boolean(),
  asOf: instant.nullable(),
  /**
   * Delivery: over the vendors that report in all of the bucket. Click: on the basis of the total's click rate. Null
   * where unknown or of fewer than 200.
   */
  rates: z.object({ delivery: rate, click: rate }),
  vendors: z
    .array(
      fourCounts.extend({
        vendor: z.string(),
        platform: z.number().int(),
        channel: z.enum(['offline', 'online']).nullable(),
        /** Null where the vendor does not report, and of fewer than 200. */
        deliveryRate: rate,
      }),
    )
    .optional(),
})
export type BucketReply = z.infer<typeof bucketReply>

const RECEIPT_CHANGES = ['began', 'stopped', 'resumed'] as const

/**
 * A vendor's receipts began, stopped (deliveries may have stopped too) or resumed, in the hour or day that begins `at`.
 * Receipts that begin are not new deliveries.
 */
const receiptChangeReply = z.object({
  change: z.enum(RECEIPT_CHANGES),
  vendor: z.string(),
  platform: z.number().int(),
  channel: z.enum(['offline', 'online']).nullable(),
  at: instant,
  grain: z.enum(['hour', 'day']),
})

/**
 * A small curve of one vendor, oldest first: deliveries where the vendor reports them, else what was sent. Neighbouring
 * buckets are added up, so that there are at most 31 points of equal length. Null is a hole.
 */
export const sparklineReply = z.object({
  vendor: z.string(),
  platform: z.number().int(),
  channel: z.enum(['offline', 'online']).nullable(),
  measure: z.enum(['sent', 'delivered']),
  counts: z.array(number),
})
export type SparklineReply = z.infer<typeof sparklineReply>

/** Differences of rates, as fractions: the range minus the comparison. Null where one side is unknown or too small. */
const rateChanges = z.object({ send: rate, delivery: rate, click: rate })

/**
 * The same counts in the period to compare with. `range` and `from`–`to` are the parts compared, in whole hours: of a
 * range that ends within an hour, the part before. Without `held` one side is incomplete, and nothing is compared.
 */
const comparisonReply = z.object({
  compare: z.enum(COMPARISONS).exclude(['none']),
  range: z.object({ from: instant, to: instant }),
  from: instant,
  to: instant,
  held: z.boolean(),
  /** The counts now and before. Null unless `held`. */
  now: fourCounts.nullable(),
  before: fourCounts.nullable(),
  /** Of deliveries: over the vendors that report in both periods, because a receipt that began is no improvement. */
  change: rateChanges.nullable(),
  vendors: z.array(
    z.object({
      vendor: z.string(),
      platform: z.number().int(),
      channel: z.enum(['offline', 'online']).nullable(),
      before: fourCounts,
      change: rateChanges,
    }),
  ),
})
export type ComparisonReply = z.infer<typeof comparisonReply>
export type RateChanges = z.infer<typeof rateChanges>

/**
 * How the total was made: one window of the whole range; of the part that Tencent still answers; of the end of a range
 * that Tencent refused as a whole; or a sum of held buckets.
 */
export const TOTAL_BASIS = ['exact', 'cut', 'halved', 'sum'] as const

export const funnelReply = z.object({
  range: rangeReply,
  source: z.enum(SOURCES),
  total: totalReply.nullable(),
  vendors: z.array(vendorReply),
  tasks: z.array(z.object({ task: z.string(), total: totalReply.nullable(), vendors: z.array(vendorReply) })),
  /**
   * Changes within the range, and earlier stops that last into it. Always of the overall, even if tasks are requested.
   */
  receipts: z.array(receiptChangeReply),
  totalBasis: z.enum(TOTAL_BASIS),
  /** Null without `compare`, and for campaigns, which are counted over their lives. */
  comparison: comparisonReply.nullable(),
  interval: z.enum(INTERVALS),
  /** Aligned buckets up to the last whole hour, of the overall only. */
  series: z.array(bucketReply),
  /** The curve of each vendor over the series; empty without an interval or without vendors. */
  sparklines: z.array(sparklineReply),
  /**
   * The counterpart of each bucket of `series` in the period to compare with, from what is stored. Null where that period
   * has no bucket of the same hours. Empty without `compare`.
   */
  seriesBefore: z.array(bucketReply.nullable()),
  /**
   * The sum of the held buckets; without an interval only of buckets that cover the whole range. It may differ from an
   * exact total and is never scaled to it.
   */
  seriesSum: fourCounts.nullable(),
  /** False where buckets are made of whole hours but the zone's days or hours begin between them. */
  aligned: z.boolean(),
  /** False where hours are not kept because they do not add up to days. Then `interval` hour is answered by day. */
  hourly: z.boolean(),
  /** Of the series' buckets, else of the windows that the total needs. */
  coverage,
  asOf: instant.nullable(),
  /** The window ended less than 48 h ago and all counts are zero: Tencent may still be counting. */
  stillFilling: z.boolean(),
  /** Values of Tencent's answers that were unreadable and are left out. */
  unreadable: z.number().int(),
  freshness,
})
export type FunnelReply = z.infer<typeof funnelReply>
