import 'server-only'
import { randomUUID } from 'node:crypto'
import { type AccessDeps, wallS } from '@/lib/access/deps'
import type { Grant } from '@/lib/access/principal'
import { PushlensError } from '@/lib/contract/errors'
import type { PersonRow } from '@/lib/store/people/people'
import { normalEmail } from './email'
import { checkNewPassword } from './password-policy'

const MAX_NAME_LENGTH = 80

export interface NewPerson {
  email: string
  name: string
  password: string
}
type Deps = Pick<AccessDeps, 'people' | 'passwords' | 'clock'>

/**
 * Adds a person and returns the id. Throws `bad_request` with the field, or `conflict` if the e-mail address is taken.
 */
export async function addPerson(deps: Deps, given: NewPerson, grants: Grant[]): Promise<string> {
  const person = await personRow(deps, given)
  const created = await deps.people.create({
    person,
    grants: grants.map(({ app, role }) => ({ app_id: app, role })),
  })
  if (!created) throw emailTaken()
  return person.id
}

/** Returns the validated row of a new person, with the password hashed. Writes nothing. */
export async function personRow(deps: Omit<Deps, 'people'>, given: NewPerson): Promise<PersonRow> {
  const email = normalEmail(given.email)
  if (!email) throw new PushlensError('bad_request', 'the e-mail address is invalid', 'email')
  const name = checkedName(given.name)
  await checkNewPassword(given.password, { email, name })
  return {
    id: randomUUID(),
    email,
    name,
    password_hash: await deps.passwords.hash(given.password),
    totp_sealed: null,
    disabled_at: null,
    created_at: wallS(deps.clock),
  }
}

/** Returns the name without surrounding space. Throws `bad_request` with the field. */
export function checkedName(given: string): string {
  const name = given.trim()
  if (name !== '' && name.length <= MAX_NAME_LENGTH) return name
  throw new PushlensError('bad_request', `the name must have 1 to ${MAX_NAME_LENGTH} characters`, 'name')
}

export function emailTaken(): PushlensError {
  return new PushlensError('conflict', 'the e-mail address is taken', 'email')
}
