import 'server-only'
import { pastOf } from '@/lib/report/life'
import { coverageOf } from '@/lib/report/windows'
import type { AppRow } from '@/lib/store/apps'
import type { Context } from './context'
import { HELD, PENDING } from './freshness'
import { pairOf } from './held-pairs'
import { livesOf } from './lives-of'
import { readLives } from './read-windows'
import { type ReadLosses, summedUp, together } from './summed-losses'

/** The losses of tasks over their lives, each asked for from its sending on; `waitMs` null asks for nothing. */
export async function readLifeLosses(
  ctx: Context,
  { app, tasks }: { app: AppRow; tasks: string[] },
  waitMs: number | null,
): Promise<ReadLosses> {
  const now = Math.floor(ctx.now() / 1_000)
  const read = async (metric: 'loss' | 'statistics') => {
    const lives = await livesOf(ctx, app, metric, tasks)
    if (waitMs !== null) return { lives, ...(await readLives(ctx, { app, metric, lives }, waitMs)) }
    const held = await ctx.archive.lives.held({ app: ctx.upstreamApp(app), metric, lives })
    return { lives, held, freshness: held.size === tasks.length ? HELD : PENDING }
  }
  const [loss, statistics] = await Promise.all([read('loss'), read('statistics')])
  const tiles = tasks.map((task) => {
    const pair = pairOf(loss.held.get(task), statistics.held.get(task))
    return { task, tiles: pair ? [pair] : [] }
  })
  return summedUp({
    tiles,
    covers: loss.lives.map((life) => {
      const state = loss.held.has(life.task) ? ('held' as const) : ('missing' as const)
      return coverageOf([{ ...pastOf([life], now), state }])
    }),
    window: pastOf(loss.lives, now),
    basis: 'exact',
    freshness: together(loss.freshness, statistics.freshness),
  })
}
