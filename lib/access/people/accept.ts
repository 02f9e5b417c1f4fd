import 'server-only'
import { byOf, recordAuditAs } from '@/lib/access/audit'
import { type AccessDeps, wallS } from '@/lib/access/deps'
import { grantsText } from '@/lib/access/grants-text'
import { keyedHash, plainHash } from '@/lib/access/keys/keyed-hash'
import { emailTaken, personRow } from '@/lib/access/sign-in/add-person'
import { checkNewPassword } from '@/lib/access/sign-in/password-policy'
import type { AuditAction } from '@/lib/contract/access/audit-actions'
import type { AcceptBody, OpenInvitationReply } from '@/lib/contract/access/people'
import { PushlensError } from '@/lib/contract/errors'
import type { InvitationRow } from '@/lib/store/people/invitations'
import { grantsOfRow } from './invite'
import { isoOf, personOrThrow } from './person'

const SECRET = /^[A-Za-z0-9_-]{43}$/
/** `network` is that of the request, for the audit. */
type Accepted = AcceptBody & { network: string | null }
type Deps = Pick<AccessDeps, 'master' | 'people' | 'invitations' | 'passwords' | 'audit' | 'clock'>

/** Returns what a link is for. Throws `not_found`, the same for an unknown, used, revoked and expired link. */
export async function openInvitation(deps: Deps, secret: string): Promise<OpenInvitationReply> {
  const row = await usableInvitation(deps, secret)
  const person = row.person_id === null ? null : await personOrThrow(deps, row.person_id)
  return {
    kind: person ? 'reset' : 'join',
    email: row.email,
    name: person?.name ?? null,
    expiresAt: isoOf(row.expires_at),
  }
}

/**
 * Uses a link: adds the person, or sets their new password and ends their sessions. Of concurrent calls, one succeeds.
 * Throws `not_found` as `openInvitation` does, or `bad_request` with the field; then the link can still be used.
 */
export async function acceptInvitation(deps: Deps, given: Accepted): Promise<{ email: string }> {
  const row = await usableInvitation(deps, given.secret)
  await (row.person_id === null ? join(deps, row, given) : resetBy(deps, row, row.person_id, given))
  return { email: row.email }
}

async function join(deps: Deps, row: InvitationRow, given: Accepted): Promise<void> {
  const person = await personRow(deps, { email: row.email, name: given.name ?? '', password: given.password })
  const grants = grantsOfRow(row).map(({ app, role }) => ({ app_id: app, role }))
  const outcome = await deps.invitations.join(row.token_hash, { person, grants }, wallS(deps.clock))
  if (outcome === 'unusable') throw unusable()
  if (outcome === 'email_taken') throw emailTaken()
  await record(
    deps,
    row,
    'person.join',
    { id: person.id, network: given.network },
    { invitation: row.id, roles: grantsText(grants) },
  )
}

async function resetBy(deps: Deps, row: InvitationRow, personId: string, given: Accepted): Promise<void> {
  const person = await personOrThrow(deps, personId)
  await checkNewPassword(given.password, person)
  const hash = await deps.passwords.hash(given.password)
  if (!(await deps.invitations.resetPassword(row.token_hash, hash, wallS(deps.clock)))) throw unusable()
  await record(deps, row, 'person.reset', { id: personId, network: given.network }, {})
}

async function usableInvitation(deps: Deps, secret: string): Promise<InvitationRow> {
  const row = SECRET.test(secret) ? await deps.invitations.usable(plainHash(secret), wallS(deps.clock)) : null
  if (!row) throw unusable()
  return row
}

function record(
  deps: Deps,
  row: InvitationRow,
  action: AuditAction,
  { id, network }: { id: string; network: string | null },
  detail: Record<string, string>,
) {
  const by = byOf({ kind: 'person', id, network })
  const subjectHash = keyedHash(deps.master, 'account', row.email)
  return recordAuditAs(deps, { ...by, action, subjectHash, detail: { id, ...detail } })
}

function unusable(): PushlensError {
  return new PushlensError('not_found', 'the link was used, revoked or has expired')
}
