import 'server-only'
import { BY_COMMAND_LINE, recordAuditAs } from '@/lib/access/audit'
import type { AccessDeps } from '@/lib/access/deps'
import { keyedHash } from '@/lib/access/keys/keyed-hash'
import { endAllSessions } from '@/lib/access/sessions'
import { PushlensError } from '@/lib/contract/errors'
import { normalEmail } from './email'
import { checkNewPassword } from './password-policy'

type Deps = Pick<AccessDeps, 'master' | 'people' | 'sessions' | 'passwords' | 'audit' | 'clock'>

/**
 * Sets a new password from the command line and ends every session of the person. Throws `not_found` for an unknown
 * address.
 */
export async function resetPassword(deps: Deps, address: string, password: string): Promise<void> {
  const email = normalEmail(address)
  const person = email ? await deps.people.byEmail(email) : null
  if (!email || !person) throw new PushlensError('not_found', 'no person has this e-mail address')
  await checkNewPassword(password, person)
  await deps.people.setPassword(person.id, await deps.passwords.hash(password))
  await endAllSessions(deps, person.id)
  const subjectHash = keyedHash(deps.master, 'account', email)
  await recordAuditAs(deps, { ...BY_COMMAND_LINE, action: 'person.reset', subjectHash, detail: { person: person.id } })
}
