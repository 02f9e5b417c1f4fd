import { openLocalSignIn } from '@/lib/access/sign-in/local-sign-in'
import { PushlensError } from '@/lib/contract/errors'
import type { Command, CommandOptions } from './command'
import { withContext } from './people'

const DEFAULT_MINUTES = 60
const MOST_MINUTES = 1_440

/** The way back where LOCAL_SIGN_IN=off and the sign-in provider is down or set up wrongly. */
export const openSignIn: Command = withContext(async ({ access }, given) => {
  const until = await openLocalSignIn(access, minutes(given))
  return `People can sign in with a password until ${new Date(until * 1_000).toISOString()}`
})

function minutes({ minutes: text }: CommandOptions): number {
  const number = Number(text ?? DEFAULT_MINUTES)
  if (Number.isInteger(number) && number >= 0 && number <= MOST_MINUTES) return number
  throw new PushlensError('bad_request', `--minutes must be a whole number from 0 to ${MOST_MINUTES}`)
}
