import 'server-only'
import { addressBlock, networkOf } from '@/lib/access/address'
import { wallS } from '@/lib/access/deps'
import { clientFamily } from '@/lib/access/shares/client-family'
import type { Visited } from '@/lib/access/shares/open-share'
import type { Running } from '@/lib/context'
import { addressOf } from '@/lib/http/address'

const QUIET_S = 60

/**
 * Logs an opening after the answer, which does not wait for it: at most one per minute of a link, a network and an outcome. A
 * link that does not exist has no log.
 */
export function logVisit({ ctx, log }: Pick<Running, 'ctx' | 'log'>, request: Request, visited: Visited): void {
  const { shareId, outcome } = visited
  if (shareId === null || outcome === null) return
  const address = addressOf(request.headers)
  const key = JSON.stringify([shareId, outcome, addressBlock(address)])
  if (ctx.caches.shareOpenings.has(key)) return
  ctx.caches.shareOpenings.set(key, true)
  const client = clientFamily(request.headers.get('user-agent'))
  const opening = { shareId, at: wallS(ctx.clock), network: networkOf(address), client, outcome }
  setImmediate(() => {
    ctx.store.shares.noteOpening(opening, QUIET_S).catch((error: unknown) => {
      log.warn({ err: error }, 'an opening of a shared link could not be logged')
    })
  })
}
