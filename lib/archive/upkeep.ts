import 'server-only'
import { FAILED_SIGN_INS_DAYS } from '@/lib/contract/access/audit'
import type { Clock } from '@/lib/contract/clock'
import { DAY, EXACT_DAYS, HORIZON, HOUR, SHARE_LIMITS } from '@/lib/contract/limits'
import { METRICS } from '@/lib/contract/sources'
import type { Gateway } from '@/lib/gateway/gateway'
import type { Timers } from '@/lib/gateway/timers'
import { earliestAskable } from '@/lib/report/range/windows'
import type { Store } from '@/lib/store/store'

export interface UpkeepDeps {
  store: Pick<Store, 'apps' | 'audit' | 'shares' | 'windows' | 'traces'>
  gateway: Pick<Gateway, 'resume'>
  retentionTracesDays: number
  clock: Clock
  timers: Pick<Timers, 'sleep'>
  log?: { warn(fields: object, text: string): void }
}

const LOOK_MS = 60_000

/**
 * Starts the regular maintenance, which every replica does, also without a collector; doing it twice is harmless. Checks
 * every minute for stops that are over, and removes expired data once an hour.
 */
export function startUpkeep(deps: UpkeepDeps): { stop(): Promise<void> } {
  const end = new AbortController()
  let removeAt = -Infinity
  const round = async () => {
    await endStops(deps)
    if (deps.clock.dataS() < removeAt) return
    await removeExpired(deps)
    removeAt = deps.clock.dataS() + HOUR
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

/**
 * Closes windows beyond the horizon. Deletes exact windows after a week, look-ups after their retention, counts of failed
 * sign-ins, and openings of shared links.
 */
export async function removeExpired({
  store,
  clock,
  retentionTracesDays,
}: Omit<UpkeepDeps, 'gateway' | 'timers'>): Promise<void> {
  for (const metric of METRICS) await store.windows.close(metric, earliestAskable(HORIZON[metric], clock.dataS()))
  await store.windows.prune(clock.dataS() - EXACT_DAYS * DAY)
  await store.traces.pruneBefore(clock.dataS() - retentionTracesDays * DAY)
  const wallS = Math.floor(clock.wallMs() / 1_000)
  await store.audit.failedSignIns.prune(wallS - FAILED_SIGN_INS_DAYS * DAY)
  await store.shares.pruneOpenings(wallS - SHARE_LIMITS.opens * DAY)
}
