import 'server-only'
import type { LaneStatus } from '@/lib/gateway/lane-status'
import type { Context } from '@/lib/service/context'
import type { CallCount } from '@/lib/store/lanes/calls'

export interface AppMetrics {
  app: string
  credentialOk: boolean
  lanes: LaneStatus[]
  calls: CallCount[]
  lagS: number | null
  toLossS: number | null
}

/** Returns what a monitor watches, for every app. Contains no names and nothing about people. /metrics authorizes by its bearer. */
export async function getMetrics(ctx: Context): Promise<AppMetrics[]> {
  const apps = await ctx.store.apps.list()
  return Promise.all(
    apps.map(async ({ id, stopped }) => ({
      app: id,
      credentialOk: stopped === null,
      lanes: await ctx.gateway.lanes(id),
      calls: await ctx.store.calls.total(id),
      ...((await ctx.collector?.heartbeat(id)) ?? { lagS: null, toLossS: null }),
    })),
  )
}

export interface BackupMetrics {
  everyS: number
  /** Seconds since the newest scheduled copy was begun; null where none is known. */
  ageS: number | null
  failed: boolean | null
}

/** Returns how scheduled backups go; null where none are scheduled. Asks no bucket: the schedule has looked. */
export function getBackupMetrics({ backups, clock }: Pick<Context, 'backups' | 'clock'>): BackupMetrics | null {
  if (!backups.supported || backups.everyS === null) return null
  const { newestAt, failed } = backups.schedule
  const ageS = newestAt === null ? null : Math.max(0, Math.round(clock.wallMs() / 1_000) - newestAt)
  return { everyS: backups.everyS, ageS, failed }
}
