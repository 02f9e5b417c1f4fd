import 'server-only'
import type { FunnelReply } from '@/lib/contract/funnel'
import type { ReaderContext } from './reader'

type MakeReply = (waitMs: number) => Promise<FunnelReply>

/**
 * Shares one reply among identical requests within one second. `key` names everything else the reply is made of, above
 * all the archive's revision, since another process may have written. A fresh reply is shared with everybody. While the
 * answer has to come from Tencent, each principal waits in their own turn, so only that principal's requests share it.
 */
export async function shareReply(
  ctx: ReaderContext,
  { key, waitMs }: { key: string; waitMs: number },
  makeReply: MakeReply,
): Promise<FunnelReply> {
  let isOwn = false
  const stored = await share(ctx, key, () => {
    isOwn = true
    return makeReply(0)
  })
  const { state } = stored.freshness
  if (state === 'fresh' || state === 'final' || (isOwn && waitMs === 0)) return stored
  return await share(ctx, JSON.stringify([ctx.waiter.principal, waitMs, key]), () => makeReply(waitMs))
}

function share(
  { caches, clock }: ReaderContext,
  key: string,
  makeReply: () => Promise<FunnelReply>,
): Promise<FunnelReply> {
  const keyOfSecond = `${clock.dataS()} ${key}`
  const shared = caches.funnels.get(keyOfSecond)
  if (shared) return shared
  const reply = makeReply()
  caches.funnels.set(keyOfSecond, reply)
  const forget = () => {
    if (caches.funnels.peek(keyOfSecond) === reply) caches.funnels.delete(keyOfSecond)
  }
  reply.then(({ freshness }) => freshness.state === 'fresh' || forget(), forget)
  return reply
}
