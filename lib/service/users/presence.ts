import 'server-only'
import type { Clock } from '@/lib/contract/clock'
import type { OnlineRecord } from '@/lib/contract/records'
import type { Presence } from '@/lib/report/trace/user-verdict'
import type { Context } from '@/lib/service/context'
import { settle } from '@/lib/service/read/freshness'
import type { AppRow } from '@/lib/store/people/apps'
import type { Answer } from '@/lib/timpush/question'

interface Held {
  state: Presence
  platforms: OnlineRecord['platforms']
  /** Epoch seconds. */
  atS: number
}

/** The state of accounts as last heard: true for moments only, so it is kept for half a minute and never written down. */
export interface Presences {
  get(key: string): Held | null
  set(key: string, held: Omit<Held, 'atS'>): void
}

const KEPT_S = 30
const MOST = 1_000

export function createPresences({ dataS }: Pick<Clock, 'dataS'>): Presences {
  const all = new Map<string, Held>()
  return {
    get(key) {
      const held = all.get(key)
      return held && Math.abs(dataS() - held.atS) < KEPT_S ? held : null
    },
    set(key, held) {
      all.delete(key)
      all.set(key, { ...held, atS: dataS() })
      const [oldest] = all.keys()
      if (all.size > MOST && oldest !== undefined) all.delete(oldest)
    },
  }
}

interface Found extends Omit<Held, 'atS'> {
  atS: number | null
}

interface Asked {
  /** How it stands after waiting at most `waitMs` for the answer. Never throws. */
  after(waitMs: number): Promise<Found>
}

/** Asks for the state of one account now, in a lane of its own; `personHash` names it among those last heard. */
export function askPresence(ctx: Context, app: AppRow, userId: string, personHash: string): Asked {
  const nothing = (state: Presence): Found => ({ state, platforms: [], atS: null })
  const { presences } = ctx
  if (!presences) return { after: async () => nothing('off') }
  const key = `${app.id} ${personHash}`
  const held = presences.get(key)
  if (held) return { after: async () => held }
  const ticket = ctx.gateway.request({
    app: ctx.upstreamApp(app),
    question: { endpoint: 'query_online_status', userIds: [userId] },
    priority: 'single',
    storeAnswer: async (answer) => presences.set(key, heard(answer, userId)),
  })
  return {
    async after(waitMs) {
      const failures = await settle([ticket], waitMs)
      const answer = presences.get(key)
      if (answer) return answer
      const [failure] = failures
      if (failure?.code === 'upstream_unknown_user') return nothing('no_such_user')
      return nothing(failure ? 'failed' : 'asking')
    },
  }
}

/** An account that Tencent lists as an error does not exist; one that could not be read is not known. */
function heard(answer: Answer, userId: string): Omit<Held, 'atS'> {
  const found = answer.kind === 'online' ? answer.people.find((one) => one.userId === userId) : undefined
  if (!found || (found.state === null && answer.quarantined.length > 0)) return { state: null, platforms: [] }
  return { state: found.state ?? 'no_such_user', platforms: found.platforms }
}
