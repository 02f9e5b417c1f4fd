import 'server-only'
import { actorOf, byAdministrator } from '@/lib/access/audit'
import type { Administrator } from '@/lib/access/authorize'
import { type AccessDeps, wallS } from '@/lib/access/deps'
import { grantsText } from '@/lib/access/grants-text'
import { endAllSessions } from '@/lib/access/sessions'
import { removeSecondFactor } from '@/lib/access/sign-in/reset-second-factor'
import type { ChangePersonQuery, GrantField, RemovePersonQuery } from '@/lib/contract/access/people'
import { PushlensError } from '@/lib/contract/errors'
import { checkedGrants, creatorNames, personOrThrow, recordAboutPerson, requireDone } from './person'

type Deps = Pick<
  AccessDeps,
  'master' | 'people' | 'withdrawals' | 'sessions' | 'shares' | 'tokens' | 'apps' | 'audit' | 'clock'
>

/**
 * Replaces a person's roles, or disables or enables them. It works on their next request: their sessions end. Throws
 * `not_found`, `last_administrator`, or `bad_request` for an unknown app.
 */
export async function changePerson(deps: Deps, by: Administrator, query: ChangePersonQuery): Promise<void> {
  const { person, grants, disabled, revokeTokens = false } = query
  if (grants) await setRoles(deps, by, person, grants)
  if (disabled === true) await disable(deps, by, person, revokeTokens)
  if (disabled === false) await enable(deps, by, person)
}

/**
 * Removes a person and their roles. Campaigns, notes and marks stay; their API tokens stay unless they are revoked. Shared
 * links that they own end, until somebody takes them over.
 */
export async function removePerson(
  deps: Deps,
  by: Administrator,
  { person: id, confirm, revokeTokens }: RemovePersonQuery,
): Promise<{ tokens: number; shares: number }> {
  const person = await personOrThrow(deps, id)
  if (confirm.trim().toLowerCase() !== person.email) {
    throw new PushlensError('bad_request', 'the confirmation is not the e-mail address of the person', 'confirm')
  }
  const shares = (await deps.shares.countByOwner(wallS(deps.clock))).get(actorOf({ kind: 'person', id })) ?? 0
  requireDone(await deps.withdrawals.remove(id, wallS(deps.clock)))
  const tokens = await endTokens(deps, id, revokeTokens)
  await recordAboutPerson(deps, by, 'person.remove', person, { tokens, shares })
  return { tokens, shares }
}

/** Turns off the second factor of a person who lost it, and ends their sessions. Throws `not_found`. */
export async function resetSecondFactorOf(
  deps: Deps & Pick<AccessDeps, 'secondFactors'>,
  by: Administrator,
  personId: string,
): Promise<{ wasOn: boolean }> {
  const person = await personOrThrow(deps, personId)
  return { wasOn: await removeSecondFactor(deps, person, byAdministrator(by)) }
}

/** Ends every session of a person and returns their number. Throws `not_found`. */
export async function endSessionsOf(deps: Deps, by: Administrator, personId: string): Promise<{ ended: number }> {
  const person = await personOrThrow(deps, personId)
  const ended = await endAllSessions(deps, personId)
  await recordAboutPerson(deps, by, 'person.sessions_end', person, { sessions: ended })
  return { ended }
}

async function setRoles(deps: Deps, by: Administrator, id: string, grants: GrantField[]): Promise<void> {
  const person = await personOrThrow(deps, id)
  const rows = await checkedGrants(deps, grants)
  requireDone(await deps.withdrawals.setGrants(id, rows, wallS(deps.clock)))
  await recordAboutPerson(deps, by, 'person.role', person, { roles: grantsText(rows) })
}

async function disable(deps: Deps, by: Administrator, id: string, revokeTokens: boolean): Promise<void> {
  const person = await personOrThrow(deps, id)
  const nowS = wallS(deps.clock)
  // Disabling again keeps the time of the first.
  requireDone(await deps.withdrawals.setDisabled(id, person.disabled_at ?? nowS, nowS))
  const tokens = await endTokens(deps, id, revokeTokens)
  await recordAboutPerson(deps, by, 'person.disable', person, { tokens })
}

async function enable(deps: Deps, by: Administrator, id: string): Promise<void> {
  const person = await personOrThrow(deps, id)
  requireDone(await deps.withdrawals.setDisabled(id, null, wallS(deps.clock)))
  await recordAboutPerson(deps, by, 'person.enable', person)
}

async function endTokens(deps: Deps, personId: string, revoke: boolean): Promise<number> {
  return revoke ? deps.tokens.revokeCreatedBy(creatorNames(personId), wallS(deps.clock)) : 0
}
