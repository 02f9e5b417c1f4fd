import 'server-only'
import { byOf, recordAuditAs } from '@/lib/access/audit'
import { type AccessDeps, wallS } from '@/lib/access/deps'
import { keyedHash } from '@/lib/access/keys/keyed-hash'
import { createPersonKey } from '@/lib/access/keys/person-key'
import { Secret } from '@/lib/access/keys/secret'
import { acceptCode } from '@/lib/access/second-factor/accept-code'
import { openFactor, sealFactor } from '@/lib/access/second-factor/factor-secret'
import { hashRecoveryCode, newRecoveryCodes } from '@/lib/access/second-factor/recovery-codes'
import { isSecondFactorRequired } from '@/lib/access/second-factor/required-roles'
import { newTotpSecret, stepOfCode } from '@/lib/access/second-factor/totp'
import type { AuditAction } from '@/lib/contract/access/audit-actions'
import { PushlensError } from '@/lib/contract/errors'
import type { SecondFactor } from '@/lib/store/people/second-factors'
import { clearAttempts, countAttempt } from './throttle'

const FREE_TRIES = 5

/** The signed-in person. A stolen session can change nothing: each change also needs the password or a code. */
export interface Self {
  id: string
  email: string
  /** The network of the request, for the audit; null or absent where it is not known. */
  network?: string | null
}
type Deps = Pick<
  AccessDeps,
  'master' | 'people' | 'secondFactors' | 'settings' | 'failures' | 'passwords' | 'audit' | 'clock'
>

/**
 * Starts a set-up and returns the new secret in base32. Needs the password and, where a second factor is on, a code of
 * it; the old one stays valid until `confirmSecondFactor`. `password` null: the person has just signed in with it and
 * can't do anything else. Throws `bad_credentials`, `code_needed`, `bad_code` or TooManyAttempts.
 */
export async function startSecondFactor(
  deps: Deps,
  self: Self,
  given: { password: string | null; code: string | null },
): Promise<Secret> {
  const factor = await factorOf(deps, self)
  const limit = limitOf(deps, self)
  await countAttempt(deps, limit)
  if (given.password !== null) await checkPassword(deps, self, given.password)
  if (factor.sealed !== null) await checkCode(deps, self, given.code)
  await clearAttempts(deps, limit)
  const secret = newTotpSecret()
  const dataKey = await deps.secondFactors.ensureKey(self.id, createPersonKey(deps.master, self.id))
  await deps.secondFactors.setPending(self.id, sealFactor(deps, { id: self.id, dataKey }, 'pending', secret))
  return new Secret(secret)
}

/**
 * Turns the second factor on with a first code of the new secret, and returns the recovery codes, once. Throws `conflict`
 * where nothing was started, `bad_code` or TooManyAttempts.
 */
export async function confirmSecondFactor(deps: Deps, self: Self, code: string): Promise<string[]> {
  const { pending, dataKey } = await factorOf(deps, self)
  if (pending === null || dataKey === null) throw nothingToChange()
  const limit = limitOf(deps, self)
  await countAttempt(deps, limit)
  const person = { id: self.id, dataKey }
  const secret = openFactor(deps, person, 'pending', pending)
  const step = stepOfCode(secret, code.replace(/\s/g, ''), deps.clock.wallMs())
  if (step === null) throw badCode()
  await clearAttempts(deps, limit)
  const codes = newRecoveryCodes()
  const done = await deps.secondFactors.confirm(self.id, {
    pending,
    sealed: sealFactor(deps, person, 'confirmed', secret),
    step,
    at: wallS(deps.clock),
    codeHashes: hashesOf(codes),
  })
  if (!done) throw nothingToChange()
  await record(deps, self, 'second_factor.on')
  return codes
}

/** Replaces all recovery codes and returns the new ones, once. Throws `conflict` where the second factor is off. */
export async function renewRecoveryCodes(deps: Deps, self: Self, code: string): Promise<string[]> {
  await proveCode(deps, self, code)
  const codes = newRecoveryCodes()
  await deps.secondFactors.replaceRecoveryCodes(self.id, hashesOf(codes))
  await record(deps, self, 'second_factor.recovery_codes')
  return codes
}

/** Turns the second factor off. Throws `forbidden` where the person's role needs it, and `conflict` where it is off. */
export async function turnOffSecondFactor(deps: Deps, self: Self, code: string): Promise<void> {
  if (await isSecondFactorRequired(deps, self.id)) {
    throw new PushlensError('forbidden', "the person's role needs a second factor")
  }
  await proveCode(deps, self, code)
  await deps.secondFactors.remove(self.id)
  await record(deps, self, 'second_factor.off')
}

async function proveCode(deps: Deps, self: Self, code: string): Promise<void> {
  if ((await factorOf(deps, self)).sealed === null) throw nothingToChange()
  const limit = limitOf(deps, self)
  await countAttempt(deps, limit)
  await checkCode(deps, self, code)
  await clearAttempts(deps, limit)
}

async function factorOf(deps: Deps, { id }: Self): Promise<SecondFactor> {
  const factor = await deps.secondFactors.get(id)
  if (!factor) throw new PushlensError('not_found', 'there is no such person')
  return factor
}

async function checkPassword(deps: Deps, { id, email }: Self, password: string): Promise<void> {
  const person = await deps.people.byEmail(email)
  const right = await deps.passwords.verify(password, person?.password_hash ?? null, {
    line: id,
    known: true,
    attempts: 0,
  })
  if (!right) throw new PushlensError('bad_credentials', 'the password is wrong', 'password')
}

async function checkCode(deps: Deps, { id }: Self, code: string | null): Promise<void> {
  if (code === null) throw new PushlensError('code_needed', 'the change needs a code', 'code')
  if (!(await acceptCode(deps, id, code))) throw badCode()
}

function limitOf({ master }: Deps, { id }: Self) {
  return { subject: keyedHash(master, 'account', JSON.stringify(['second factor', id])), free: FREE_TRIES }
}

function hashesOf(codes: string[]): string[] {
  return codes.flatMap((code) => hashRecoveryCode(code) ?? [])
}

function record(deps: Deps, { email, ...self }: Self, action: AuditAction): Promise<void> {
  const subjectHash = keyedHash(deps.master, 'account', email)
  return recordAuditAs(deps, { ...byOf({ kind: 'person', ...self }), action, subjectHash })
}

function badCode(): PushlensError {
  return new PushlensError('bad_code', 'the code was refused', 'code')
}

function nothingToChange(): PushlensError {
  return new PushlensError('conflict', 'the second factor was changed in the meantime')
}
