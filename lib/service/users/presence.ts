import 'server-only'
import type { Presence } from '@/lib/report/trace/user-verdict'
import type { Context } from '@/lib/service/context'
import type { CachedPresence } from '@/lib/service/read/caches'
import { settle } from '@/lib/service/read/freshness'
import type { ReaderContext } from '@/lib/service/read/reader'
import type { AppRow } from '@/lib/store/people/apps'
import type { Answer } from '@/lib/timpush/question'

interface ReadPresence extends Omit<CachedPresence, 'atS'> {
  /** Epoch seconds of the answer; null where there is none. */
  atS: number | null
}

interface PresenceRequest {
  /** Waits at most `waitMs` for the answer and returns what is known then. Throws only `too_many`. */
  after(waitMs: number): Promise<ReadPresence>
}

/** Requests the online status of one account, in a lane of its own. `personHash` is its key in the cache. */
export function requestPresence(
  ctx: ReaderContext<Context>,
  app: AppRow,
  userId: string,
  personHash: string,
): PresenceRequest {
  const without = (state: Presence): ReadPresence => ({ state, platforms: [], atS: null })
  if (!ctx.readsOnlineStatus) return { after: async () => without('off') }
  const { presences } = ctx.caches
  const key = `${app.id} ${personHash}`
  const cached = presences.get(key)
  if (cached) return { after: async () => cached }
  const ticket = ctx.gateway.request({
    app: ctx.upstreamApp(app),
    question: { endpoint: 'query_online_status', userIds: [userId] },
    priority: 'single',
    waiter: ctx.waiter,
    storeAnswer: async (answer) => {
      presences.set(key, { ...presenceIn(answer, userId), atS: ctx.clock.dataS() })
    },
  })
  return {
    async after(waitMs) {
      const failures = await settle([ticket], waitMs)
      const answer = presences.get(key)
      if (answer) return answer
      const [failure] = failures
      if (failure?.code === 'upstream_unknown_user') return without('no_such_user')
      return without(failure ? 'failed' : 'asking')
    },
  }
}

/** An account that Tencent lists as an error does not exist. An account we could not read is unknown. */
function presenceIn(answer: Answer, userId: string): Omit<CachedPresence, 'atS'> {
  const found = answer.kind === 'online' ? answer.people.find((one) => one.userId === userId) : undefined
  if (!found || (found.state === null && answer.quarantined.length > 0)) return { state: null, platforms: [] }
  return { state: found.state ?? 'no_such_user', platforms: found.platforms }
}
