import 'server-only'
import type { FunnelReply } from '@/lib/contract/funnel'
import type { Context } from '@/lib/service/context'

/**
 * Shares one reply among identical requests within one second. `key` names everything else the reply is made of, above
 * all the archive's revision, since another process may have written. A reply that is not fresh is not shared later.
 */
export function shareReply(
  { caches, clock }: Pick<Context, 'caches' | 'clock'>,
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
