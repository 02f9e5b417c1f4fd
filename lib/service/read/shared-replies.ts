import 'server-only'
import type { FunnelReply } from '@/lib/contract/funnel'
import type { Context } from '@/lib/service/context'
import { shareWithinSecond } from './share-within-second'

/**
 * Shares one reply among identical requests within one second. `key` names everything else the reply is made of, above
 * all the archive's revision, since another process may have written. A reply that is not fresh is not shared later.
 */
export function shareReply(
  ctx: Pick<Context, 'caches' | 'clock'>,
  key: string,
  makeReply: () => Promise<FunnelReply>,
): Promise<FunnelReply> {
  return shareWithinSecond(ctx, ctx.caches.funnels, key, {
    make: makeReply,
    isLasting: ({ freshness }) => freshness.state === 'fresh',
  })
}
