import { z } from 'zod'
import { instant } from '@/lib/contract/freshness'
import { SHARE_LIMITS } from '@/lib/contract/limits'
import { traceQuery } from '@/lib/contract/traces'
import { SHARE_STATES } from './pages'
import { shareScope } from './scope'

const oneLine = /^[^\p{Cc}\p{Cs}]*$/u
const name = z.string().trim().min(1).max(SHARE_LIMITS.name).regex(oneLine)
const password = z.string().min(SHARE_LIMITS.password).max(200)

/** An origin that may show the link in a frame: https, or http on loopback; no path, no wildcard. */
const origin = z
  .string()
  .max(200)
  .refine((text) => {
    if (!URL.canParse(text)) return false
    const { protocol, hostname, origin: own } = new URL(text)
    const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
    return own === text && (protocol === 'https:' || (protocol === 'http:' && loopback))
  }, 'is not an origin such as https://example.com')

/** What a frozen link keeps: a scope as it is now, or one look-up ("evidence link"). */
const frozenLookup = z.strictObject({
  query: traceQuery,
  /** True to keep UserIDs, device IDs and tokens as pseudonyms; false leaves them out. */
  pseudonyms: z.boolean().default(false),
})

export const shareContent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('live'), scope: shareScope }),
  z.strictObject({ kind: z.literal('frozen'), scope: shareScope }),
  z.strictObject({ kind: z.literal('lookup'), lookup: frozenLookup }),
])
export type ShareContent = z.infer<typeof shareContent>
/** What is written down once, when the link is created. */
export type FrozenContent = Exclude<ShareContent, { kind: 'live' }>
export type ShareKind = ShareContent['kind']

/**
 * What a link shows, as it is stored. Of a look-up it keeps no UserID: what the viewer may know of a person is in the frozen
 * copy alone, from which it can be erased.
 */
export const storedContent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('live'), scope: shareScope }),
  z.object({ kind: z.literal('frozen'), scope: shareScope }),
  z.object({
    kind: z.literal('lookup'),
    lookup: z.object({ pushId: z.string().nullable(), taskId: z.string().nullable(), pseudonyms: z.boolean() }),
  }),
])
export type StoredContent = z.infer<typeof storedContent>

/** A new link. `endsAt` at most 400 days ahead; 30 days by default, 7 for a look-up. */
export const createShareBody = z.strictObject({
  name,
  content: shareContent,
  endsAt: instant.optional(),
  password: password.optional(),
  /** Origins that may embed the link; none by default. */
  origins: z.array(origin).max(SHARE_LIMITS.origins).default([]),
  /** True to let chat apps show the link's name and key figures in a preview picture. */
  picture: z.boolean().default(false),
})
export type CreateShareBody = z.infer<typeof createShareBody>

/** A change to a link. `endsAt` renews it at the same address. `owner` hands it over to another administrator. */
export const changeShareBody = z.strictObject({
  name: name.optional(),
  endsAt: instant.optional(),
  paused: z.boolean().optional(),
  owner: z.string().max(100).optional(),
  origins: z.array(origin).max(SHARE_LIMITS.origins).optional(),
  picture: z.boolean().optional(),
})
export type ChangeShareBody = z.infer<typeof changeShareBody>

export const shareReply = z.object({
  id: z.string(),
  app: z.string(),
  name: z.string(),
  content: storedContent,
  state: z.enum(SHARE_STATES),
  /** Who answers for the link: it ends when they no longer administer the app. `name` null: removed. */
  owner: z.object({ kind: z.enum(['person', 'token']), id: z.string(), name: z.string().nullable() }),
  createdAt: instant,
  endsAt: instant,
  revokedAt: instant.nullable(),
  hasPassword: z.boolean(),
  origins: z.array(z.string()),
  picture: z.boolean(),
  lastOpenedAt: instant.nullable(),
  opens: z.number().int(),
  /** Networks of the last 7 days; `unusual` where they are many more than before. */
  networks: z.object({ count: z.number().int(), unusual: z.boolean() }),
  /** Of what a frozen link keeps; null for a live one. `erased`: a person was erased from it. */
  frozen: z.object({ at: instant, sha256: z.string(), bytes: z.number().int(), erased: z.boolean() }).nullable(),
})
export type ShareReply = z.infer<typeof shareReply>

/** The address with its secret is shown once, because only a hash of the secret is stored. */
export const createdShareReply = z.object({ share: shareReply, url: z.string() })
export type CreatedShareReply = z.infer<typeof createdShareReply>

/** The links of one app, or of every app that the reader administers. `cursor` is the `next` of the previous page. */
export const sharesQuery = z.strictObject({
  app: z.string().max(64).optional(),
  cursor: z
    .string()
    .regex(/^\d{1,12}\.[\w-]{1,64}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(SHARE_LIMITS.list).default(50),
})
export type SharesQuery = z.infer<typeof sharesQuery>
export const sharesReply = z.object({ items: z.array(shareReply), next: z.string().nullable() })
export type SharesReply = z.infer<typeof sharesReply>

const shareId = z.string().max(64)
export const shareKey = z.strictObject({ share: shareId })
export type ShareKey = z.infer<typeof shareKey>
export const changeShareQuery = shareKey.extend({ body: changeShareBody })
export type ChangeShareQuery = z.infer<typeof changeShareQuery>

/** Which links to revoke for good: all of an app, all of a person, or both conditions at once. */
export const revokeSharesBody = z
  .strictObject({ app: z.string().max(64).optional(), owner: z.string().max(100).optional() })
  .refine(({ app, owner }) => app !== undefined || owner !== undefined, 'needs an app or an owner')
export type RevokeSharesBody = z.infer<typeof revokeSharesBody>
/** How many links this call revoked. */
export const revokedSharesReply = z.object({ revoked: z.number().int() })
export type RevokedSharesReply = z.infer<typeof revokedSharesReply>

/** Who can own a link of the app: the people who administer it. */
export const shareOwnersReply = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      /** Whether the person administers every app. */
      everyApp: z.boolean(),
      /** Active links of this app that the person owns. */
      shares: z.number().int(),
    }),
  ),
  next: z.null(),
})
export type ShareOwnersReply = z.infer<typeof shareOwnersReply>

/** The openings of one link, newest first. */
export const shareOpensQuery = shareKey.extend({
  cursor: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(SHARE_LIMITS.list).default(50),
})
export type ShareOpensQuery = z.infer<typeof shareOpensQuery>

/** What became of an opening. */
export const OPEN_OUTCOMES = ['opened', 'refused', 'wrong_password'] as const

export const shareOpensReply = z.object({
  items: z.array(
    z.object({
      at: instant,
      /** Such as 203.0.113.0/24; null where the client's address is not known. */
      network: z.string().nullable(),
      /** The family of the client alone, such as Firefox. */
      client: z.string(),
      outcome: z.enum(OPEN_OUTCOMES),
    }),
  ),
  next: z.string().nullable(),
})
export type ShareOpensReply = z.infer<typeof shareOpensReply>
