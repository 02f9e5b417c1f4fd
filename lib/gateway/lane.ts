import 'server-only'
import { isPushlensError } from '@/lib/contract/errors'
import type { LaneName, Lease } from '@/lib/store/lanes/lane-rows'
import { callOnce } from './call'
import { baseSpacing, leaseOf } from './deps'
import { type Entry, isInteractive } from './entry'
import { etaOf, Latency } from './estimate'
import type { Hub } from './hub'
import { Queue } from './queue'
import { settleCall } from './settle-call'

/** Changes made elsewhere (a resume, a stop by another replica) are noticed this soon. */
const RECHECK_MS = 1_000
const STORE_RETRY_MS = 1_000
/** A full disk is somebody's work to mend, and the log may lie on it. */
const FULL_RETRY_MS = 10_000

/** One line of questions of one app, and the only one who calls for them: never two at once, never too early. */
export class Lane {
  readonly queue = new Queue()
  /** Calls in a row without a slow-down. */
  clean = 0
  readonly baseMs: number
  spacingMs: number
  readonly #latency = new Latency()
  /** Monotonic. The gap is kept by the row; this keeps it also when the wall clock jumps. */
  #endedAt = -Infinity
  #slotAt = 0
  #calling: { entry: Entry; since: number } | null = null
  #poked = false
  #unseen = false
  #wake = new AbortController()
  #running: Promise<void> | null = null

  constructor(
    readonly hub: Hub,
    readonly appId: string,
    readonly name: LaneName,
  ) {
    this.baseMs = baseSpacing(hub.deps, name)
    this.spacingMs = this.baseMs
  }

  add(entry: Entry): void {
    this.queue.add(entry)
    if (this.queue.head() === entry) {
      this.#unseen = true
      this.poke()
    }
    this.#running ??= this.#run()
  }

  /** Something changed: what the lane sleeps for may be over. */
  poke(): void {
    this.#poked = true
    this.#wake.abort()
  }

  /** An administrator changed the least spacing: the gap that runs has another length. */
  pace(leastMs: number): void {
    this.spacingMs = Math.max(this.baseMs, leastMs)
    this.#slotAt = this.#notBefore
    this.poke()
  }

  get #notBefore(): number {
    return this.#endedAt + this.spacingMs
  }

  /** Resolves when nothing is in flight here and nothing more will be. */
  async idle(): Promise<void> {
    await this.#running
  }

  etaMs(entry: Entry): number | null {
    const nowMs = this.hub.deps.timers.monotonicMs()
    const left = this.#calling ? Math.max(0, this.#latency.ms - (nowMs - this.#calling.since)) : null
    if (this.#calling?.entry === entry) return Math.round(left ?? 0)
    const place = this.queue.placeOf(entry)
    if (place === null) return null
    const untilSlotMs = left === null ? this.#slotAt - nowMs : left + this.spacingMs
    return etaOf({ place, untilSlotMs, spacingMs: this.spacingMs, latencyMs: this.#latency.ms })
  }

  async #run(): Promise<void> {
    await Promise.resolve() // Whoever asks in this tick is sorted in before the first is served.
    while (this.queue.size > 0 && !this.hub.stopping) {
      this.#poked = false
      try {
        await this.#turn()
      } catch (error) {
        this.hub.deps.log?.warn({ err: error, app: this.appId, lane: this.name }, 'a lane could not use the store')
        await this.#rest(isPushlensError(error) && error.code === 'storage_full' ? FULL_RETRY_MS : STORE_RETRY_MS)
      }
    }
    this.#running = null
  }

  async #turn(): Promise<void> {
    const { lanes, timers } = this.hub.deps
    const head = this.queue.head()
    if (!head) return
    const interactive = isInteractive(head)
    const early = this.#notBefore - timers.monotonicMs()
    if (early > 0 && !this.#unseen) {
      if (interactive) await lanes.stamp(this.appId, this.name)
      return await this.#rest(Math.min(early, RECHECK_MS))
    }
    this.#unseen = false
    const asked = timers.monotonicMs()
    const got = await lanes.acquire({
      appId: this.appId,
      lane: this.name,
      endpoint: head.question.endpoint,
      owner: this.hub.deps.owner,
      leaseMs: leaseOf(this.hub.deps),
      spacingMs: this.baseMs,
      interactive,
      moreInteractive: this.queue.count(isInteractive) > 1,
    })
    if (got.kind === 'wait') return await this.#wait(got)
    if (got.kind !== 'granted') return this.hub.refused(this.appId, head.question.endpoint, got)
    // Granted too early: the wall clock was set forward. The next turn waits by the monotonic one.
    const entry = early > 0 ? undefined : this.queue.take(head.question.endpoint)
    if (!entry) return await lanes.giveBack(got.lease)
    await this.#serve(entry, got.lease, asked)
  }

  async #wait({ ms, held }: { ms: number; held: boolean }): Promise<void> {
    const likely = held ? Math.min(ms, this.#latency.ms + this.spacingMs) : ms
    this.#slotAt = Math.max(this.#notBefore, this.hub.deps.timers.monotonicMs() + likely)
    await this.#rest(Math.min(ms, held ? Math.min(250, this.baseMs / 4) : RECHECK_MS))
  }

  async #serve(entry: Entry, lease: Lease, asked: number): Promise<void> {
    const { hub } = this
    const { lanes, timers } = hub.deps
    try {
      const check = entry.satisfied
      if (check && (await check()) && entry.satisfied) {
        await lanes.giveBack(lease)
        hub.finish(entry, 'satisfied')
        return await this.#rest(1)
      }
    } catch (error) {
      hub.fail(entry, error)
      return await lanes.giveBack(lease)
    }
    // A process that was stopped for a while must not call on a lease that may have ended meanwhile.
    if (timers.monotonicMs() - asked > leaseOf(hub.deps) / 10 || hub.stopping) {
      hub.enqueue(entry, 'again')
      return await lanes.giveBack(lease)
    }
    const since = timers.monotonicMs()
    this.#calling = { entry, since }
    this.spacingMs = lease.spacingMs
    const end = await callOnce(hub.deps, entry)
    this.#latency.add(timers.monotonicMs() - since)
    this.#calling = null
    const verdict = await settleCall(this, entry, lease, end)
    this.spacingMs = verdict.lane.spacingMs
    this.#endedAt = timers.monotonicMs()
    this.#slotAt = this.#notBefore + (verdict.lane.pauseMs ?? 0)
  }

  /** Sleeps, but not when something changed since the turn began; the caller looks at the clock again. */
  async #rest(ms: number): Promise<void> {
    if (this.#poked) return
    this.#wake = new AbortController()
    await this.hub.deps.timers.sleep(Math.max(1, Math.ceil(ms)), this.#wake.signal)
  }
}
