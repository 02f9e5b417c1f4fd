import 'server-only'
import type { Endpoint } from '@/lib/contract/sources'
import type { Refused } from '@/lib/store/lanes/lane-rows'
import type { GatewayDeps } from './deps'
import type { Lane } from './lane'
import type { Outcome, QueuedRequest } from './queued-request'

/**
 * Why a lane got no lease although it need not wait: the app is stopped or gone, its lanes were merged or separated, or
 * another replica collects.
 */
export type LaneRefusal = Exclude<Refused, { kind: 'wait' }>

/** What a lane needs from the gateway around it. */
export interface LaneHost {
  readonly deps: GatewayDeps
  readonly stopping: boolean
  finish(request: QueuedRequest, outcome: Outcome): void
  fail(request: QueuedRequest, error: unknown): void
  /** Drops the requests of a lane that nobody waits for any more. */
  dropAbandoned(lane: Lane): void
  /** Puts a request back into the queue of the lane that serves it now. */
  enqueue(request: QueuedRequest, place: 'again' | 'later'): void
  /** Fails the waiting requests with the reason, or moves them to the lane that serves them now. */
  refuse(appId: string, endpoint: Endpoint, refusal: LaneRefusal): void
}
