import 'server-only'
import { FAILED_SIGN_INS_DAYS } from '@/lib/contract/access/audit'
import type { Clock } from '@/lib/contract/clock'
import { DAY, EXACT_DAYS, HORIZON, SHARE_LIMITS } from '@/lib/contract/limits'
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
  timers: Timers
  log?: { warn(fields: object, text: string): void }
}

const LOOK_MS = 60_000
const REMOVE_EVERY_MS = 3_600_000
/** A machine may start with a clock that is ahead. Everything seems expired until the clock is set right. */
const FIRST_REMOVAL_MS = 10 * 60_000

/**
 * Starts the regular maintenance, which every replica does, also without a collector; doing it twice is harmless. Checks
 * every minute for stops that are over. Removes expired data once an hour, for the first time ten minutes after the
 * start.
 */
export function startUpkeep(deps: UpkeepDeps): { stop(): Promise<void> } {
  const end = new AbortController()
  let removeAtMs = deps.timers.monotonicMs() + FIRST_REMOVAL_MS
  const round = async () => {
    await endStops(deps)
    if (deps.timers.monotonicMs() < removeAtMs) return
    await removeExpired(deps)
    removeAtMs = deps.timers.monotonicMs() + REMOVE_EVERY_MS
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

/** Returns until when data has expired, in epoch seconds: windows and look-ups by data time, the others by real time. */
export function expiredBefore(clock: Clock, retentionTracesDays: number) {
  const [dataS, wallS] = [clock.dataS(), Math.floor(clock.wallMs() / 1_000)]
  return {
    exact: dataS - EXACT_DAYS * DAY,
    traces: dataS - retentionTracesDays * DAY,
    failedSignIns: wallS - FAILED_SIGN_INS_DAYS * DAY,
    opens: wallS - SHARE_LIMITS.opens * DAY,
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
  const before = expiredBefore(clock, retentionTracesDays)
  await store.windows.prune(before.exact)
  await store.traces.pruneBefore(before.traces)
  await store.audit.failedSignIns.prune(before.failedSignIns)
  await store.shares.pruneOpenings(before.opens)
}
