import 'server-only'
import { byOf, recordAuditAs } from '@/lib/access/audit'
import type { Personal } from '@/lib/access/authorize'
import { type AccessDeps, wallS } from '@/lib/access/deps'
import { keyedHash } from '@/lib/access/keys/keyed-hash'
import { sessionReplies } from '@/lib/access/people/sessions-reply'
import type { PersonPrincipal } from '@/lib/access/principal'
import { endAllSessions } from '@/lib/access/sessions'
import { checkedName } from '@/lib/access/sign-in/add-person'
import { checkNewPassword } from '@/lib/access/sign-in/password-policy'
import { clearAttempts, countAttempt } from '@/lib/access/sign-in/throttle'
import type { AuditAction } from '@/lib/contract/access/audit-actions'
import type { SessionReply } from '@/lib/contract/access/people'
import type { PasswordBody, ProfileReply } from '@/lib/contract/access/profile'
import { PushlensError } from '@/lib/contract/errors'

const FREE_GUESSES = 5
type Deps = Pick<AccessDeps, 'master' | 'people' | 'sessions' | 'failures' | 'passwords' | 'audit' | 'clock'>
type Detail = Record<string, string | number>

/** Returns the signed-in person. */
export async function getProfile(deps: Deps, { person }: Personal<unknown>): Promise<ProfileReply> {
  const row = await deps.people.byId(person.id)
  if (!row) throw new PushlensError('not_signed_in', 'the person was removed meanwhile')
  const { id, email, name } = row
  return { id, email, name, grants: person.grants, password: row.password_hash !== null }
}

/** Changes the name by which others see the person. Throws `bad_request` with the field. */
export async function changeName(deps: Deps, me: Personal<{ name: string }>): Promise<ProfileReply> {
  await deps.people.setName(me.person.id, checkedName(me.query.name))
  await record(deps, me.person, 'profile.name')
  return getProfile(deps, me)
}

/**
 * Sets a new password and ends the person's other sessions. Throws `bad_credentials` with field `current` for a wrong
 * one, TooManyAttempts, or `bad_request` with field `password`.
 */
export async function changePassword(
  deps: Deps,
  { person, query }: Personal<PasswordBody>,
): Promise<{ ended: number }> {
  // A stolen session must not become a way to guess the password.
  const subject = keyedHash(deps.master, 'account', `password of ${person.id}`)
  const limit = { subject, free: FREE_GUESSES }
  await countAttempt(deps, limit)
  const row = await deps.people.byId(person.id)
  if (!row || !(await deps.passwords.verify(query.current, row.password_hash))) {
    throw new PushlensError('bad_credentials', 'the current password is wrong', 'current')
  }
  await clearAttempts(deps, limit)
  await checkNewPassword(query.password, person)
  await deps.people.setPassword(person.id, await deps.passwords.hash(query.password))
  const ended = await endAllSessions(deps, person.id, person.sessionIdHash)
  await record(deps, person, 'profile.password', { sessions: ended })
  return { ended }
}

/** Returns the person's active sessions, newest sign-in first. */
export async function listSessions(
  deps: Deps,
  { person }: Personal<unknown>,
): Promise<{ items: SessionReply[]; next: null }> {
  return { items: await sessionReplies(deps, person.id, person.sessionIdHash), next: null }
}

/** Ends one of the person's sessions. Throws `not_found` for one that has ended, is unknown or is another person's. */
export async function endOwnSession(deps: Deps, me: Personal<{ session: string }>): Promise<{ ended: number }> {
  const { person, query } = me
  if (!(await deps.sessions.revokeOf(person.id, query.session, wallS(deps.clock)))) {
    throw new PushlensError('not_found', 'there is no such session')
  }
  await record(deps, person, 'profile.session_end', { sessions: 1 })
  return { ended: 1 }
}

/** Ends every session of the person but the one that asks. */
export async function endOtherSessions(deps: Deps, { person }: Personal<unknown>): Promise<{ ended: number }> {
  const ended = await endAllSessions(deps, person.id, person.sessionIdHash)
  await record(deps, person, 'profile.session_end', { sessions: ended })
  return { ended }
}

function record(deps: Deps, person: PersonPrincipal, action: AuditAction, detail: Detail = {}): Promise<void> {
  const subjectHash = keyedHash(deps.master, 'account', person.email)
  return recordAuditAs(deps, { ...byOf(person), action, subjectHash, detail })
}
