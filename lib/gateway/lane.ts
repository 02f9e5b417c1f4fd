import 'server-only'
import { isPushlensError } from '@/lib/contract/errors'
import type { LaneName, Lease } from '@/lib/store/lanes/lane-rows'
import { callOnce } from './call'
import { baseSpacing, leaseOf, sendUntil } from './deps'
import { etaOf, Latency } from './estimate'
import type { LaneHost } from './lane-host'
import { Queue } from './queue'
import { isInteractive, isOfArchive, type QueuedRequest } from './queued-request'
import { settleCall } from './settle-call'

/** How soon a lane notices a change made elsewhere, such as a resume or a stop by another replica. */
const RECHECK_MS = 1_000
const STORE_RETRY_MS = 1_000
/** A full disk needs an administrator. Retry rarely, because the log may be on the same disk. */
const FULL_RETRY_MS = 10_000

/** The queue of one app and endpoint, and the only caller for it. One call at a time, and never before its slot. */
export class Lane {
  readonly queue = new Queue()
  /** Consecutive calls without a slow-down answer. */
  cleanCalls = 0
  readonly baseMs: number
  spacingMs: number
  readonly #latency = new Latency()
  /** Monotonic. The database row keeps the gap; this value keeps it even if the wall clock jumps. */
  #endedAt = -Infinity
  #slotAt = 0
  #calling: { request: QueuedRequest; since: number } | null = null
  #poked = false
  #headIsNew = false
  /** When the last call of another process began that this lane has seen while it yielded. */
  #otherStartedAt: number | null = null
  #wake = new AbortController()
  #running: Promise<void> | null = null

  constructor(
    readonly host: LaneHost,
    readonly appId: string,
    readonly name: LaneName,
  ) {
    this.baseMs = baseSpacing(host.deps, appId, name)
    this.spacingMs = this.baseMs
  }

  add(request: QueuedRequest): void {
    this.queue.add(request)
    if (this.queue.head() === request) {
      this.#headIsNew = true
      this.poke()
    }
    this.#running ??= this.#run()
  }

  /** Wakes the lane up, because the reason for its sleep may be gone. */
  poke(): void {
    this.#poked = true
    this.#wake.abort()
  }

  /** Applies a new pace to the current gap too. */
  pace(leastMs: number): void {
    this.spacingMs = Math.max(this.baseMs, leastMs)
    this.#slotAt = this.#notBefore
    this.poke()
  }

