import 'server-only'
import { randomBytes, randomUUID } from 'node:crypto'
import { byAdministrator } from '@/lib/access/audit'
import type { Administrator } from '@/lib/access/authorize'
import { type AccessDeps, wallS } from '@/lib/access/deps'
import { grantsText } from '@/lib/access/grants-text'
import { plainHash } from '@/lib/access/keys/keyed-hash'
import { Secret } from '@/lib/access/keys/secret'
import { emailTaken } from '@/lib/access/sign-in/add-person'
import { normalEmail } from '@/lib/access/sign-in/email'
import { grantField, type InvitationReply, type InviteBody } from '@/lib/contract/access/people'
import { PushlensError } from '@/lib/contract/errors'
import { DAY, HOUR, RESET_HOURS } from '@/lib/contract/limits'
import type { InvitationRow } from '@/lib/store/people/invitations'
import { checkedGrants, grantFields, isoOf, personOrThrow, recordAboutPerson } from './person'

type Deps = Pick<AccessDeps, 'master' | 'people' | 'invitations' | 'apps' | 'audit' | 'clock'>

/** A link for one use. Only the hash of its secret is stored, so the secret can't be shown again. */
export interface NewLink {
  invitation: InvitationReply
  secret: Secret
}

/**
 * Makes a link by which somebody joins with these roles. It replaces an earlier one for the same address. Throws
 * `bad_request` with the field, or `conflict` if the person exists.
 */
export async function invitePerson(deps: Deps, by: Administrator, given: InviteBody): Promise<NewLink> {
  const email = normalEmail(given.email)
  if (!email) throw new PushlensError('bad_request', 'the e-mail address is invalid', 'email')
  if (await deps.people.byEmail(email)) throw emailTaken()
  const grants = await checkedGrants(deps, given.grants)
  const link = await saveLink(deps, by, { email, personId: null, grants: given.grants, lifeS: given.days * DAY })
  const detail = { roles: grantsText(grants), days: given.days }
  await recordAboutPerson(deps, by, 'person.invite', { id: link.invitation.id, email }, detail)
  return link
}

/** Makes a link by which a person sets a new password. Their sessions end when they use it. Throws `not_found`. */
export async function inviteToReset(deps: Deps, by: Administrator, personId: string): Promise<NewLink> {
  const person = await personOrThrow(deps, personId)
  const link = await saveLink(deps, by, { email: person.email, personId, grants: [], lifeS: RESET_HOURS * HOUR })
  await recordAboutPerson(deps, by, 'person.reset_link', person)
  return link
}

/** Returns the links that can still be used, newest first. */
export async function listInvitations(
  deps: Deps,
  _by: Administrator,
): Promise<{ items: InvitationReply[]; next: null }> {
  const rows = await deps.invitations.list(wallS(deps.clock))
  return { items: rows.map(replyOf), next: null }
}

/** Ends a link before it is used. Throws `not_found` for a used, revoked or unknown one. */
export async function revokeInvitation(deps: Deps, by: Administrator, id: string): Promise<InvitationReply> {
  const revoked = await deps.invitations.revoke(id)
  if (!revoked) throw new PushlensError('not_found', 'there is no such invitation')
  await recordAboutPerson(deps, by, 'person.invite_revoke', revoked)
  return replyOf(revoked)
}

interface LinkFor {
  email: string
  personId: string | null
  grants: InviteBody['grants']
  lifeS: number
}

async function saveLink(deps: Deps, by: Administrator, { email, personId, grants, lifeS }: LinkFor): Promise<NewLink> {
  const secret = new Secret(randomBytes(32).toString('base64url'))
  const nowS = wallS(deps.clock)
  const row: InvitationRow = {
    id: randomUUID(),
    token_hash: plainHash(secret.reveal()),
    person_id: personId,
    email,
    grants: JSON.stringify(grants),
    created_by: byAdministrator(by).actor,
    created_at: nowS,
    expires_at: nowS + lifeS,
  }
  await deps.invitations.removeExpired(nowS)
  await deps.invitations.save(row)
  return { invitation: replyOf(row), secret }
}

function replyOf(row: InvitationRow): InvitationReply {
  return {
    id: row.id,
    kind: row.person_id === null ? 'join' : 'reset',
    email: row.email,
    grants: grantsOfRow(row),
    createdAt: isoOf(row.created_at),
    expiresAt: isoOf(row.expires_at),
  }
}

/** Reads the stored roles. This column is written by `saveLink` only. */
export function grantsOfRow({ grants }: Pick<InvitationRow, 'grants'>): InviteBody['grants'] {
  const stored = grantField.array().parse(JSON.parse(grants))
  return grantFields(stored.map(({ app, role }) => ({ app_id: app, role })))
}
