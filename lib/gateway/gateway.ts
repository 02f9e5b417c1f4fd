import 'server-only'
import type { Endpoint } from '@/lib/contract/sources'
import { utcDay } from './call'
import { baseSpacing, type GatewayDeps } from './deps'
import type { Ask, Outcome } from './entry'
import { Exchange } from './exchange'
import { type LaneStatus, laneStatuses, type ProblemSince, problemIn } from './lane-status'

export type { Priority } from './entry'
export type { LaneStatus } from './lane-status'

export interface Ticket {
  /** Rejects with `UpstreamError` when given up, or with what `keep` or `satisfied` threw. Nobody has to listen. */
  done: Promise<Outcome>
  /** 1 for the next to be called; null when started or finished. */
  place(): number | null
  /** Milliseconds until the answer is likely here; null when finished. */
  etaMs(): number | null
}

export interface Gateway {
  ask(ask: Ask): Ticket
  /** One per endpoint; those of a merged app show the pace of their shared lane. */
  lanes(appId: string): Promise<LaneStatus[]>
  problem(appId: string, endpoint: Endpoint): Promise<ProblemSince | null>
  /** An administrator has mended what was wrong: stops and pauses end. Gaps stay. */
  resume(appId: string): Promise<void>
  /** Ends the merging of an app's lanes: one per endpoint again, within a second. */
  separate(appId: string): Promise<void>
  /** At most one call of an endpoint every `ms`, from now on; null ends it. Never faster than the server's own pace. */
  pace(appId: string, ms: number | null): Promise<void>
  /** Makes no new call, refuses all that wait, and resolves when what is in flight has been kept. */
  stop(): Promise<void>
}

/** The one door to the upstream. */
export function createGateway(deps: GatewayDeps): Gateway {
  const hub = new Exchange(deps)
  return {
    ask(ask) {
      const entry = hub.admit(ask)
      const lane = () => hub.laneOf(entry)
      return { done: entry.done, place: () => lane().queue.placeOf(entry), etaMs: () => lane().etaMs(entry) }
    },

    async lanes(appId) {
      const states = await deps.lanes.states(appId)
      const counts = await deps.calls.ofDay(appId, utcDay(deps.clock.wallMs()))
      const base = (lane: Endpoint) => baseSpacing(deps, lane)
      return laneStatuses(states, counts, base, (endpoint) => hub.queueOf(appId, endpoint))
    },

    async problem(appId, endpoint) {
      const states = await deps.lanes.states(appId)
      return states && problemIn(states, endpoint)
    },

    async resume(appId) {
      await deps.apps.clearStopped(appId)
      await deps.lanes.clearProblems(appId)
      hub.poke(appId)
    },

    async separate(appId) {
      await deps.apps.setMerged(appId, false)
    },

    async pace(appId, ms) {
      await deps.lanes.pace(appId, ms, deps.spacingMs)
      hub.pace(appId, ms ?? 0)
    },

    stop: () => hub.stop(),
  }
}
