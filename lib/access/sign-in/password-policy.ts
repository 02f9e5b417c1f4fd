import 'server-only'
import { PushlensError } from '@/lib/contract/errors'
import { loadIsGuessable } from './guessable-password'

const MIN_LENGTH = 12
export const MAX_PASSWORD_LENGTH = 256
const SHORTEST_WORD = 3

/** Returns the form that is hashed: the same password typed on two keyboards must be the same text. */
export function normalPassword(password: string): string {
  return password.normalize('NFKC')
}

/** Refuses a new password with `bad_request`, field `password`. The message never repeats it. */
export async function checkNewPassword(password: string, person: { email: string; name: string }): Promise<void> {
  if (password.length > MAX_PASSWORD_LENGTH) throw refused(`it has more than ${MAX_PASSWORD_LENGTH} characters`)
  const normal = normalPassword(password)
  if ([...normal].length < MIN_LENGTH) throw refused(`it has fewer than ${MIN_LENGTH} characters`)
  const isGuessable = await loadIsGuessable()
  if (isGuessable(normal, wordsOf(person))) {
    throw refused('it is easy to guess: use a few uncommon words, or a password manager')
  }
}

function wordsOf({ email, name }: { email: string; name: string }): string[] {
  const parts = `${email} ${name}`.split(/[^\p{L}\p{N}]+/u).filter((part) => part.length >= SHORTEST_WORD)
  return [email, ...parts]
}

function refused(why: string): PushlensError {
  return new PushlensError('bad_request', `the password is refused: ${why}`, 'password')
}
