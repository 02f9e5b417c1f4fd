import 'server-only'
import type { FunnelReply } from '@/lib/contract/funnel'
import type { Context } from '@/lib/service/context'

interface Second {
  /** Epoch seconds. */
  at: number
  replies: Map<string, Promise<FunnelReply>>
}

/** Per house, so that nothing of one is known in another. */
const seconds = new WeakMap<Context, Second>()

/**
 * One reply for all who ask the same within a second. `key` says everything else the reply is made of, first of all the
 * archive's revision: another process may have written meanwhile. Only what is fresh is given again.
 */
export function thisSecond(ctx: Context, key: string, answer: () => Promise<FunnelReply>): Promise<FunnelReply> {
  const at = ctx.clock.dataS()
  const before = seconds.get(ctx)
  const second = before?.at === at ? before : { at, replies: new Map<string, Promise<FunnelReply>>() }
  seconds.set(ctx, second)
  const known = second.replies.get(key)
  if (known) return known
  const reply = answer()
  second.replies.set(key, reply)
  const forget = () => second.replies.delete(key)
  reply.then(({ freshness }) => freshness.state === 'fresh' || forget(), forget)
  return reply
}
