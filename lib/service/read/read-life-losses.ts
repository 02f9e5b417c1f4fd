import 'server-only'
import { countsAtAge } from '@/lib/report/tasks/counts-at-age'
import type { Life } from '@/lib/report/tasks/life'
import type { Context } from '@/lib/service/context'
import type { AppRow } from '@/lib/store/people/apps'
import type { WindowCounts } from '@/lib/store/windows/window-rows'
import type { HeldWindow } from '@/lib/store/windows/windows'
import { readLives } from './read-windows'
import { addedUp, type ReadLosses, standing, together } from './summed-losses'
import { livesOf } from './task-lives'
import { type Pair, pairOf } from './window-pairs'

/**
 * The losses of tasks over their lives, of which Tencent tells the first seven days, and the funnel of the same age: what
 * was delivered or clicked since the losses were last told would pass for a loss with no reason. `waitMs` null asks for
 * nothing.
 */
export async function readLifeLosses(
  ctx: Context,
  { app, lives }: { app: AppRow; lives: Life[] },
  waitMs: number | null,
): Promise<ReadLosses> {
  const tasks = lives.map(({ task }) => task)
  const whole = await livesOf(ctx, app, 'statistics', tasks)
  const [loss, statistics] = await Promise.all([
    readLives(ctx, { app, metric: 'loss', lives }, waitMs),
    readLives(ctx, { app, metric: 'statistics', lives: whole }, waitMs),
  ])
  const held = new Map<string, Pair[]>()
  for (const life of lives) {
    const [told, counted] = [loss.held.get(life.task), statistics.held.get(life.task)]
    const pair = pairOf(told, counted)
    if (pair) held.set(life.task, [{ ...pair, ...(await funnelThen(ctx, app, life, told, counted)) }])
  }
  const covers = tasks.map((task) => ({ held: loss.held.has(task) ? 1 : 0, expected: 1, missing: [] }))
  return {
    ...addedUp(tasks, held, covers),
    window: loss.window,
    basis: 'exact',
    coverage: loss.coverage,
    freshness: standing(together(loss.freshness, statistics.freshness), held.size > 0),
  }
}

/** The counts of a life when its losses were told, and the older of the two fetches. */
async function funnelThen(
  ctx: Context,
  app: AppRow,
  { task, sentAt }: Life,
  told: HeldWindow | undefined,
  counted: HeldWindow | undefined,
): Promise<{ counts: WindowCounts | null; fetchedAt?: number }> {
  if (!told || sentAt === null) return { counts: counted?.counts ?? null }
  const observations = await ctx.store.observations.of({ appId: app.id, task })
  const nowS = ctx.clock.dataS()
  const then = countsAtAge(observations, { sentAt, age: told.fetchedAt - sentAt, nowS })
  const fetchedAt = Math.min(told.fetchedAt, then ? sentAt + then.age : told.fetchedAt)
  return { counts: then?.counts ?? null, fetchedAt }
}
