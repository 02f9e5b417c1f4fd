import 'server-only'
import { randomBytes } from 'node:crypto'
import { plainHash } from '@/lib/access/keys/keyed-hash'

const COUNT = 10
const LENGTH = 16
const GROUP = 4
/** Crockford's base32: no letter looks like a digit. Its 32 signs divide 256, so random bytes stay uniform. */
const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Returns new codes of 80 random bits, such as `7K2M-Q0XD-9RTA-V4HC`. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: COUNT }, () => {
    const signs = Array.from(randomBytes(LENGTH), (byte) => SIGNS[byte % SIGNS.length]).join('')
    return (signs.match(new RegExp(`.{${GROUP}}`, 'g')) ?? []).join('-')
  })
}

/**
 * Returns the hash of a recovery code as typed: in any case, with or without dashes, O for 0, I or L for 1. Null where it
 * can't be one. The codes are random, so the hash needs no key.
 */
export function hashRecoveryCode(typed: string): string | null {
  const code = typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
  const isCode = code.length === LENGTH && [...code].every((sign) => SIGNS.includes(sign))
  return isCode ? plainHash(code) : null
}
