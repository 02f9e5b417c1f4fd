import 'server-only'
import { addressBlock, networkOf } from '@/lib/access/address'
import { actorOf, countFailedSignIn, recordAuditAs } from '@/lib/access/audit'
import { type AccessDeps, wallS } from '@/lib/access/deps'
import { keyedHash } from '@/lib/access/keys/keyed-hash'
import type { Secret } from '@/lib/access/keys/secret'
import { PushlensError } from '@/lib/contract/errors'
import { issueDeviceCookie, readDeviceCookie } from './device-cookie'
import { normalEmail } from './email'
import { type AttemptLimit, clearAttempts, countAttempt, refundAttempt } from './throttle'

const FREE_PER_ACCOUNT = 5
const FREE_PER_ADDRESS = 30

export interface Attempt {
  email: string
  password: string
  /** The client's address, from the front door. */
  address: string
  /** The value of the device cookie, if the browser sent one. */
  device: string | null
}
export interface SignedIn {
  personId: string
  name: string
  email: string
  /** A new device cookie for this browser. */
  device: Secret
}
type Deps = Pick<AccessDeps, 'master' | 'people' | 'failures' | 'passwords' | 'audit' | 'clock'>

/**
 * Returns the person with these credentials. Throws TooManyAttempts, or `bad_credentials`, which is the same for an
 * unknown person, a wrong password and a disabled person. The caller creates the session.
 */
export async function signIn(deps: Deps, attempt: Attempt): Promise<SignedIn> {
  const email = normalEmail(attempt.email)
  const limits = limitsOf(deps, email ?? attempt.email, attempt)
  for (const limit of [limits.address, limits.person]) if (limit) await countAttempt(deps, limit)

  const person = email ? await deps.people.byEmail(email) : null
  const right = await deps.passwords.verify(attempt.password, person?.password_hash ?? null)
  if (!person || !right || person.disabled_at !== null) {
    await countFailedSignIn(deps, { personId: person?.id ?? null, address: attempt.address })
    throw new PushlensError('bad_credentials', 'the sign-in was refused')
  }
  if (limits.address) await refundAttempt(deps, limits.address)
  await clearAttempts(deps, limits.person)
  const actor = actorOf({ kind: 'person', id: person.id })
  const subjectHash = keyedHash(deps.master, 'account', person.email)
  await recordAuditAs(deps, { actor, action: 'sign_in', subjectHash, address: networkOf(attempt.address) })
  const device = issueDeviceCookie(deps.master, person.email, wallS(deps.clock))
  return { personId: person.id, name: person.name, email: person.email, device }
}

/** Attempts of a known device are counted per device. All others are counted per account and per address. */
function limitsOf(deps: Deps, email: string, attempt: Attempt): { address: AttemptLimit | null; person: AttemptLimit } {
  const device = readDeviceCookie(deps.master, email, attempt.device, wallS(deps.clock))
  if (device !== null) {
    return { address: null, person: { subject: keyedHash(deps.master, 'device', device), free: FREE_PER_ACCOUNT } }
  }
  const block = addressBlock(attempt.address)
  return {
    address: { subject: keyedHash(deps.master, 'address', block), free: FREE_PER_ADDRESS },
    person: { subject: keyedHash(deps.master, 'account', email), free: FREE_PER_ACCOUNT },
  }
}