  get #notBefore(): number {
    return this.#endedAt + this.spacingMs
  }

  /** Resolves when no call is in flight and none will start. */
  async idle(): Promise<void> {
    await this.#running
  }

  etaMs(request: QueuedRequest): number | null {
    const nowMs = this.host.deps.timers.monotonicMs()
    const left = this.#calling ? Math.max(0, this.#latency.ms - (nowMs - this.#calling.since)) : null
    if (this.#calling?.request === request) return Math.round(left ?? 0)
    const place = this.queue.placeOf(request)
    if (place === null) return null
    const untilSlotMs = left === null ? this.#slotAt - nowMs : left + this.spacingMs
    return etaOf({ place, untilSlotMs, spacingMs: this.spacingMs, latencyMs: this.#latency.ms })
  }

  async #run(): Promise<void> {
    await Promise.resolve() // Sort all requests of this tick before serving the first one.
    while (this.queue.size > 0 && !this.host.stopping) {
      this.#poked = false
      try {
        await this.#turn()
      } catch (error) {
        this.host.deps.log?.warn({ err: error, app: this.appId, lane: this.name }, 'a lane could not use the store')
        await this.#rest(isPushlensError(error) && error.code === 'storage_full' ? FULL_RETRY_MS : STORE_RETRY_MS)
      }
    }
    this.#running = null
  }

  async #turn(): Promise<void> {
    const { lanes, timers } = this.host.deps
    this.host.dropAbandoned(this)
    const head = this.queue.head()
    if (!head) return
    const early = this.#notBefore - timers.monotonicMs()
    if (early > 0 && !this.#headIsNew) {
      if (this.queue.hasInteractive()) await lanes.stamp(this.appId, this.name)
      return await this.#rest(Math.min(early, RECHECK_MS))
    }
    this.#headIsNew = false
    const acquireAtMs = timers.monotonicMs()
    const yields = this.queue.yields(head)
    const elected = this.#needsElection(head)
    const got = await lanes.acquire({
      appId: this.appId,
      lane: this.name,
      endpoint: head.question.endpoint,
      owner: this.host.deps.owner,
      leaseMs: leaseOf(this.host.deps),
      spacingMs: this.baseMs,
      interactive: !yields,
      moreInteractive: this.queue.count((one) => one !== head && isInteractive(one)) > 0,
      elected,
      trial: head.app.trial !== undefined,
    })
    if (got.kind === 'wait') {
      if (yields) this.#notePassedOver(got.startedAtMs)
      return await this.#wait(got)
    }
    if (got.kind !== 'granted') return this.host.refuse(this.appId, head.question.endpoint, got)
    // The lease came too early because the wall clock jumped forward. The next turn waits by the monotonic clock.
    const request = early > 0 ? undefined : this.#take(head)
    if (!request) return await lanes.giveBack(got.lease)
    await this.#serve(request, got.lease, { acquireAtMs, elected })
  }

  #needsElection(request: QueuedRequest): boolean {
    return this.host.deps.electsCollector === true && isOfArchive(request)
  }

  /** Takes the next request. A lease of a trial serves only the trial: other calls of the app may be stopped. */
  #take(head: QueuedRequest): QueuedRequest | undefined {
    if (head.app.trial === undefined) return this.queue.take(head.question.endpoint)
    return this.queue.remove(head) ? head : undefined
  }

  /** Counts the calls that other processes make while this one yields to them, so that it yields only so often. */
  #notePassedOver(startedAtMs: number | null): void {
    if (this.#otherStartedAt !== null && startedAtMs !== this.#otherStartedAt) this.queue.passedOver()
    this.#otherStartedAt = startedAtMs
  }

  async #wait({ ms, held }: { ms: number; held: boolean }): Promise<void> {
    const likely = held ? Math.min(ms, this.#latency.ms + this.spacingMs) : ms
    this.#slotAt = Math.max(this.#notBefore, this.host.deps.timers.monotonicMs() + likely)
    await this.#rest(Math.min(ms, held ? Math.min(250, this.baseMs / 4) : RECHECK_MS))
  }

  async #serve(
    request: QueuedRequest,
    lease: Lease,
    { acquireAtMs, elected }: { acquireAtMs: number; elected: boolean },
  ): Promise<void> {
    const { host } = this
    const { lanes, timers } = host.deps
    try {
      const { satisfied } = request
      // Another caller may join during the check and need a new answer: look at the request again.
      if (satisfied && (await satisfied()) && request.satisfied) {
        await lanes.giveBack(lease)
        host.finish(request, 'satisfied')
        return await this.#rest(1)
      }
    } catch (error) {
      host.fail(request, error)
      return await lanes.giveBack(lease)
    }
    // After a long stall of this process the lease may have expired: do not call on it. A lease that was acquired for people
    // who have left since does not say whether this process still collects.
    const isLate = timers.monotonicMs() - acquireAtMs > leaseOf(host.deps) / 10
    if (isLate || host.stopping || (this.#needsElection(request) && !elected)) {
      host.enqueue(request, 'again')
      return await lanes.giveBack(lease)
    }
    const since = timers.monotonicMs()
    this.#calling = { request, since }
    this.#otherStartedAt = null
    this.queue.served(request)
    this.spacingMs = lease.spacingMs
    const end = await callOnce(host.deps, request, sendUntil(host.deps, acquireAtMs))
    this.#latency.add(timers.monotonicMs() - since)
    this.#calling = null
    const verdict = await settleCall(this, request, lease, end)
    this.spacingMs = verdict.lane.spacingMs
    this.#endedAt = timers.monotonicMs()
    this.#slotAt = this.#notBefore + (verdict.lane.pauseMs ?? 0)
  }

  /** Sleeps unless the lane was poked since the turn began. The caller checks the time again afterwards. */
  async #rest(ms: number): Promise<void> {
    if (this.#poked) return
    this.#wake = new AbortController()
    await this.host.deps.timers.sleep(Math.max(1, Math.ceil(ms)), this.#wake.signal)
  }
}
