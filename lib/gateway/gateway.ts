import 'server-only'
import type { Endpoint } from '@/lib/contract/sources'
import { MERGED } from '@/lib/store/lanes/lane-rows'
import { utcDay } from './call'
import { baseSpacing, type GatewayDeps } from './deps'
import { Dispatcher } from './dispatcher'
import { type LaneStatus, laneStatuses, type ProblemSince, problemIn } from './lane-status'
import type { GatewayRequest, Outcome } from './queued-request'

export type { LaneStatus } from './lane-status'
export type { Priority } from './queued-request'
export { TooManyRequests } from './refusals'
export type { Waiter } from './waiters'

export interface Ticket {
  /**
   * Rejects with `UpstreamError` when the gateway gives up, with `TooManyRequests` when the principal waits for too much
   * already, or with the error of `storeAnswer` or `satisfied`. A caller may ignore it.
   */
  done: Promise<Outcome>
  /** The place in the queue, 1 for the next call. Null once the call has started. */
  place(): number | null
  /** Estimated milliseconds until the answer. Null once the request has ended. */
  etaMs(): number | null
}

export interface Gateway {
  request(request: GatewayRequest): Ticket
  /** Returns one status per endpoint. Endpoints of a merged app show the spacing of their shared lane. */
  lanes(appId: string): Promise<LaneStatus[]>
  problem(appId: string, endpoint: Endpoint): Promise<ProblemSince | null>
  /** Ends stops and pauses after an administrator has fixed the cause. The spacing stays. */
  resume(appId: string): Promise<void>
  /** Signs the next call again, because the app has another key or administrator. Ends stops and pauses. */
  renew(appId: string): Promise<void>
  /** Splits the merged lane of an app into one lane per endpoint again. Takes effect within a second. */
  separate(appId: string): Promise<void>
  /** Sets an app's pace: at least `ms` between two calls of an endpoint, never less than the server's. Null resets it. */
  pace(appId: string, ms: number | null): Promise<void>
  /** Drops what only the collector of this process has asked for, because another replica collects now. */
  withdrawArchive(): void
  /** Makes no new call, fails all waiting requests, and resolves when answers in flight are stored. */
  stop(): Promise<void>
}

/** Creates the only way to call Tencent. */
export function createGateway(deps: GatewayDeps): Gateway {
  const dispatcher = new Dispatcher(deps)

  async function resume(appId: string): Promise<void> {
    await deps.apps.clearStopped(appId)
    await deps.lanes.clearProblems(appId)
    dispatcher.poke(appId)
  }

  return {
    request(request) {
      const queued = dispatcher.admit(request)
      const lane = () => dispatcher.laneOf(queued)
      return { done: queued.done, place: () => lane().queue.placeOf(queued), etaMs: () => lane().etaMs(queued) }
    },

    async lanes(appId) {
      const states = await deps.lanes.states(appId)
      const counts = await deps.calls.ofDay(appId, utcDay(deps.clock.wallMs()))
      const base = (lane: Endpoint) => baseSpacing(deps, appId, lane)
      return laneStatuses(states, counts, base, (endpoint) => dispatcher.queueLength(appId, endpoint))
    },

    async problem(appId, endpoint) {
      const states = await deps.lanes.states(appId)
      return states && problemIn(states, endpoint)
    },

    resume,

    renew(appId) {
      deps.timpush.forget(appId)
      return resume(appId)
    },

    async separate(appId) {
      await deps.apps.setMerged(appId, false)
    },

    async pace(appId, ms) {
      await deps.lanes.pace(appId, ms, baseSpacing(deps, appId, MERGED))
      dispatcher.pace(appId, ms ?? 0)
    },

    withdrawArchive: () => dispatcher.withdrawArchive(),
    stop: () => dispatcher.stop(),
  }
}
