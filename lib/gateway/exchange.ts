import 'server-only'
import { PushlensError } from '@/lib/contract/errors'
import type { Endpoint } from '@/lib/contract/sources'
import { APART, type LaneName, MERGED } from '@/lib/store/lanes/lane-rows'
import { UpstreamError } from '@/lib/timpush/errors'
import type { GatewayDeps } from './deps'
import { type Ask, createEntry, type Entry, join, type Outcome, rankOf } from './entry'
import type { Barred, Hub } from './hub'
import { Lane } from './lane'
import { questionKey } from './question-key'

interface App {
  merged: boolean
  lanes: Map<LaneName, Lane>
}

/** Who waits for what, in which lane. */
export class Exchange implements Hub {
  stopping = false
  readonly #apps = new Map<string, App>()
  readonly #entries = new Map<string, Entry>()
  #order = 0

  constructor(readonly deps: GatewayDeps) {}

  admit(ask: Ask): Entry {
    const key = questionKey(ask.app.id, ask.question)
    const known = this.#entries.get(key)
    if (known) {
      join(known, ask)
      this.#lift(known, rankOf(ask.priority))
      return known
    }
    const entry = createEntry(key, ask, 0)
    this.#entries.set(key, entry)
    this.enqueue(entry, 'later')
    return entry
  }

  #lift(entry: Entry, rank: number): void {
    if (rank >= entry.rank) return
    const waited = this.laneOf(entry).queue.remove(entry)
    entry.rank = rank
    if (waited) this.enqueue(entry, 'later')
  }

  enqueue(entry: Entry, place: 'again' | 'later'): void {
    if (this.stopping) {
      this.fail(entry, ending())
      return
    }
    if (place === 'later') entry.order = ++this.#order
    this.laneOf(entry).add(entry)
  }

  finish(entry: Entry, outcome: Outcome): void {
    this.#entries.delete(entry.key)
    entry.resolve(outcome)
  }

  fail(entry: Entry, error: unknown): void {
    this.#entries.delete(entry.key)
    entry.reject(error)
  }

  refused(appId: string, endpoint: Endpoint, why: Barred): void {
    if (why.kind === 'moved') {
      this.#move(appId, why.merged)
      return
    }
    const all = why.kind === 'gone' || why.whole
    for (const lane of this.#app(appId).lanes.values()) {
      for (const entry of lane.queue.drain((one) => all || one.question.endpoint === endpoint)) {
        this.fail(entry, why.kind === 'gone' ? gone(appId) : halted(entry, why))
      }
      lane.poke()
    }
  }

  #move(appId: string, merged: boolean): void {
    const app = this.#app(appId)
    app.merged = merged
    for (const lane of [...app.lanes.values()]) {
      for (const entry of lane.queue.drain((one) => this.laneOf(one) !== lane)) this.enqueue(entry, 'again')
      lane.poke()
    }
  }

  laneOf(entry: Entry): Lane {
    const appId = entry.app.id
    const app = this.#app(appId)
    const { endpoint } = entry.question
    const name = app.merged && endpoint !== APART ? MERGED : endpoint
    const lane = app.lanes.get(name) ?? new Lane(this, appId, name)
    app.lanes.set(name, lane)
    return lane
  }

  queueOf(appId: string, endpoint: Endpoint): number {
    const lanes = [...this.#app(appId).lanes.values()]
    return lanes.reduce((sum, lane) => sum + lane.queue.count((entry) => entry.question.endpoint === endpoint), 0)
  }

  /** The lane apart keeps its own pace. */
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
      for (const entry of lane.queue.drain(() => true)) this.fail(entry, ending())
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

function halted(entry: Entry, why: Extract<Barred, { kind: 'stopped' }>): UpstreamError {
  const { code, upstreamCode } = why.problem
  const kind = why.whole ? 'credential' : 'not_enabled'
  return new UpstreamError(entry.question.endpoint, code, kind, upstreamCode, 'no call was made: it is stopped')
}

function gone(appId: string): PushlensError {
  return new PushlensError('not_found', `app ${appId} is not here any more`)
}

function ending(): PushlensError {
  return new PushlensError('unavailable', 'the server is stopping; no call was made')
}
