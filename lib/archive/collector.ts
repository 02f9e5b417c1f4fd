import 'server-only'
import { DAY, HORIZON, HOUR } from '@/lib/contract/limits'
import { METRICS, SOURCES } from '@/lib/contract/sources'
import type { Clock } from '@/lib/gateway/clock'
import { earliestAskable } from '@/lib/report/windows'
import type { Store } from '@/lib/store/store'
import { Feeder, type FeederDeps } from './feeder'
import { TaskFeeder } from './task-feeder'

export interface CollectorDeps extends FeederDeps, Pick<Clock, 'monotonic' | 'sleep'> {
  store: Pick<Store, 'apps' | 'windows' | 'observations'>
}

export interface Collector {
  start(): void
  /** Asks for nothing more and resolves when the last look is over; what is in line is the gateway's to refuse. */
  stop(): Promise<void>
  /** How long the most overdue bucket that is new or may have grown has waited, in milliseconds of the data's clock. */
  lagMs(): number
}

/** New apps, and a clock that was set, are noticed this soon. */
const LOOK_MS = 15_000
const PRUNE_AFTER = 7 * DAY

/** Keeps the hours and days of every app's overall complete and settled and its tasks observed, behind everyone who waits. */
export function createCollector(deps: CollectorDeps): Collector {
  const feeders = new Map<string, Feeder | TaskFeeder>()
  let wake = new AbortController()
  let stopping = false
  let running: Promise<void> | null = null
  let tidyAt = -Infinity

  async function round(): Promise<void> {
    const apps = (await deps.store.apps.list()).filter((app) => app.stopped === null)
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
    if (deps.now() >= tidyAt) await tidy()
  }

  async function tidy(): Promise<void> {
    const now = deps.now()
    tidyAt = now + HOUR
    for (const metric of METRICS) await deps.store.windows.close(metric, earliestAskable(HORIZON[metric], now))
    await deps.store.windows.prune(now - PRUNE_AFTER)
  }

  async function run(): Promise<void> {
    while (!stopping) {
      wake = new AbortController() // Before looking: what is answered meanwhile is not slept over.
      await round().catch((error: unknown) => deps.log?.warn({ err: error }, 'the collector could not use the store'))
      const next = Math.min(...[...feeders.values()].map((feeder) => feeder.lookAt), Infinity)
      const ms = Math.min(Math.max((next - deps.now()) * 1_000, 100), LOOK_MS)
      if (!stopping) await deps.sleep(ms, wake.signal)
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
    lagMs() {
      const since = [...feeders.values()].flatMap((feeder) => feeder.lateSince ?? [])
      return since.length === 0 ? 0 : Math.max(0, deps.now() - Math.min(...since)) * 1_000
    },
  }
}
