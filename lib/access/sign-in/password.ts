import 'server-only'
import { hash, verify } from '@node-rs/argon2'
import { createHashLimiter, type Turn } from './hash-limiter'
import { MAX_PASSWORD_LENGTH, normalPassword } from './password-policy'

/** argon2id (the library's default), above OWASP's minimum of 19 MiB and 2 passes. Memory in KiB. */
const COST = { memoryCost: 32_768, timeCost: 3, parallelism: 1 }
/** A hash that no password matches. With it, the sign-in of an unknown person takes as long as a real one. */
const DUMMY = `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`
const MAX_CONCURRENT = 2
const MAX_QUEUED = 64

export interface Passwords {
  hash(password: string): Promise<string>
  /**
   * A null hash (no such person, or no password set) takes as long and returns false. `turn` says whose attempt it is,
   * so that nobody fills the queue for others.
   */
  verify(password: string, hash: string | null, turn?: Turn): Promise<boolean>
}

/** One per process. Two hashes run at once (64 MiB, two threads) and 64 wait; more are refused with `unavailable`. */
export function createPasswords(): Passwords {
  const limit = createHashLimiter(MAX_CONCURRENT, MAX_QUEUED)
  return {
    hash: (password) => limit(() => hash(normalPassword(password), COST)),
    async verify(password, storedHash, turn) {
      const tooLong = password.length > MAX_PASSWORD_LENGTH
      const right = await limit(() => verify(storedHash ?? DUMMY, tooLong ? '' : normalPassword(password)), turn)
      return right && storedHash !== null && !tooLong
    },
  }
}
