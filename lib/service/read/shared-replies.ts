import 'server-only'
import type { LRUCache } from 'lru-cache'
import type { Freshness } from '@/lib/contract/freshness'
import type { ReaderContext } from './reader'
import { shareWithinSecond } from './share-within-second'

interface Reply {
  freshness: Freshness
}

/**
 * Shares one reply among identical requests within one second. `key` names everything else the reply is made of, above
 * all the archive's revision, since another process may have written. A settled reply is shared with everybody. While the
 * answer has to come from Tencent, each principal waits in their own turn, so only that principal's requests share it.
 */
export async function shareReply<R extends Reply>(
  ctx: ReaderContext,
  cache: LRUCache<string, Promise<R>>,
  { key, waitMs }: { key: string; waitMs: number },
  makeReply: (waitMs: number) => Promise<R>,
): Promise<R> {
  let isOwn = false
  const makeStored = () => {
    isOwn = true
    return makeReply(0)
  }
  const stored = await shareWithinSecond(ctx, cache, key, { make: makeStored, isLasting: isSettled })
  if (isSettled(stored) || (isOwn && waitMs === 0)) return stored
  const ownKey = JSON.stringify([ctx.waiter.principal, waitMs, key])
  return await shareWithinSecond(ctx, cache, ownKey, { make: () => makeReply(waitMs), isLasting: isSettled })
}

function isSettled({ freshness: { state } }: Reply): boolean {
  return state === 'fresh' || state === 'final'
}
