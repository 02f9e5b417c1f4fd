import { z } from 'zod'
import { instant } from '../freshness'
import { INVITATION_DAYS } from '../limits'
import { ROLES } from '../roles'

const MAX_GRANTS = 200
const id = z.string().min(1).max(64)

/** A role on one app, or on every app. */
export const grantField = z.strictObject({ app: id, role: z.enum(ROLES) })
export type GrantField = z.infer<typeof grantField>

const grants = z
  .array(grantField)
  .max(MAX_GRANTS)
  .refine((all) => new Set(all.map(({ app }) => app)).size === all.length, 'names an app twice')

export const noFields = z.strictObject({})

/**
 * `lastSeenAt`: null without a session in the last 7 days. `tokens`: active API tokens that the person created. `shares`:
 * shared links that the person owns and that have not ended. They end with the person's role.
 */
export const personReply = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  grants: z.array(grantField),
  createdAt: instant,
  /** Two-factor authentication is on. */
  secondFactor: z.boolean(),
  disabledAt: instant.nullable(),
  lastSeenAt: instant.nullable(),
  sessions: z.number().int(),
  tokens: z.number().int(),
  shares: z.number().int(),
})
export type PersonReply = z.infer<typeof personReply>
export const peopleReply = z.object({ items: z.array(personReply), next: z.null() })

/**
 * One change at a time, so that a refused one leaves nothing half done. `grants` replaces all roles. `revokeTokens` counts
 * with `disabled: true` only.
 */
export const changePersonQuery = z
  .strictObject({
    person: id,
    grants: grants.optional(),
    disabled: z.boolean().optional(),
    revokeTokens: z.boolean().optional(),
  })
  .refine(({ grants, disabled }) => (grants === undefined) !== (disabled === undefined), 'needs grants or disabled')
export type ChangePersonQuery = z.infer<typeof changePersonQuery>

/** The e-mail address is typed again, because removing cannot be undone. */
export const removePersonQuery = z.strictObject({
  person: id,
  confirm: z.string().max(254),
  revokeTokens: z.boolean(),
})
export type RemovePersonQuery = z.infer<typeof removePersonQuery>
/** `tokens`: API tokens that were revoked. `shares`: shared links that ended because nobody owns them now. */
export const removedReply = z.object({ tokens: z.number().int(), shares: z.number().int() })

export const secondFactorResetReply = z.object({ wasOn: z.boolean() })

export const personQuery = z.strictObject({ person: id })

/** A session as people see it. `id` can't be used to sign in. `device` is the User-Agent header. */
export const sessionReply = z.object({
  id: z.string(),
  current: z.boolean(),
  createdAt: instant,
  seenAt: instant,
  expiresAt: instant,
  address: z.string(),
  device: z.string(),
})
export type SessionReply = z.infer<typeof sessionReply>
export const sessionsReply = z.object({ items: z.array(sessionReply), next: z.null() })
export const endedReply = z.object({ ended: z.number().int() })

export const inviteBody = z.strictObject({
  email: z.string().min(1).max(254),
  grants: grants.min(1),
  days: z.number().int().min(1).max(INVITATION_DAYS.longest).default(INVITATION_DAYS.usual),
})
export type InviteBody = z.infer<typeof inviteBody>

/** `kind` reset: the link sets a new password for a person who exists. */
export const invitationReply = z.object({
  id: z.string(),
  kind: z.enum(['join', 'reset']),
  email: z.string(),
  grants: z.array(grantField),
  createdAt: instant,
  expiresAt: instant,
})
export type InvitationReply = z.infer<typeof invitationReply>
export const invitationsReply = z.object({ items: z.array(invitationReply), next: z.null() })
export const invitationQuery = z.strictObject({ invitation: id })

/** The whole link is answered once. Only a hash of its secret is stored. */
export const newLinkReply = invitationReply.extend({ link: z.string() })
export type NewLinkReply = z.infer<typeof newLinkReply>

const secret = z.string().min(1).max(100)
export const invitationSecret = z.strictObject({ secret })
/** What somebody with the link may know before they use it. `name` is null for a new person. */
export const openInvitationReply = z.object({
  kind: z.enum(['join', 'reset']),
  email: z.string(),
  name: z.string().nullable(),
  expiresAt: instant,
})
export type OpenInvitationReply = z.infer<typeof openInvitationReply>

/** `name` is needed to join, and not used to set a new password. */
export const acceptBody = z.strictObject({
  secret,
  name: z.string().max(80).optional(),
  password: z.string().min(1).max(256),
})
export type AcceptBody = z.infer<typeof acceptBody>
export const acceptedReply = z.object({ email: z.string() })
