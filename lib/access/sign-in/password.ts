import 'server-only'
import { hash, verify } from '@node-rs/argon2'
import { MAX_PASSWORD_LENGTH, normalPassword } from './password-policy'
import { turnstile } from './turnstile'

/** argon2id (the library's default kind), above the least that OWASP names (19 MiB, 2 passes). Memory in KiB. */
const COST = { memoryCost: 32_768, timeCost: 3, parallelism: 1 }
/** Nobody's password: it costs an unknown person's sign-in the same work. */
const DUMMY = `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`
const AT_ONCE = 2
const IN_LINE = 64

export interface Passwords {
  hash(password: string): Promise<string>
  /** With a null hash (no such person, or one without password) it works as long and answers false. */
  verify(password: string, hash: string | null): Promise<boolean>
}

/** One per process: at most two hashes run at once (64 MiB, two threads), 64 wait, more are refused with `unavailable`. */
export function createPasswords(): Passwords {
  const pass = turnstile(AT_ONCE, IN_LINE)
  return {
    hash: (password) => pass(() => hash(normalPassword(password), COST)),
    async verify(password, held) {
      const tooLong = password.length > MAX_PASSWORD_LENGTH
      const right = await pass(() => verify(held ?? DUMMY, tooLong ? '' : normalPassword(password)))
      return right && held !== null && !tooLong
    },
  }
}
