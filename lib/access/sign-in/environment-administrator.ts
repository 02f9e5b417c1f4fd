import 'server-only'
import { BY_ENVIRONMENT, recordAuditAs } from '@/lib/access/audit'
import type { AccessDeps } from '@/lib/access/deps'
import { grantsText } from '@/lib/access/grants-text'
import { keyedHash } from '@/lib/access/keys/keyed-hash'
import { PushlensError } from '@/lib/contract/errors'
import { addPerson } from './add-person'
import { normalEmail } from './email'

type Deps = Pick<AccessDeps, 'master' | 'people' | 'passwords' | 'audit' | 'clock'>

/**
 * Creates the first administrator from ADMIN_EMAIL and ADMIN_PASSWORD at start, if there is none and no person has that
 * address. Never changes an existing person, and never brings a removed one back. Throws `bad_request` for a refused address or password, which should end the start with exit code
 * 78.
 */
export async function ensureAdministrator(
  deps: Deps,
  given: { email: string; password: string },
): Promise<'created' | 'exists'> {
  const email = normalEmail(given.email)
  if (email && (await deps.people.byEmail(email))) return 'exists'
  if (await deps.people.hasAdministrator()) return 'exists'
  try {
    const name = given.email.split('@')[0] ?? ''
    const id = await addPerson(deps, { ...given, name }, [{ app: '*', role: 'admin' }])
    await recordAuditAs(deps, {
      ...BY_ENVIRONMENT,
      action: 'person.add',
      subjectHash: keyedHash(deps.master, 'account', email ?? ''),
      detail: { person: id, roles: grantsText([{ app_id: '*', role: 'admin' }]) },
    })
    return 'created'
  } catch (error) {
    // Another replica started at the same time and created the person first.
    if (error instanceof PushlensError && error.code === 'conflict') return 'exists'
    throw error
  }
}
