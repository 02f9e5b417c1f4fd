import 'server-only'
import { HORIZON } from '@/lib/contract/limits'
import { earliestAskable } from '@/lib/report/range/windows'
import { countsAtAge } from '@/lib/report/tasks/counts-at-age'
import type { Life } from '@/lib/report/tasks/life'
import type { ReportContext } from '@/lib/service/context'
import {
  mergeFreshness,
  mergeTaskLosses,
  type ReadLosses,
  staleIfPartial,
} from '@/lib/service/read/losses/merged-losses'
import { pairWindows, type WindowPair } from '@/lib/service/read/losses/window-pairs'
import { readLives } from '@/lib/service/read/read-windows'
import type { ReaderContext } from '@/lib/service/read/reader'
import { livesOf } from '@/lib/service/read/task-lives'
import type { AppRow } from '@/lib/store/people/apps'
import type { WindowCounts } from '@/lib/store/windows/window-rows'
import type { HeldWindow } from '@/lib/store/windows/windows'

/**
 * Returns the losses of tasks over their lives. Tencent reports them for seven days only, so the funnel is taken at the
 * same age: later deliveries and clicks would look like losses without a reason. Losses that were not stored in time are
 * those of the funnel, without reasons. With `waitMs` null nothing is requested.
 */
export async function readLifeLosses(
  ctx: ReaderContext,
  { app, lives }: { app: AppRow; lives: Life[] },
  waitMs: number | null,
): Promise<ReadLosses> {
  const tasks = lives.map(({ task }) => task)
  const whole = await livesOf(ctx, app, 'statistics', tasks)
  const [loss, statistics] = await Promise.all([
    readLives(ctx, { app, metric: 'loss', lives }, waitMs),
    readLives(ctx, { app, metric: 'statistics', lives: whole }, waitMs),
  ])
  const held = new Map<string, WindowPair[]>()
  const earliest = earliestAskable(HORIZON.loss, ctx.clock.dataS())
  for (const life of lives) {
    const [lossWindow, funnelWindow] = [loss.held.get(life.task), statistics.held.get(life.task)]
    const pair = pairWindows(lossWindow, funnelWindow)
    const reasonsGone = lossWindow === undefined && life.from < earliest
    const funnel = await funnelAtThatAge(ctx, app, life, lossWindow, funnelWindow)
    if (pair) held.set(life.task, [{ ...pair, ...funnel, reasonsGone }])
  }
  const covers = tasks.map((task) => ({ held: loss.held.has(task) ? 1 : 0, expected: 1, missing: [] }))
  return {
    ...mergeTaskLosses(tasks, held, covers),
    window: loss.window,
    basis: 'exact',
    difference: null,
    coverage: loss.coverage,
    freshness: staleIfPartial(mergeFreshness(loss.freshness, statistics.freshness), held.size > 0),
  }
}

/** Returns the counts of a life at the time its losses were fetched, and the older of the two fetches. */
async function funnelAtThatAge(
  ctx: ReportContext,
  app: AppRow,
  { task, sentAt }: Life,
  lossWindow: HeldWindow | undefined,
  funnelWindow: HeldWindow | undefined,
): Promise<{ counts: WindowCounts | null; fetchedAt?: number }> {
  if (!lossWindow || sentAt === null) return { counts: funnelWindow?.counts ?? null }
  const observations = await ctx.store.observations.of({ appId: app.id, task })
  const nowS = ctx.clock.dataS()
  const then = countsAtAge(observations, { sentAt, age: lossWindow.fetchedAt - sentAt, nowS })
  const fetchedAt = Math.min(lossWindow.fetchedAt, then ? sentAt + then.age : lossWindow.fetchedAt)
  return { counts: then?.counts ?? null, fetchedAt }
}
