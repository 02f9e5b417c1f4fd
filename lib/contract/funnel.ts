import { z } from 'zod'
import { coverage, freshness, instant, windowState } from './freshness'
import { TASKS_PER_QUESTION } from './limits'
import { rangeFields, rangeReply } from './ranges'
import { SOURCES } from './sources'
import { idText } from './text'

/** A key given once in the URL arrives as text, given several times as a list. */
const listOf = (given: unknown) => (typeof given === 'string' ? [given] : given)

export const INTERVALS = ['none', 'hour', 'day', 'week'] as const
export type Interval = (typeof INTERVALS)[number]

export const funnelQuery = z.strictObject({
  ...rangeFields,
  source: z.enum(SOURCES).default('task'),
  task: z.preprocess(listOf, z.array(idText).max(TASKS_PER_QUESTION)).default([]),
  interval: z.enum(INTERVALS).default('none'),
  /** '0': none. Not said: of the total. '1': in every bucket too. */
  vendors: z.enum(['0', '1']).optional(),
})
export type FunnelQuery = z.infer<typeof funnelQuery>

const number = z.number().int().nullable()
const rate = z.number().nullable()

export const DELIVERY = ['reported', 'partial', 'unreported', 'unknown'] as const

/** Counts are devices (campaigns) or messages × devices (chat), not people. Rates are fractions; unknown is null, never 0. */
export const countReply = z.object({
  sendable: number,
  sent: number,
  delivered: number,
  clicked: number,
  delivery: z.enum(DELIVERY),
  rates: z.object({
    send: rate,
    delivery: rate,
    /** Over vendors that report: the rate people see large. */
    deliveryReporting: rate,
    click: rate,
    clickBasis: z.enum(['delivered', 'sent']),
  }),
})
export type CountReply = z.infer<typeof countReply>

/** How far the delivery rate carries: sent and delivered over reporting vendors, and what no one reports about. */
export const deliveryCover = z.object({
  reportingSent: number,
  reportingDelivered: number,
  lost: number,
  notReported: number,
  /** reportingSent as a fraction of everything sent. */
  share: rate,
})

export const vendorReply = countReply.extend({
  vendor: z.string(),
  platform: z.number().int(),
  channel: z.enum(['offline', 'online']).nullable(),
})
export type VendorReply = z.infer<typeof vendorReply>

export const totalReply = countReply.extend({ cover: deliveryCover })
export type TotalReply = z.infer<typeof totalReply>

const fourCounts = z.object({ sendable: number, sent: number, delivered: number, clicked: number })

/**
 * One step of a series. Counts are null unless all of it is held; held, null is a count Tencent did not give. `asOf` is
 * the oldest fetch it is made of.
 */
export const bucketReply = fourCounts.extend({
  from: instant,
  to: instant,
  state: windowState,
  final: z.boolean(),
  asOf: instant.nullable(),
  vendors: z
    .array(
      fourCounts.extend({
        vendor: z.string(),
        platform: z.number().int(),
        channel: z.enum(['offline', 'online']).nullable(),
      }),
    )
    .optional(),
})
export type BucketReply = z.infer<typeof bucketReply>

const RECEIPT_CHANGES = ['began', 'stopped', 'resumed'] as const

/**
 * A vendor's receipts began, stopped (so did deliveries, for all we know) or came back: in the hour or the day that begins
 * `at`. Receipts that begin are no deliveries gained.
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
 * What the total is: one window of the whole range, of the part Tencent still answers for, of the end of a range that
 * Tencent refused as a whole, or a sum of held buckets.
 */
export const TOTAL_BASIS = ['exact', 'cut', 'halved', 'sum'] as const

export const funnelReply = z.object({
  range: rangeReply,
  source: z.enum(SOURCES),
  total: totalReply.nullable(),
  vendors: z.array(vendorReply),
  tasks: z.array(z.object({ task: z.string(), total: totalReply.nullable(), vendors: z.array(vendorReply) })),
  /** Of the range, and stops before it that last into it; of the overall, also where tasks are asked for. */
  receipts: z.array(receiptChangeReply),
  totalBasis: z.enum(TOTAL_BASIS),
  interval: z.enum(INTERVALS),
  /** Aligned buckets up to the last whole hour, of the overall only. */
  series: z.array(bucketReply),
  /** The buckets that are held, added up; it may differ from an exact total and is never scaled to it. */
  seriesSum: fourCounts.nullable(),
  /** False where buckets could only be made of whole hours, which the zone's days or hours do not begin with. */
  aligned: z.boolean(),
  /** False where hours are not kept, since they do not add up to days: `interval` hour is then answered by day. */
  hourly: z.boolean(),
  /** Of the series' buckets, else of the windows the total needs. */
  coverage,
  asOf: instant.nullable(),
  /** The window ended less than 48 h ago and all is zero: Tencent may still be counting. */
  stillFilling: z.boolean(),
  /** Values of the upstream's answer that could not be read and are left out. */
  unreadable: z.number().int(),
  freshness,
})
export type FunnelReply = z.infer<typeof funnelReply>
