import 'server-only'
import { PushlensError } from '@/lib/contract/errors'
import type { Endpoint } from '@/lib/contract/sources'
import { APART, type LaneName, MERGED } from '@/lib/store/lanes/lane-rows'
import { UpstreamError } from '@/lib/timpush/errors'
import type { GatewayDeps } from './deps'
import { Lane } from './lane'
import type { LaneHost, LaneRefusal } from './lane-host'
import { questionKey } from './question-key'
import {
  createQueuedRequest,
  type GatewayRequest,
  joinRequest,
  type Outcome,
  type QueuedRequest,
  rankOf,
} from './queued-request'

interface App {
  merged: boolean
  lanes: Map<LaneName, Lane>
}

/** Assigns requests to lanes and merges identical ones. Holds the requests and lanes of this process. */
export class Dispatcher implements LaneHost {
  stopping = false
  readonly #apps = new Map<string, App>()
  readonly #requests = new Map<string, QueuedRequest>()
  #order = 0

  constructor(readonly deps: GatewayDeps) {}

  admit(request: GatewayRequest): QueuedRequest {
    const key = questionKey(request.app.id, request.question)
    const same = this.#requests.get(key)
    if (same) {
      joinRequest(same, request)
      this.#raise(same, rankOf(request.priority))
      return same
    }
    const queued = createQueuedRequest(key, request, 0)
    this.#requests.set(key, queued)
    this.enqueue(queued, 'later')
    return queued
  }

  #raise(request: QueuedRequest, rank: number): void {
    if (rank >= request.rank) return
    const waited = this.laneOf(request).queue.remove(request)
    request.rank = rank
    if (waited) this.enqueue(request, 'later')
  }

  enqueue(request: QueuedRequest, place: 'again' | 'later'): void {
    if (this.stopping) {
      this.fail(request, stoppingError())
      return
    }
    if (place === 'later') request.order = ++this.#order
    this.laneOf(request).add(request)
  }

  finish(request: QueuedRequest, outcome: Outcome): void {
    this.#requests.delete(request.key)
    request.resolve(outcome)
  }

  fail(request: QueuedRequest, error: unknown): void {
    this.#requests.delete(request.key)
    request.reject(error)
  }

  refuse(appId: string, endpoint: Endpoint, refusal: LaneRefusal): void {
    if (refusal.kind === 'moved') {
      this.#move(appId, refusal.merged)
      return
    }
    const all = refusal.kind === 'gone' || refusal.whole
    for (const lane of this.#app(appId).lanes.values()) {
      for (const request of lane.queue.drain((one) => all || one.question.endpoint === endpoint)) {
        this.fail(request, refusal.kind === 'gone' ? goneError(appId) : stoppedError(request, refusal))
      }
      lane.poke()
    }
  }

  #move(appId: string, merged: boolean): void {
    const app = this.#app(appId)
    app.merged = merged
    for (const lane of [...app.lanes.values()]) {
      for (const request of lane.queue.drain((one) => this.laneOf(one) !== lane)) this.enqueue(request, 'again')
      lane.poke()
    }
  }

  laneOf(request: QueuedRequest): Lane {
    const appId = request.app.id
    const app = this.#app(appId)
    const { endpoint } = request.question
    const name = app.merged && endpoint !== APART ? MERGED : endpoint
    const lane = app.lanes.get(name) ?? new Lane(this, appId, name)
    app.lanes.set(name, lane)
    return lane
  }

  queueLength(appId: string, endpoint: Endpoint): number {
    const lanes = [...this.#app(appId).lanes.values()]
    return lanes.reduce((sum, lane) => sum + lane.queue.count((request) => request.question.endpoint === endpoint), 0)
  }

  /** Applies an administrator's pace. The separate lane of the online status keeps its own. */
  pace(appId: string, leastMs: number): void {
    for (const lane of this.#app(appId).lanes.values()) if (lane.name !== APART) lane.pace(leastMs)
  }

  poke(appId: string): void {
    for (const lane of this.#app(appId).lanes.values()) lane.poke()
  }

  async stop(): Promise<void> {
    this.stopping = true
    const lanes = [...this.#apps.values()].flatMap((app) => [...app.lanes.values()])
    for (const lane of lanes) {
      for (const request of lane.queue.drain(() => true)) this.fail(request, stoppingError())
      lane.poke()
    }
    await Promise.all(lanes.map((lane) => lane.idle()))
  }

  #app(appId: string): App {
    const app = this.#apps.get(appId) ?? { merged: false, lanes: new Map() }
    this.#apps.set(appId, app)
    return app
  }
}

function stoppedError(request: QueuedRequest, refusal: Extract<LaneRefusal, { kind: 'stopped' }>): UpstreamError {
  const { code, upstreamCode } = refusal.problem
  const kind = refusal.whole ? 'credential' : 'not_enabled'
  return new UpstreamError(request.question.endpoint, code, kind, upstreamCode, 'no call was made: calls are stopped')
}

function goneError(appId: string): PushlensError {
  return new PushlensError('not_found', `app ${appId} no longer exists`)
}

function stoppingError(): PushlensError {
  return new PushlensError('unavailable', 'the server is stopping; no call was made')
}
