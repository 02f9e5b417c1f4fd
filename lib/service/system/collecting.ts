import 'server-only'
import { readHeartbeat } from '@/lib/archive/heartbeat'
import type { CollectingReply } from '@/lib/contract/apps'
import { HOUR } from '@/lib/contract/limits'
import type { Context } from '@/lib/service/context'
import type { AppRow } from '@/lib/store/people/apps'

/** An hour is fetched soon after its end; what waits longer than this is late. */
const LATE_S = 2 * HOUR

/** How the archive's own work stands for an app: by this process where it collects, else by what another one said. */
export async function collectingOf(
  ctx: Pick<Context, 'store' | 'collector' | 'now'>,
  app: Pick<AppRow, 'id' | 'stopped' | 'pausedAt'>,
): Promise<CollectingReply> {
  const at = (second: number) => new Date(second * 1_000).toISOString()
  if (app.stopped) return { state: 'stopped', since: at(app.stopped.at) }
  if (app.pausedAt !== null) return { state: 'paused', since: at(app.pausedAt) }
  const now = Math.floor(ctx.now() / 1_000)
  const lagS = ctx.collector ? ctx.collector.lagS(app.id) : await heardLag(ctx, app.id, now)
  if (lagS === null) return { state: 'off', since: null }
  return lagS > LATE_S ? { state: 'late', since: at(now - lagS) } : { state: 'collecting', since: null }
}

async function heardLag({ store }: Pick<Context, 'store'>, appId: string, now: number): Promise<number | null> {
  const standing = await readHeartbeat(store.settings, now)
  return standing && (standing.lagS[appId] ?? 0)
}
