import 'server-only'
import { setMaxListeners } from 'node:events'
import type { Endpoint } from '@/lib/contract/sources'
import { APART, type LaneName, MERGED } from '@/lib/store/lanes/lane-rows'
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
  rankOfWaiters,
} from './queued-request'
import { abandonedError, goneError, stoppedError, stoppingError, TooManyRequests } from './refusals'
import { addWaiter, removeArchive, removeExpired, removeWaiter, type Waiter } from './waiters'

/** How many answers of one app a principal may wait for in this process. Each app has lanes of its own. */
export const MAX_WAITING_PER_PRINCIPAL = 60

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
    const { app, waiter, priority } = request
    const key = questionKey(app, request.question)
    const same = this.#requests.get(key)
    const refusal = waiter && this.#refusalFor(app.id, waiter, same)
    const queued = same && !refusal ? same : createQueuedRequest(key, request, 0)
    if (refusal) {
      queued.reject(refusal)
      return queued
    }
    addWaiter(queued.waiters, waiter, rankOf(priority), this.deps.timers.monotonicMs())
    if (waiter?.signal) this.#follow(queued, waiter, waiter.signal)
    if (same) {
      joinRequest(same, request)
      this.#adjust(same)
    } else {
      this.#requests.set(key, queued)
      this.enqueue(queued, 'later')
    }
    return queued
  }

  /** Removes the waiter when its client goes before the answer comes. A report of a month has one signal for 30 requests. */
  #follow(request: QueuedRequest, waiter: Waiter, signal: AbortSignal): void {
    const leave = () => this.#leave(request, waiter)
    const end = () => signal.removeEventListener('abort', leave)
    setMaxListeners(0, signal)
    signal.addEventListener('abort', leave, { once: true })
    request.done.then(end, end)
  }

  /** Returns why this principal may not wait for the answer; null when they may. */
  #refusalFor(appId: string, { principal, signal }: Waiter, same: QueuedRequest | undefined): Error | null {
    if (signal?.aborted) return abandonedError()
    if (same?.waiters.has(principal)) return null
    const ofApp = [...this.#requests.values()].filter(({ app }) => app.id === appId)
    const waited = ofApp.filter(({ waiters }) => waiters.has(principal))
    if (waited.length < MAX_WAITING_PER_PRINCIPAL) return null
    return new TooManyRequests(Math.min(...waited.map((one) => this.laneOf(one).etaMs(one) ?? 0)))
  }

  #leave(request: QueuedRequest, waiter: Waiter): void {
    removeWaiter(request.waiters, waiter)
    if (this.#requests.get(request.key) === request) this.#adjust(request)
  }

  /** Drops a waiting request without waiters, and moves it when its priority has changed. A call in flight goes on. */
  #adjust(request: QueuedRequest): void {
    const rank = rankOfWaiters(request)
    if (rank === request.rank && request.waiters.size > 0) return
    const waited = this.laneOf(request).queue.remove(request)
    request.rank = rank
    if (waited) this.enqueue(request, 'later')
  }

  dropAbandoned(lane: Lane): void {
    const nowMs = this.deps.timers.monotonicMs()
    for (const request of [...lane.queue.all()]) {
      removeExpired(request.waiters, nowMs)
      this.#adjust(request)
    }
  }

  enqueue(request: QueuedRequest, place: 'again' | 'later'): void {
    if (this.stopping || request.waiters.size === 0) {
      this.fail(request, this.stopping ? stoppingError() : abandonedError())
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
    if (refusal.kind === 'deposed') {
      this.withdrawArchive()
      return
    }
    const all = refusal.kind === 'gone' || refusal.whole
    // A stop is about the credentials in use, so a trial of others goes on.
    const ends = ({ app, question }: QueuedRequest) =>
      (all || question.endpoint === endpoint) && (refusal.kind === 'gone' || !app.trial)
    for (const lane of this.#app(appId).lanes.values()) {
      for (const request of lane.queue.drain(ends)) {
        this.fail(request, refusal.kind === 'gone' ? goneError(appId) : stoppedError(request, refusal))
      }
      lane.poke()
    }
  }

  /** Drops what only the collector of this process waits for. Calls in flight go on. */
  withdrawArchive(): void {
    for (const request of [...this.#requests.values()]) {
      removeArchive(request.waiters)
      this.#adjust(request)
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
