import 'server-only'
import { readHeartbeat } from '@/lib/archive/heartbeat'
import type { CollectingReply } from '@/lib/contract/apps'
import { HOUR } from '@/lib/contract/limits'
import type { Context } from '@/lib/service/context'
import type { AppRow } from '@/lib/store/people/apps'

/** The collector fetches an hour soon after its end. A longer delay than this is late. */
const LATE_S = 2 * HOUR

/** Returns the state of the collector for an app: from this process if it collects, else from the last heartbeat. */
export async function collectingState(
  ctx: Pick<Context, 'store' | 'collector' | 'clock'>,
  app: Pick<AppRow, 'id' | 'stopped' | 'pausedAt'>,
): Promise<CollectingReply> {
  const at = (second: number) => new Date(second * 1_000).toISOString()
  if (app.stopped) return { state: 'stopped', since: at(app.stopped.at) }
  if (app.pausedAt !== null) return { state: 'paused', since: at(app.pausedAt) }
  const nowS = ctx.clock.dataS()
  const lagS = ctx.collector?.lagS(app.id) ?? (await heartbeatLag(ctx, app.id, nowS))
  if (lagS === null) return { state: 'off', since: null }
  return lagS > LATE_S ? { state: 'late', since: at(nowS - lagS) } : { state: 'collecting', since: null }
}

async function heartbeatLag({ store }: Pick<Context, 'store'>, appId: string, nowS: number): Promise<number | null> {
  const heartbeat = await readHeartbeat(store.settings, nowS)
  return heartbeat && (heartbeat.lagS[appId] ?? 0)
}
