import 'server-only'
import { SOURCES, type Source } from '@/lib/contract/sources'
import type { Timers } from '@/lib/gateway/timers'
import { type AppRow, isCollected } from '@/lib/store/people/apps'
import type { Store } from '@/lib/store/store'
import { AgeCollector } from './age-collector'
import { BucketCollector, type CollectDeps } from './bucket-collector'
import { HEARTBEAT_EVERY_S, writeHeartbeat } from './heartbeat'
import { TaskCollector } from './task-collector'

export interface CollectorDeps extends CollectDeps {
  timers: Timers
  store: Pick<Store, 'apps' | 'windows' | 'observations' | 'settings'>
}

export interface Collector {
  start(): void
  /** Makes no more requests and resolves when the current round has ended. Queued requests end with the gateway. */
  stop(): Promise<void>
  /** Looks for changed apps now. It notices them by itself within `LOOK_MS`. */
  look(): void
  /**
   * Returns how long the most overdue bucket of one app, or of all apps, has waited. When the collector has not finished
   * a round for a while, at least the time since then. Milliseconds of data time.
   */
  lagMs(appId?: string): number
}

/** How soon a new app or a changed clock is noticed. */
const LOOK_MS = 15_000
/** A round takes moments. Without one for this long, the collector is stuck or cannot use the store. */
const STUCK_S = 300

/** An app that was erased and connected again is another one: what was planned for the first is gone. */
const keyOf = (what: Source | 'tasks' | 'ages', { id, createdAt }: AppRow) => `${what} ${createdAt} ${id}`

/** Keeps all buckets of every app complete and settled, and observes its tasks, with lower priority than waiting people. */
export function createCollector(deps: CollectorDeps): Collector {
  const collectors = new Map<string, BucketCollector | TaskCollector | AgeCollector>()
  let wake = new AbortController()
  let stopping = false
  let running: Promise<void> | null = null
  let roundAt = deps.clock.dataS()
  let heartbeatAt = -Infinity

  async function round(): Promise<void> {
    const apps = (await deps.store.apps.list()).filter(isCollected)
    const keys = new Set<string>()
    for (const app of apps) {
      for (const source of SOURCES) {
        if (stopping) return
        const key = keyOf(source, app)
        keys.add(key)
        const collector = collectors.get(key) ?? new BucketCollector(deps, source, () => wake.abort())
        collectors.set(key, collector)
        await collector.collect(app)
      }
      const others = { tasks: TaskCollector, ages: AgeCollector }
      for (const what of ['tasks', 'ages'] as const) {
        const key = keyOf(what, app)
        keys.add(key)
        const collector = collectors.get(key) ?? new others[what](deps, () => wake.abort())
        collectors.set(key, collector)
        await collector.collect(app)
      }
    }
    for (const key of collectors.keys()) if (!keys.has(key)) collectors.delete(key)
    roundAt = deps.clock.dataS()
    if (Math.abs(roundAt - heartbeatAt) < HEARTBEAT_EVERY_S) return
    await writeHeartbeat(deps.store.settings, {
      at: roundAt,
      lagS: Object.fromEntries(apps.map(({ id }) => [id, lagS(id)])),
    })
    heartbeatAt = roundAt
  }

  function lagS(appId?: string): number {
    const own = [...collectors].filter(([key]) => appId === undefined || key.endsWith(` ${appId}`))
    const late = Math.min(...own.flatMap(([, collector]) => collector.lateSince ?? []))
    const stuck = deps.clock.dataS() - roundAt
    return Math.max(0, deps.clock.dataS() - late, stuck > STUCK_S ? stuck : 0)
  }

  async function run(): Promise<void> {
    while (!stopping) {
      wake = new AbortController() // Before the round, so that a request that ends during it is not missed.
      await round().catch((error: unknown) => deps.log?.warn({ err: error }, 'the collector could not use the store'))
      const next = Math.min(...[...collectors.values()].map((collector) => collector.lookAt), Infinity)
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
    look: () => wake.abort(),
    lagMs: (appId) => lagS(appId) * 1_000,
  }
}
