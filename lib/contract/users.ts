import { z } from 'zod'
import { freshness, instant } from './freshness'
import { deviceReply, sentenceReply, userId, verdictReply } from './traces'

/** A user as an opaque reference in an address. It is sealed, so that no log or history contains a UserID. */
export const userRef = z.string().regex(/^s1\.[\w-]{38,200}$/, 'is not a reference to a user')

/** A time at the app's offset, to the day or the minute: 2026-11-20, 2026-11-20T20:00. */
export const sinceText = z.string().regex(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?$/, 'is not a day or a time of a day')

/** `since` is when the problem began, as far as people know; yesterday by default. */
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

/**
 * `nothing`: Tencent has no record of this user there. `next` waits for the one before. `spared`: not checked, because
 * the evidence was enough. `refused`: Tencent rejects the IDs. `failed`: Tencent does not answer at present.
 */
export const CAMPAIGN_STATES = ['traced', 'nothing', 'asking', 'next', 'spared', 'refused', 'failed'] as const

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
  /** `atLeast`: the hours before `from` are not stored or too few, so the fall may have begun earlier. */
  fell: z.object({ from: instant, to: instant.nullable(), atLeast: z.boolean() }).nullable(),
  /** Whether one of the user's devices uses this vendor. */
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
    /** Why offline pushes to one of the devices do not arrive; null where nothing is known to block them. */
    blocked: sentenceReply.nullable(),
    platforms: z.array(
      z.object({ platform: z.string(), state: z.enum(['online', 'push_online', 'offline']).nullable() }),
    ),
    asOf: instant.nullable(),
  }),
  campaigns: z.array(userCampaign),
  health: z.object({
    since: instant,
    /** Stored whole hours of the overall, and whole hours since then. */
    held: z.number().int(),
    expected: z.number().int(),
    vendors: z.array(vendorHealthReply),
  }),
  freshness,
})
export type UserReply = z.infer<typeof userReply>

/** The UserID is typed twice, because erasing cannot be undone. */
export const eraseQuery = z
  .strictObject({ userId, confirm: userId })
  .refine((q) => q.userId === q.confirm, { message: 'is not what was typed first', path: ['confirm'] })
export type EraseQuery = z.infer<typeof eraseQuery>

/** `traces`: stored look-ups removed. `texts`: labels, tags, notes, imports and shared links from which the UserID was removed. */
export const eraseReply = z.object({ traces: z.number().int(), texts: z.number().int() })
export type EraseReply = z.infer<typeof eraseReply>
