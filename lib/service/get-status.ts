import 'server-only'
import type { Scoped } from '@/lib/access/authorize'

import type { StatusReply } from '@/lib/contract/apps'
import type { Context } from './context'
import { problemNote } from './freshness'
import { appReply } from './list-apps'

/** How the app's lanes stand: what waits, what was called today, what stops them and since when. */
export async function getStatus(ctx: Context, { app, role }: Scoped<object>): Promise<StatusReply> {
  const [lanes, archive] = await Promise.all([ctx.gateway.lanes(app.id), ctx.archive.progress(app)])
  const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())
  return {
    app: appReply(app, role),
    now: new Date(ctx.now()).toISOString(),
    credential: app.stopped && problemNote(app.stopped.code, app.stopped.upstreamCode, app.stopped.at * 1_000),
    archive: archive.map(({ source, metric, held, expected, lost, pending, nextLossAt, etaMs }) => ({
      ...{ source, metric, held, expected, lost, pending, etaMs },
      nextLossAt: iso(nextLossAt === null ? null : nextLossAt * 1_000),
    })),
    lanes: lanes.map((lane) => ({
      endpoint: lane.endpoint,
      state: lane.state,
      queue: lane.queue,
      callsToday: lane.callsToday,
      failedToday: lane.failedToday,
      spacingMs: lane.spacingMs,
      pausedUntil: iso(lane.pausedUntil),
      lastCallAt: iso(lane.lastCallAt),
      problem: lane.problem && problemNote(lane.problem.code, lane.problem.upstreamCode, lane.problem.since),
    })),
  }
}
