import 'server-only'
import { BY_COMMAND_LINE, type By, recordAuditAs } from '@/lib/access/audit'
import type { AccessDeps } from '@/lib/access/deps'
import { keyedHash } from '@/lib/access/keys/keyed-hash'
import { endAllSessions } from '@/lib/access/sessions'
import { PushlensError } from '@/lib/contract/errors'
import type { Self } from './change-second-factor'
import { normalEmail } from './email'

type Deps = Pick<AccessDeps, 'master' | 'people' | 'secondFactors' | 'sessions' | 'audit' | 'clock'>

/**
 * Removes the second factor of a person who lost their device and recovery codes, and ends all their sessions. Returns
 * whether it was on.
 */
export async function removeSecondFactor(deps: Deps, person: Pick<Self, 'id' | 'email'>, by: By): Promise<boolean> {
  const wasOn = await deps.secondFactors.remove(person.id)
  await endAllSessions(deps, person.id)
  const subjectHash = keyedHash(deps.master, 'account', person.email)
  await recordAuditAs(deps, { ...by, action: 'second_factor.reset', subjectHash, detail: { id: person.id } })
  return wasOn
}

/** Does the same from the command line, by e-mail address. Throws `not_found` for an unknown one. */
export async function resetSecondFactor(deps: Deps, address: string): Promise<boolean> {
  const email = normalEmail(address)
  const person = email ? await deps.people.byEmail(email) : null
  if (!person) throw new PushlensError('not_found', 'no person has this e-mail address')
  return removeSecondFactor(deps, person, BY_COMMAND_LINE)
}
