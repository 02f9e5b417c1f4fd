import 'server-only'
import type { Clock } from '@/lib/contract/clock'
import { DAY, HORIZON, HOUR } from '@/lib/contract/limits'
import { METRICS } from '@/lib/contract/sources'
import type { Gateway } from '@/lib/gateway/gateway'
import type { Timers } from '@/lib/gateway/timers'
import { earliestAskable } from '@/lib/report/range/windows'
import type { Store } from '@/lib/store/store'

export interface UpkeepDeps {
  store: Pick<Store, 'apps' | 'windows' | 'traces'>
  gateway: Pick<Gateway, 'resume'>
  retentionTracesDays: number
  clock: Clock
  timers: Pick<Timers, 'sleep'>
  log?: { warn(fields: object, text: string): void }
}

const LOOK_MS = 60_000
const EXACT_KEPT = 7 * DAY

/**
 * What has to be done now and then whether anything is collected here or not: every replica does it, and twice does no
 * harm. A stop whose time has come ends within a minute; what need not be kept any longer goes once an hour.
 */
export function startUpkeep(deps: UpkeepDeps): { stop(): Promise<void> } {
  const end = new AbortController()
  let tidyAt = -Infinity
  const round = async () => {
    await endStops(deps)
    if (deps.clock.dataS() < tidyAt) return
    await tidy(deps)
    tidyAt = deps.clock.dataS() + HOUR
  }
  const running = (async () => {
    while (!end.signal.aborted) {
      await round().catch((error: unknown) => deps.log?.warn({ err: error }, 'the upkeep could not use the store'))
      if (!end.signal.aborted) await deps.timers.sleep(LOOK_MS, end.signal)
    }
  })()
  return {
    async stop() {
      end.abort()
      await running
    },
  }
}

async function endStops({ store, gateway, clock }: UpkeepDeps): Promise<void> {
  for (const { id, stopped } of await store.apps.list()) {
    if (stopped?.until !== undefined && stopped.until * 1_000 <= clock.wallMs()) await gateway.resume(id)
  }
}

/** Closes windows nobody can ask for again; forgets exact ones after a week, and look-ups when their time is over. */
export async function tidy({
  store,
  clock,
  retentionTracesDays,
}: Omit<UpkeepDeps, 'gateway' | 'timers'>): Promise<void> {
  for (const metric of METRICS) await store.windows.close(metric, earliestAskable(HORIZON[metric], clock.dataS()))
  await store.windows.prune(clock.dataS() - EXACT_KEPT)
  await store.traces.pruneBefore(clock.dataS() - retentionTracesDays * DAY)
}
