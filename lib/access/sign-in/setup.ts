import 'server-only'
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { addressBlock, networkOf } from '@/lib/access/address'
import { byOf, recordAuditAs } from '@/lib/access/audit'
import type { AccessDeps } from '@/lib/access/deps'
import { keyedHash, plainHash } from '@/lib/access/keys/keyed-hash'
import { Secret } from '@/lib/access/keys/secret'
import { PushlensError } from '@/lib/contract/errors'
import { emailTaken, type NewPerson, personRow } from './add-person'
import { clearAttempts, countAttempt } from './throttle'

const SETTING = 'setup_token_hash'
const FREE_GUESSES = 5

type Deps = Pick<AccessDeps, 'master' | 'people' | 'settings' | 'failures' | 'passwords' | 'audit' | 'clock'>

/** Returns true while there is no administrator. Afterwards the set-up page and verb answer `not_found`. */
export async function isSetupOpen(deps: Pick<Deps, 'people'>): Promise<boolean> {
  return !(await deps.people.hasAdministrator())
}

/**
 * Issues a set-up token at each start, for the log, and replaces the earlier one. Returns null if there is an
 * administrator.
 */
export async function issueSetupToken(deps: Pick<Deps, 'people' | 'settings'>): Promise<Secret | null> {
  if (!(await isSetupOpen(deps))) return null
  const text = randomBytes(32).toString('base64url')
  await deps.settings.set(SETTING, plainHash(text))
  return new Secret(text)
}

/**
 * Creates the first administrator and returns the person's id. Of two concurrent calls, one wins. Throws `not_found` if
 * there is an administrator, `bad_credentials` for a wrong token, TooManyAttempts, or `bad_request` with the field. The
 * token stays valid after an error.
 */
export async function setup(deps: Deps, given: NewPerson & { token: string; address: string }): Promise<string> {
  if (!(await isSetupOpen(deps))) throw setupClosed()
  const limit = { subject: keyedHash(deps.master, 'setup', addressBlock(given.address)), free: FREE_GUESSES }
  await countAttempt(deps, limit)
  if (!isToken(given.token, await deps.settings.get(SETTING))) {
    // A concurrent call may have used the token up since the first check.
    if (!(await isSetupOpen(deps))) throw setupClosed()
    throw new PushlensError('bad_credentials', 'the setup token is not the one in the log', 'token')
  }
  await clearAttempts(deps, limit)

  const person = await personRow(deps, given)
  const outcome = await deps.people.createFirstAdministrator(person)
  if (outcome === 'too_late') throw setupClosed()
  if (outcome === 'email_taken') throw emailTaken()
  await deps.settings.set(SETTING, '')
  await recordAuditAs(deps, {
    ...byOf({ kind: 'person', id: person.id, network: networkOf(given.address) }),
    action: 'setup',
    subjectHash: keyedHash(deps.master, 'account', person.email),
  })
  return person.id
}

function isToken(text: string, storedHash: string | null): boolean {
  const hash = plainHash(text)
  return (
    storedHash !== null &&
    storedHash.length === hash.length &&
    timingSafeEqual(Buffer.from(storedHash), Buffer.from(hash))
  )
}

function setupClosed(): PushlensError {
  return new PushlensError('not_found', 'an administrator already exists')
}
