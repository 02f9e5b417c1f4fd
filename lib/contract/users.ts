import { z } from 'zod'
import { freshness, instant } from './freshness'
import { deviceReply, sentenceReply, userId, verdictReply } from './traces'

/** A user by an opaque reference, as an address carries it: sealed, so that no UserID stands in a log or a history. */
export const userRef = z.string().regex(/^s1\.[\w-]{38,200}$/, 'is not a reference to a user')

/** A time on the console's clock, to the day or the minute: 2026-11-20, 2026-11-20T20:00. */
export const sinceText = z.string().regex(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?$/, 'is not a day or a time of a day')

/** `since` is when the trouble began, as far as people say; by default yesterday. */
export const userQuery = z
  .strictObject({ userId: userId.optional(), ref: userRef.optional(), since: sinceText.optional() })
  .refine((q) => (q.userId === undefined) !== (q.ref === undefined), { message: 'needs a userId or a ref' })
export type UserQuery = z.infer<typeof userQuery>

export const PRESENCES = [
  'online',
  'push_online',
  'offline',
  'no_such_user',
  'off',
  'failed',
  'asking',
  'unread',
] as const

/** `nothing`: Tencent has no record of this user there. `next` waits for the one before; `spared`: enough was known. */
export const CAMPAIGN_STATES = ['traced', 'nothing', 'asking', 'next', 'spared'] as const

export const userCampaign = z.object({
  taskId: z.string(),
  label: z.string(),
  sentAt: instant.nullable(),
  state: z.enum(CAMPAIGN_STATES),
  place: z.number().int().nullable(),
  etaMs: z.number().int().nullable(),
  verdict: verdictReply.nullable(),
  devices: z.array(deviceReply),
  asOf: instant.nullable(),
})
export type UserCampaign = z.infer<typeof userCampaign>

/** Rates are fractions; null below 200 sent, and where the vendor does not report. */
export const vendorHealthReply = z.object({
  vendor: z.string(),
  delivery: z.enum(['reported', 'partial', 'unreported', 'unknown']),
  sent: z.number().int(),
  delivered: z.number().int(),
  rate: z.number().nullable(),
  before: z.number().nullable(),
  fell: z.object({ from: instant, to: instant.nullable() }).nullable(),
  /** The vendor of this user's phone. */
  own: z.boolean(),
})
export type VendorHealthReply = z.infer<typeof vendorHealthReply>

export const userReply = z.object({
  ref: userRef,
  userId: z.string(),
  asOf: instant,
  verdict: verdictReply.extend({ tried: z.array(sentenceReply) }),
  presence: z.object({
    state: z.enum(PRESENCES),
    platforms: z.array(
      z.object({ platform: z.string(), state: z.enum(['online', 'push_online', 'offline']).nullable() }),
    ),
    asOf: instant.nullable(),
  }),
  campaigns: z.array(userCampaign),
  health: z.object({
    since: instant,
    /** Whole hours of which the overall is held, of those that have passed since then. */
    held: z.number().int(),
    expected: z.number().int(),
    vendors: z.array(vendorHealthReply),
  }),
  freshness,
})
export type UserReply = z.infer<typeof userReply>

/** What cannot be undone is typed twice. */
export const eraseQuery = z
  .strictObject({ userId, confirm: userId })
  .refine((q) => q.userId === q.confirm, { message: 'is not what was typed first', path: ['confirm'] })
export type EraseQuery = z.infer<typeof eraseQuery>

/** `traces`: kept look-ups removed; `texts`: labels, tags, notes and imports the UserID was taken out of. */
export const eraseReply = z.object({ traces: z.number().int(), texts: z.number().int() })
export type EraseReply = z.infer<typeof eraseReply>
