import 'server-only'
import type { Clock } from '@/lib/contract/clock'
import { type Backups, scheduledUntil } from './backups'

export interface ScheduleDeps {
  backups: Backups
  clock: Pick<Clock, 'wallMs'>
  timers: { sleep(ms: number, wake: AbortSignal): Promise<void> }
  log: { info(fields: object, text: string): void; error(fields: object, text: string): void }
}

const LOOK_MS = 60_000
/** After a failure. The next look may be too early for a full disk or a service that is down. */
const RETRY_MS = 15 * 60_000

/**
 * Makes a backup whenever the newest scheduled one is older than BACKUP_EVERY, also after a restart. Does nothing without
 * a schedule. Only the process that holds the lock of the database runs it.
 */
export function startBackups(deps: ScheduleDeps): { stop(): Promise<void> } {
  const end = new AbortController()
  const { everyS } = deps.backups
  if (!deps.backups.supported || everyS === null) return { stop: async () => undefined }
  const running = (async () => {
    let notBeforeMs = -Infinity
    while (!end.signal.aborted) {
      if (deps.clock.wallMs() >= notBeforeMs) {
        const failed = !(await makeIfDue(deps, everyS))
        notBeforeMs = failed ? deps.clock.wallMs() + RETRY_MS : -Infinity
      }
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

async function makeIfDue({ backups, clock, log }: ScheduleDeps, everyS: number): Promise<boolean> {
  const { schedule } = backups
  try {
    const stored = scheduledUntil(clock.wallMs(), await backups.list())
    const [newest] = stored
    schedule.newestAt = newest?.at ?? null
    const isDue = !newest || newest.at + everyS <= clock.wallMs() / 1_000
    if (isDue) {
      const { name, bytes, at } = await backups.make('schedule')
      schedule.newestAt = at
      log.info({ name, bytes }, 'a scheduled backup was made and checked')
    }
    if (isDue || stored.length > backups.keep) await backups.prune()
    schedule.failed = false
    return true
  } catch (error) {
    schedule.failed = true
    log.error({ err: error, to: backups.label }, 'the scheduled backup failed; the next attempt is in 15 minutes')
    return false
  }
}
