import 'server-only'
import { addressBlock } from '@/lib/access/address'
import { type AccessDeps, wallS } from '@/lib/access/deps'
import { keyedHash } from '@/lib/access/keys/keyed-hash'
import { readDeviceCookie } from './device-cookie'
import type { Turn } from './hash-limiter'
import { type AttemptLimit, attemptsOf, checkAttempts, clearAttempts, countAttempt, refundAttempt } from './throttle'

const FREE_PER_DEVICE = 5
const FREE_PER_PAIR = 5
/** One pair adds at most 5 to the count of its account. So an account slows down only when 4 addresses try it. */
const FREE_PER_ACCOUNT = 20
/** An address with so many failures gets one attempt per account. Accounts that it has not tried stay open to it. */
const BUSY_ADDRESS = 30
const FREE_PER_PAIR_OF_BUSY_ADDRESS = 1

/** Who tries what. Passwords and second-factor codes are counted apart. */
export interface Try {
  step: 'password' | 'code'
  email: string
  /** The client's address, from the front door. */
  address: string
  /** The value of the device cookie, if the browser sent one. */
  device: string | null
}
/** A counted attempt. `succeeded` clears the failures before it. */
export interface Counted {
  turn: Turn
  succeeded(): Promise<void>
}
type Deps = Pick<AccessDeps, 'master' | 'failures' | 'clock'>

/**
 * Counts an attempt before it is made. Throws TooManyAttempts if it comes too early. Attempts of a known device are
 * counted for the device alone. All others are counted per pair of account and address, so that failures at one address
 * never block an account at another.
 */
export async function countTry(deps: Deps, { step, email, address, device }: Try): Promise<Counted> {
  const known = readDeviceCookie(deps.master, email, device, wallS(deps.clock))
  if (known === null) return countUnknown(deps, { step, email, block: addressBlock(address) })
  const limit = { subject: keyedHash(deps.master, 'device', `${step} ${known}`), free: FREE_PER_DEVICE }
  await countAttempt(deps, limit)
  return { turn: { line: known, known: true, attempts: 0 }, succeeded: () => clearAttempts(deps, limit) }
}

async function countUnknown(deps: Deps, { step, email, block }: { step: Try['step']; email: string; block: string }) {
  const subject = (label: 'account' | 'address', ...parts: string[]) =>
    keyedHash(deps.master, label, JSON.stringify([step, ...parts]))
  const all: AttemptLimit = { subject: subject('address', block), free: Number.POSITIVE_INFINITY }
  const busy = (await attemptsOf(deps, all)) >= BUSY_ADDRESS
  const pair = { subject: subject('account', email, block), free: busy ? FREE_PER_PAIR_OF_BUSY_ADDRESS : FREE_PER_PAIR }
  const account = { subject: subject('account', email), free: FREE_PER_ACCOUNT }

  const tries = await countAttempt(deps, pair)
  try {
    await (tries <= FREE_PER_PAIR ? countAttempt(deps, account) : checkAttempts(deps, account))
  } catch (error) {
    // The attempt is not made, so it is no failure of this address.
    await refundAttempt(deps, pair)
    throw error
  }
  const attempts = await countAttempt(deps, all)
  return {
    turn: { line: block, known: false, attempts },
    async succeeded() {
      await clearAttempts(deps, pair)
      await clearAttempts(deps, account)
      await refundAttempt(deps, all)
    },
  }
}
