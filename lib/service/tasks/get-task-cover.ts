import 'server-only'
import type { Scoped } from '@/lib/access/authorize'
import type { TaskCoverQuery, TaskCoverReply } from '@/lib/contract/campaigns/task-cover'
import { HORIZON, HOUR } from '@/lib/contract/limits'
import { planSeries } from '@/lib/report/funnel/series'
import { iso } from '@/lib/report/range/iso-time'
import { resolveRange } from '@/lib/report/range/range'
import { earliestAskable } from '@/lib/report/range/windows'
import { lifeOf } from '@/lib/report/tasks/life'
import { taskCover } from '@/lib/report/tasks/task-cover'
import type { Context } from '@/lib/service/context'

/**
 * Returns per hour how many pushes were sent, and how many of them belong to registered campaigns. Nobody can ask Tencent
 * for the loss reasons of the others. Reads stored windows only; throws `bad_range` above 2,000 hours.
 */
export async function getTaskCover(ctx: Context, { app, query }: Scoped<TaskCoverQuery>): Promise<TaskCoverReply> {
  const nowS = ctx.clock.dataS()
  const range = resolveRange(query, { nowS, appOffsetMin: app.utcOffsetMin })
  const { buckets } = planSeries(range, 'hour', nowS)
  const span = { from: buckets[0]?.from ?? range.from, to: buckets.at(-1)?.to ?? range.from }
  const subject = { appId: app.id, source: 'task', metric: 'statistics' } as const
  const [overall, taskWindows, registered] = await Promise.all([
    ctx.store.windows.within({ ...subject, ...span, task: '', seconds: HOUR }),
    ctx.store.windows.ofTasks({ ...subject, ...span }),
    ctx.store.observations.subjects({ appId: app.id, from: span.from }),
  ])
  const windows = new Map(taskWindows.map((one) => [windowKey(one), one]))
  const lives = registered.map((task) => lifeOf(task, 'statistics', nowS)).filter(({ sentAt }) => sentAt !== null)
  const inside = lives.filter(({ from }) => from >= span.from && from < span.to)
  return {
    range: { from: iso(range.from), to: iso(range.to), tz: range.tz, preset: range.preset },
    ...taskCover(buckets, {
      overall: overall.map(({ from, counts, fetchedAt }) => ({ from, sent: counts?.total.sent ?? null, fetchedAt })),
      tasks: inside.map((life) => {
        const window = windows.get(windowKey(life))
        return {
          from: life.from,
          sent: window?.counts?.total.sent ?? null,
          fetchedAt: window?.fetchedAt ?? null,
          awaited: !window && life.from >= earliestAskable(HORIZON.statistics, nowS),
        }
      }),
    }),
  }
}

function windowKey({ task, from, to }: { task: string; from: number; to: number }): string {
  return JSON.stringify([task, from, to])
}
