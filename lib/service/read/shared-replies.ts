import 'server-only'
import type { LRUCache } from 'lru-cache'
import type { Freshness } from '@/lib/contract/freshness'
import type { ReaderContext } from './reader'
import { shareWithinSecond } from './share-within-second'

interface Shared<Reply> {
  cache: LRUCache<string, Promise<Reply>>
  key: string
  waitMs: number
}

/**
 * Shares one reply among identical requests within one second. `key` names everything else the reply is made of, above
 * all the archive's revision, since another process may have written. A fresh reply is shared with everybody. While the
 * answer has to come from Tencent, each principal waits in their own turn, so only that principal's requests share it.
 */
export async function shareReply<Reply extends { freshness: Freshness }>(
  ctx: ReaderContext,
  { cache, key, waitMs }: Shared<Reply>,
  makeReply: (waitMs: number) => Promise<Reply>,
): Promise<Reply> {
  const isLasting = ({ freshness }: Reply) => freshness.state === 'fresh'
  let isOwn = false
  const stored = await shareWithinSecond(ctx, cache, key, {
    make() {
      isOwn = true
      return makeReply(0)
    },
    isLasting,
  })
  if (isLasting(stored) || (isOwn && waitMs === 0)) return stored
  const ownKey = JSON.stringify([ctx.waiter.principal, waitMs, key])
  return await shareWithinSecond(ctx, cache, ownKey, { make: () => makeReply(waitMs), isLasting })
}
