import 'server-only'
import type { Archive } from './archive/archive'
import type { Collector } from './archive/collector'
import type { Clock } from './contract/clock'
import { HORIZON } from './contract/limits'
import type { CollectorStatus } from './service/context'
import type { Store } from './store/store'

/**
 * Reports the state of collecting for metrics and alerts. Hours from before the app was connected belong to the first
 * fill: it is normal that Tencent forgets some of them, so they raise no alarm.
 */
export function collectorStatus(
  deps: { store: Pick<Store, 'apps'>; archive: Archive; clock: Pick<Clock, 'dataS'> },
  collector: Collector,
): CollectorStatus {
  return {
    look: () => collector.look(),
    lagS: (appId) => Math.round(collector.lagMs(appId) / 1_000),
    async heartbeat(appId) {
      const app = await deps.store.apps.get(appId)
      const all = app ? await deps.archive.progress(app) : []
      const losses = all.flatMap(({ metric, nextLossAt }) =>
        app && nextLossAt !== null && nextLossAt - HORIZON[metric] >= app.createdAt ? [nextLossAt] : [],
      )
      return {
        lagS: Math.round(collector.lagMs(appId) / 1_000),
        toLossS: losses.length > 0 ? Math.min(...losses) - deps.clock.dataS() : null,
      }
    },
  }
}

/** The process that collects also runs the probes. */
export function withProbes(collector: Collector, prober: { start(): void; stop(): Promise<void> }): Collector {
  return {
    ...collector,
    start() {
      collector.start()
      prober.start()
    },
    async stop() {
      await Promise.all([collector.stop(), prober.stop()])
    },
  }
}
