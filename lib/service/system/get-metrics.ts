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

/** What a monitor watches, of every app: no names, nothing of people. Who may ask is decided by the bearer of /metrics. */
export async function getMetrics(ctx: Context): Promise<AppMetrics[]> {
  const apps = await ctx.store.apps.list()
  return Promise.all(
    apps.map(async ({ id, stopped }) => ({
      app: id,
      credentialOk: stopped === null,
      lanes: await ctx.gateway.lanes(id),
      calls: await ctx.store.calls.total(id),
      ...((await ctx.collector?.standing(id)) ?? { lagS: null, toLossS: null }),
    })),
  )
}
