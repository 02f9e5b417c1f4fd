import 'server-only'
import { recordAuditAs } from '@/lib/access/audit'
import type { AccessDeps } from '@/lib/access/deps'
import { keyedHash } from '@/lib/access/keys/keyed-hash'
import { endAllSessions } from '@/lib/access/sessions'
import { PushlensError } from '@/lib/contract/errors'
import { normalEmail } from './email'

type Deps = Pick<AccessDeps, 'master' | 'people' | 'secondFactors' | 'sessions' | 'audit' | 'clock'>

/**
 * Removes the second factor of a person who lost their device and recovery codes, and ends all their sessions. Returns
 * whether it was on. `actor` is who acts, for the audit. Throws `not_found` for an unknown address.
 */
export async function resetSecondFactor(deps: Deps, address: string, actor: string): Promise<boolean> {
  const email = normalEmail(address)
  const person = email ? await deps.people.byEmail(email) : null
  if (!email || !person) throw new PushlensError('not_found', 'no person has this e-mail address')
  const wasOn = await deps.secondFactors.remove(person.id)
  await endAllSessions(deps, person.id)
  const subjectHash = keyedHash(deps.master, 'account', email)
  await recordAuditAs(deps, { actor, action: 'second_factor.reset', subjectHash })
  return wasOn
}
