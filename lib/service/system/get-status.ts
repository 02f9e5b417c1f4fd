import 'server-only'
import type { Scoped } from '@/lib/access/authorize'
import { readProbeResult } from '@/lib/archive/probe'
import type { Progress } from '@/lib/archive/progress'
import { readSumCheck } from '@/lib/archive/sum-check'
import type { StatusReply } from '@/lib/contract/apps'
import { DAY } from '@/lib/contract/limits'
import type { Role } from '@/lib/contract/roles'
import type { LaneStatus } from '@/lib/gateway/gateway'
import type { Context } from '@/lib/service/context'
import { appReply, offsetText } from '@/lib/service/read/app-reply'
import { collectingState } from '@/lib/service/read/collecting-state'
import { problemNote, stopNote } from '@/lib/service/read/freshness'
import { seenOffset } from '@/lib/service/read/seen-offset'
import { shareWithinSecond } from '@/lib/service/read/share-within-second'
import type { AppRow } from '@/lib/store/people/apps'

/** Returns the state of the app's lanes: what waits, the calls of today, what stops them and since when. */
export function getStatus(ctx: Context, { app, role }: Scoped<object>): Promise<StatusReply> {
  return statusOf(ctx, app, role)
}

/** Returns the same for an app row that was just read. */
export async function statusOf(ctx: Context, app: AppRow, role: Role): Promise<StatusReply> {
  const [lanes, archive, collecting, probes] = await Promise.all([
    ctx.gateway.lanes(app.id),
    progressOf(ctx, app),
    collectingState(ctx, app),
    probesOf(ctx, app),
  ])
  const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())
  return {
    app: appReply(app, role),
    now: new Date(ctx.clock.dataS() * 1_000).toISOString(),
    credential: app.stopped && stopNote(app.stopped),
    collecting,
    everyS: app.spacingMs === null ? null : Math.round(app.spacingMs / 1_000),
    hourly: !app.byDay,
    probes,
    crowded: crowdedOf(app, lanes, ctx.clock.wallMs()),
    archive: archive.map(({ source, metric, held, expected, lost, pending, nextLossAt, etaMs }) => ({
      source,
      metric,
      held,
      expected,
      lost,
      pending,
      etaMs,
      nextLossAt: iso(nextLossAt === null ? null : nextLossAt * 1_000),
    })),
    lanes: lanes.map((lane) => ({
      endpoint: lane.endpoint,
      state: lane.state,
      queue: lane.queue,
      callsToday: lane.callsToday,
      failedToday: lane.failedToday,
      failures: lane.failures.map(({ lastAt, ...failure }) => ({ ...failure, lastAt: iso(lastAt) })),
      spacingMs: lane.spacingMs,
      pausedUntil: iso(lane.pausedUntil),
      lastCallAt: iso(lane.lastCallAt),
      problem: lane.problem && problemNote(lane.problem.code, lane.problem.upstreamCode, lane.problem.since),
    })),
  }
}

/** Reading the progress takes most of the time of a status, and changes only when the archive or the app does. */
function progressOf(ctx: Context, app: AppRow): Promise<Progress[]> {
  const { id, archiveRevision, createdAt, utcOffsetMin, byDay, fillFrom, spacingMs, lanesMerged } = app
  const key = JSON.stringify([id, archiveRevision, createdAt, utcOffsetMin, byDay, fillFrom, spacingMs, lanesMerged])
  return shareWithinSecond(ctx, ctx.caches.progress, key, { make: () => ctx.archive.progress(app) })
}

async function probesOf({ store }: Context, app: AppRow): Promise<StatusReply['probes']> {
  const found = await readProbeResult(store.settings, app.id)
  const offset = await seenOffset(store.settings, app)
  return {
    at: found && new Date(found.at * 1_000).toISOString(),
    parts: found?.parts ?? null,
    hours: found?.hours ?? null,
    sums: await readSumCheck(store.settings, app.id),
    end: found?.end?.end ?? null,
    grain: found?.end?.unit ?? null,
    counted: found?.counted ?? null,
    lag: found?.lag ?? null,
    offset: offset === null ? null : offsetText(offset),
  }
}

/**
 * Says that somebody else calls Tencent with the same app: it slowed us down within a day, although our own calls kept
 * their distance. Stays as long as the lanes are merged because of it.
 */
function crowdedOf({ lanesMerged }: AppRow, lanes: LaneStatus[], nowMs: number): StatusReply['crowded'] {
  const last = Math.max(0, ...lanes.map(({ slowedAt }) => slowedAt ?? 0))
  if (!lanesMerged && last < nowMs - DAY * 1_000) return null
  return { at: new Date(last).toISOString(), together: lanesMerged }
}
