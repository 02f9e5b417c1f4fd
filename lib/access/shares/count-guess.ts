import 'server-only'
import { addressBlock } from '@/lib/access/address'
import type { AccessDeps } from '@/lib/access/deps'
import { keyedHash } from '@/lib/access/keys/keyed-hash'
import type { Turn } from '@/lib/access/sign-in/hash-limiter'
import { type AttemptLimit, clearAttempts, countAttempt, refundAttempt } from '@/lib/access/sign-in/throttle'

/** Wrong passwords of one network at one link, of everybody with the same secret, and of one network at all links. */
const [FREE_PER_PAIR, FREE_PER_LINK, FREE_PER_NETWORK] = [5, 20, 100]

interface Guess {
  id: string
  secret: string
  /** The client's address, from the front door. */
  address: string
}
type Deps = Pick<AccessDeps, 'master' | 'failures' | 'clock'>

/**
 * Counts a password before it is tried, as at sign-in. Throws TooManyAttempts, whether the link exists or not. What counts
 * for everybody is named after the secret too: who knows only the public ID of a link can block nobody but their own network.
 */
export async function countGuess(
  deps: Deps,
  { id, secret, address }: Guess,
): Promise<{ turn: Turn; succeeded(): Promise<void> }> {
  const block = addressBlock(address)
  const limit = (free: number, ...parts: string[]): AttemptLimit => ({
    subject: keyedHash(deps.master, 'share', JSON.stringify(['guess', ...parts])),
    free,
  })
  const pair = limit(FREE_PER_PAIR, 'pair', id, block)
  const link = limit(FREE_PER_LINK, 'link', id, secret)
  const network = limit(FREE_PER_NETWORK, 'network', block)
  const counted: AttemptLimit[] = []
  let attempts = 0
  for (const one of [pair, link, network]) {
    try {
      attempts = await countAttempt(deps, one)
      counted.push(one)
    } catch (error) {
      // The password is not tried, so it is no failure.
      for (const before of counted) await refundAttempt(deps, before)
      throw error
    }
  }
  return {
    turn: { line: block, known: false, attempts },
    async succeeded() {
      await clearAttempts(deps, pair)
      await clearAttempts(deps, link)
      await refundAttempt(deps, network)
    },
  }
}
