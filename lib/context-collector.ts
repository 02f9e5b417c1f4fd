import 'server-only'
import type { Archive } from './archive/archive'
import type { Collector } from './archive/collector'
import { readHeartbeat } from './archive/heartbeat'
import { holdLease, type LeaseDeps } from './context-lease'
import type { Clock } from './contract/clock'
import { HORIZON } from './contract/limits'
import type { Gateway } from './gateway/gateway'
import type { CollectorStatus } from './service/context'
import { COLLECTOR } from './store/lanes/leases'
import type { Store } from './store/store'

/** A collector that may be idle, because another replica collects. */
export interface ElectedCollector extends Omit<Collector, 'lagMs'> {
  /** As of `Collector`. Null while another replica collects. */
  lagMs(appId?: string): number | null
}

/**
 * Reports the state of collecting for metrics and alerts. Hours from before the app was connected belong to the first
 * fill: it is normal that Tencent forgets some of them, so they raise no alarm.
 */
export function collectorStatus(
  deps: { store: Pick<Store, 'apps' | 'settings'>; archive: Archive; clock: Pick<Clock, 'dataS'> },
  collector: ElectedCollector,
): CollectorStatus {
  const lagS = (appId: string) => {
    const ms = collector.lagMs(appId)
    return ms === null ? null : Math.round(ms / 1_000)
  }
  return {
    look: () => collector.look(),
    lagS,
    async heartbeat(appId) {
      const app = await deps.store.apps.get(appId)
      const elsewhere = await readHeartbeat(deps.store.settings, deps.clock.dataS())
      const all = app ? await deps.archive.progress(app) : []
      const losses = all.flatMap(({ metric, nextLossAt }) =>
        app && nextLossAt !== null && nextLossAt - HORIZON[metric] >= app.createdAt ? [nextLossAt] : [],
      )
      return {
        lagS: lagS(appId) ?? elsewhere?.lagS[appId] ?? null,
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

/**
 * Collects while this replica holds the lease of the collector. The next replica begins with a collector of its own, which
 * plans by what is stored.
 */
export function electedCollector(
  create: () => Collector,
  deps: LeaseDeps & { gateway: Pick<Gateway, 'withdrawArchive'> },
): ElectedCollector {
  let current: Collector | null = null
  let lease: { stop(): Promise<void> } | null = null
  const turn = {
    begin(term: number) {
      deps.log.info({ term }, 'this replica collects')
      current = create()
      current.start()
    },
    async end() {
      deps.log.info('this replica no longer collects')
      const ended = current?.stop()
      current = null
      deps.gateway.withdrawArchive()
      await ended
    },
  }
  return {
    start() {
      lease ??= holdLease(deps, COLLECTOR, turn)
    },
    stop: async () => lease?.stop(),
    look: () => current?.look(),
    lagMs: (appId) => current?.lagMs(appId) ?? null,
  }
}
