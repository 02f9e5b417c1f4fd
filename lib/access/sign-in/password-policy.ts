import 'server-only'
import { PushlensError } from '@/lib/contract/errors'
import { isCommonPassword } from './common-passwords'

const MIN_LENGTH = 12
export const MAX_PASSWORD_LENGTH = 256

/** The form that is hashed: the same password typed on two keyboards must be the same text. */
export function normalPassword(password: string): string {
  return password.normalize('NFKC')
}

/** Refuses a new password with `bad_request`, field `password`; the message never repeats it. */
export function checkNewPassword(password: string, email: string): void {
  if (password.length > MAX_PASSWORD_LENGTH) throw refused(`it has more than ${MAX_PASSWORD_LENGTH} characters`)
  const normal = normalPassword(password)
  if ([...normal].length < MIN_LENGTH) throw refused(`it has fewer than ${MIN_LENGTH} characters`)
  if (isCommonPassword(normal, email.split(/[^a-z0-9]+/i))) {
    throw refused('it is made of common words and sequences: use a few uncommon words, or a password manager')
  }
}

function refused(why: string): PushlensError {
  return new PushlensError('bad_request', `the password is refused: ${why}`, 'password')
}
