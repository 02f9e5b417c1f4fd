import 'server-only'
import { startUpkeep } from './archive/upkeep'
import { startBackups } from './backup/schedule'
import { watchAlerts } from './context-alert'
import type { Base } from './context-base'
import { keepFollowing } from './context-clock'
import { followMasterKey } from './context-keys'
import type { LeaseDeps } from './context-lease'
import type { Env } from './env'
import { systemTimers } from './gateway/timers'
import type { Context } from './service/context'

/**
 * Starts what every server does beside answering, also one that does not collect. `member` is null for the only server of a
 * database.
 */
export function startJobs(env: Env, ground: Base, ctx: Context, member: LeaseDeps | null): { stop(): Promise<void> } {
  const { clock, log, store, backups } = ground
  const alerts = watchAlerts(env, ground, ctx, member)
  const jobs = [
    followMasterKey(ground.keyRotation, systemTimers, log),
    startBackups({ backups, clock, timers: systemTimers, log }),
    startUpkeep({ ...ctx, clock, timers: systemTimers, log }),
    keepFollowing({ clock, log, databaseMs: store.databaseMs }, systemTimers),
  ]
  return {
    async stop() {
      await alerts.stop()
      await Promise.all(jobs.map((job) => job.stop()))
    },
  }
}
