import 'server-only'
import { SOURCES } from '@/lib/contract/sources'
import type { Timers } from '@/lib/gateway/timers'
import type { Store } from '@/lib/store/store'
import { Feeder, type FeederDeps } from './feeder'
import { TELL_S, tellStanding } from './standing'
import { TaskFeeder } from './task-feeder'

export interface CollectorDeps extends FeederDeps {
  timers: Timers
  store: Pick<Store, 'apps' | 'windows' | 'observations' | 'settings'>
}

export interface Collector {
  start(): void
  /** Asks for nothing more and resolves when the last look is over; what is in line is the gateway's to refuse. */
  stop(): Promise<void>
  /**
   * How long the most overdue bucket that is new or may have grown has waited, of one app or of all, in milliseconds of
   * the data's clock; also since the collector last got through its round, where that is long ago.
   */
  lagMs(appId?: string): number
}

/** New apps, and a clock that was set, are noticed this soon. */
const LOOK_MS = 15_000
/** A round takes moments: after this long without one it is stuck, or cannot use the store. */
const STUCK_S = 300

/** Keeps the hours and days of every app's overall complete and settled and its tasks observed, behind everyone who waits. */
export function createCollector(deps: CollectorDeps): Collector {
  const feeders = new Map<string, Feeder | TaskFeeder>()
  let wake = new AbortController()
  let stopping = false
  let running: Promise<void> | null = null
  let roundAt = deps.clock.dataS()
  let toldAt = -Infinity

  async function round(): Promise<void> {
    const apps = (await deps.store.apps.list()).filter((app) => app.stopped === null && app.pausedAt === null)
    const keys = new Set<string>()
    for (const app of apps) {
      for (const source of SOURCES) {
        if (stopping) return
        const key = `${source} ${app.id}`
        keys.add(key)
        const feeder = feeders.get(key) ?? new Feeder(deps, source, () => wake.abort())
        feeders.set(key, feeder)
        await feeder.feed(app)
      }
      const key = `tasks ${app.id}`
      keys.add(key)
      const feeder = feeders.get(key) ?? new TaskFeeder(deps, () => wake.abort())
      feeders.set(key, feeder)
      await feeder.feed(app)
    }
    for (const key of feeders.keys()) if (!keys.has(key)) feeders.delete(key)
    roundAt = deps.clock.dataS()
    if (Math.abs(roundAt - toldAt) < TELL_S) return
    await tellStanding(deps.store.settings, {
      at: roundAt,
      lagS: Object.fromEntries(apps.map(({ id }) => [id, lagS(id)])),
    })
    toldAt = roundAt
  }

  function lagS(appId?: string): number {
    const own = [...feeders].filter(([key]) => appId === undefined || key.endsWith(` ${appId}`))
    const late = Math.min(...own.flatMap(([, feeder]) => feeder.lateSince ?? []))
    const stuck = deps.clock.dataS() - roundAt
    return Math.max(0, deps.clock.dataS() - late, stuck > STUCK_S ? stuck : 0)
  }

  async function run(): Promise<void> {
    while (!stopping) {
      wake = new AbortController() // Before looking: what is answered meanwhile is not slept over.
      await round().catch((error: unknown) => deps.log?.warn({ err: error }, 'the collector could not use the store'))
      const next = Math.min(...[...feeders.values()].map((feeder) => feeder.lookAt), Infinity)
      const ms = Math.min(Math.max((next - deps.clock.dataS()) * 1_000, 100), LOOK_MS)
      if (!stopping) await deps.timers.sleep(ms, wake.signal)
    }
  }

  return {
    start() {
      running ??= run()
    },
    async stop() {
      stopping = true
      wake.abort()
      await running
    },
    lagMs: (appId) => lagS(appId) * 1_000,
  }
}
