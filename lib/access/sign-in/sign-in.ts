import 'server-only'
import { networkOf } from '@/lib/access/address'
import { byOf, countFailedSignIn, recordAuditAs } from '@/lib/access/audit'
import { type AccessDeps, wallS } from '@/lib/access/deps'
import { keyedHash } from '@/lib/access/keys/keyed-hash'
import type { Secret } from '@/lib/access/keys/secret'
import { acceptCode } from '@/lib/access/second-factor/accept-code'
import { PushlensError } from '@/lib/contract/errors'
import type { PersonRow } from '@/lib/store/people/people'
import { countTry, type Try } from './count-attempt'
import { issueDeviceCookie } from './device-cookie'
import { normalEmail } from './email'

export interface Attempt extends Omit<Try, 'step'> {
  password: string
  /** A code of the authenticator app, or a recovery code, where one was typed. */
  code?: string | null
}
export interface SignedIn {
  personId: string
  name: string
  email: string
  /** A new device cookie for this browser. */
  device: Secret
}
type Deps = Pick<AccessDeps, 'master' | 'people' | 'secondFactors' | 'failures' | 'passwords' | 'audit' | 'clock'>

/**
 * Returns the person with these credentials. Throws TooManyAttempts, or `bad_credentials`, which is the same for an
 * unknown person, a wrong password and a disabled person. With the right password of a person who has a second factor,
 * throws `code_needed` without a code and `bad_code` for a wrong or used one. The caller creates the session.
 */
export async function signIn(deps: Deps, attempt: Attempt): Promise<SignedIn> {
  const email = normalEmail(attempt.email)
  const from = { email: email ?? attempt.email, address: attempt.address, device: attempt.device }
  const subjectHash = keyedHash(deps.master, 'account', from.email)
  const counted = await countTry(deps, { ...from, step: 'password' })

  const person = email ? await deps.people.byEmail(email) : null
  const right = await deps.passwords.verify(attempt.password, person?.password_hash ?? null, counted.turn)
  if (!person || !right || person.disabled_at !== null) {
    await countFailedSignIn(deps, { personId: person?.id ?? null, address: attempt.address })
    throw new PushlensError('bad_credentials', 'the sign-in was refused')
  }
  await counted.succeeded()
  const used = await secondFactor(deps, person, { ...from, code: attempt.code ?? null })

  const by = byOf({ kind: 'person', id: person.id, network: networkOf(attempt.address) })
  await recordAuditAs(deps, { ...by, action: 'sign_in', subjectHash, detail: used ? { code: used } : {} })
  const device = issueDeviceCookie(deps.master, person.email, wallS(deps.clock))
  return { personId: person.id, name: person.name, email: person.email, device }
}

/** Returns the kind of the accepted code; null for a person without a second factor. */
async function secondFactor(
  deps: Deps,
  person: PersonRow,
  { code, ...from }: Omit<Try, 'step'> & { code: string | null },
) {
  if (person.totp_sealed === null) return null
  if (code === null) throw new PushlensError('code_needed', 'the sign-in needs a code')
  const counted = await countTry(deps, { ...from, step: 'code' })
  const used = await acceptCode(deps, person.id, code)
  if (!used) {
    await countFailedSignIn(deps, { personId: person.id, address: from.address })
    throw new PushlensError('bad_code', 'the code was refused', 'code')
  }
  await counted.succeeded()
  return used
}
