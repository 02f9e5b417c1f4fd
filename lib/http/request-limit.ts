import 'server-only'
import { addressBlock } from '@/lib/access/address'
import { type KnownPrincipal, principalKey } from '@/lib/access/principal'
import type { Running } from '@/lib/context'
import { PushlensError } from '@/lib/contract/errors'
import { REQUESTS_PER_MINUTE } from '@/lib/contract/limits'
import { addressOf } from './address'

/** The sender has used up its requests. `retryAfterMs`: until the next one is accepted. */
class TooManyRequests extends PushlensError {
  constructor(readonly retryAfterMs: number) {
    super('too_many', 'too many requests in a minute')
  }
}

type Limited = Pick<Running, 'ctx' | 'limitsRequests'>

/**
 * Counts a request of a person or a token by itself, whatever its address, so that nobody can use up the requests of
 * others behind the same address. Throws `too_many`.
 */
export function countPrincipal(running: Limited, principal: KnownPrincipal): void {
  spend(running, principal.kind, principalKey(principal))
}

/** Counts a request whose sign-in is absent or invalid, by its address. Throws `too_many`. */
export function countAddress(running: Limited, request: Request): void {
  spend(running, 'address', addressBlock(addressOf(request.headers)))
}

/** Counts a request to a shared link by link and address, whether the link exists or not. Throws `too_many`. */
export function countShare(running: Limited, shareId: string, request: Request): void {
  spend(running, 'share', `${shareId.slice(0, 64)} ${addressBlock(addressOf(request.headers))}`)
}

/**
 * Takes one request from the budget of a sender. A budget holds the requests of a minute and fills evenly, so a burst is
 * fine and a steady stream above the limit is not.
 */
function spend({ ctx, limitsRequests }: Limited, kind: keyof typeof REQUESTS_PER_MINUTE, key: string): void {
  if (!limitsRequests) return
  const budgets = ctx.caches[`${kind}Budgets`]
  const most = REQUESTS_PER_MINUTE[kind]
  const perMs = most / 60_000
  const nowMs = ctx.clock.wallMs()
  const known = budgets.get(key)
  const gained = known ? Math.max(0, nowMs - known.atMs) * perMs : 0
  const left = Math.min(most, (known?.left ?? most) + gained)
  if (left < 1) throw new TooManyRequests(Math.ceil((1 - left) / perMs))
  budgets.set(key, { left: left - 1, atMs: nowMs })
}
