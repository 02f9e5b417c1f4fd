import 'server-only'
import { readProbeResult } from '@/lib/archive/probe'
import { AGE_SECONDS, type AgedFunnel, TASK_AGES, type TaskGrowth } from '@/lib/contract/campaigns/task-ages'
import { DAY, HOUR } from '@/lib/contract/limits'
import { funnelReport } from '@/lib/report/funnel/funnel'
import type { Reporting } from '@/lib/report/funnel/reporting'
import { countsAtAge } from '@/lib/report/tasks/counts-at-age'
import { byAge, type CountingHabits, countsAt } from '@/lib/report/tasks/equal-age'
import { sentAtOf } from '@/lib/report/tasks/life'
import type { ReportContext } from '@/lib/service/context'
import type { AppRow } from '@/lib/store/people/apps'
import type { TaskObservation, TaskWindow } from '@/lib/store/windows/task-growth'
import type { WindowCounts } from '@/lib/store/windows/window-rows'
import { readReporting } from './read-receipts'

const UNMEASURED: CountingHabits = { counted: null, lag: null, end: null }
/** The small chart shows these ages, where they were observed, and the newest counts. */
const CHART_AGES = [...Object.values(AGE_SECONDS), 3 * HOUR, 12 * HOUR, 2 * DAY, 14 * DAY].sort((a, b) => a - b)

type Reader = Pick<ReportContext, 'store' | 'clock' | 'caches'>

interface StoredGrowth {
  taskId: string
  sentAt: number | null
  observations: TaskObservation[]
  windows: TaskWindow[]
}

/**
 * Returns how campaigns grew since their sending, in the order of `taskIds`, from what is stored. Requests nothing. Reads
 * about ten observations per campaign, so ask for a page of campaigns and not for thousands. `withVendors` false leaves the
 * vendors of each age out, which takes half the time.
 */
export async function readGrowth(
  ctx: Reader,
  app: Pick<AppRow, 'id' | 'archiveRevision' | 'utcOffsetMin'>,
  taskIds: string[],
  { withVendors = true }: { withVendors?: boolean } = {},
): Promise<TaskGrowth[]> {
  if (taskIds.length === 0) return []
  const nowS = ctx.clock.dataS()
  const subject = { appId: app.id, tasks: taskIds }
  const [tasks, fetches, windows, probed, { reporting }] = await Promise.all([
    ctx.store.tasks.find(app.id, taskIds),
    ctx.store.observations.times(subject),
    ctx.store.observations.ageWindows(subject),
    readProbeResult(ctx.store.settings, app.id),
    readReporting(ctx, app, 'task'),
  ])
  const known = new Map(tasks.map((task) => [task.taskId, task.sentAt]))
  const sentAt = (taskId: string) => sentAtOf({ taskId, sentAt: known.get(taskId) ?? null }, nowS)
  const picks = taskIds.flatMap((taskId) =>
    pick(fetches.get(taskId) ?? [], sentAt(taskId), nowS).map((fetchedAt) => ({ task: taskId, fetchedAt })),
  )
  const observations = groupByTask(await ctx.store.observations.at(app.id, picks))
  const byTask = groupByTask(windows)
  return taskIds.map((taskId) =>
    growthOf(
      {
        taskId,
        sentAt: sentAt(taskId),
        observations: observations.get(taskId) ?? [],
        windows: byTask.get(taskId) ?? [],
      },
      { habits: probed ?? UNMEASURED, reporting, nowS, withVendors },
    ),
  )
}

function groupByTask<T extends { task: string }>(all: T[]): Map<string, T[]> {
  const found = new Map<string, T[]>()
  for (const one of all) found.set(one.task, [...(found.get(one.task) ?? []), one])
  return found
}

/** Chooses the fetches nearest to the ages shown, and the newest. */
function pick(times: number[], sentAt: number | null, nowS: number): number[] {
  const latest = times.at(-1)
  const all = times.map((fetchedAt) => ({ fetchedAt, counts: null }))
  const near = CHART_AGES.flatMap((age) => {
    const found = sentAt === null ? null : countsAtAge(all, { sentAt, age, nowS })
    return found && sentAt !== null ? [sentAt + found.age] : []
  })
  return [...new Set([...near, ...(latest === undefined ? [] : [latest])])]
}

function growthOf(
  stored: StoredGrowth,
  { habits, ...how }: { habits: CountingHabits } & Pick<Aged, 'reporting' | 'nowS' | 'withVendors'>,
): TaskGrowth {
  const { taskId, sentAt, observations } = stored
  const { nowS } = how
  const since = sentAt ?? observations[0]?.fetchedAt ?? nowS
  const funnel = (counts: WindowCounts, age: number) => funnelAt({ taskId, since, counts, age, ...how })
  const latest = observations.at(-1)
  const ages = byAge((age) => {
    const found = countsAt({ ...stored, habits, nowS }, age)
    if (typeof found === 'string') return { funnel: null, gap: found }
    const aged = funnel(found.counts, found.age)
    return aged ? { funnel: aged, gap: null } : { funnel: null, gap: 'not_collected' as const }
  })
  const fromWindows = TASK_AGES.flatMap((age) => ages[age].funnel ?? []).map(({ age, total }) => ({ age, ...total }))
  const observed = observations.map(({ fetchedAt, counts }) => ({ age: fetchedAt - since, ...counts.total }))
  const points = new Map([...fromWindows, ...observed].map((point) => [point.age, point]))
  return {
    taskId,
    sentAt,
    ages,
    latest: latest ? funnel(latest.counts, latest.fetchedAt - since) : null,
    series: [...points.values()]
      .sort((a, b) => a.age - b.age)
      .map(({ age, sent, delivered, clicked }) => ({ age, sent, delivered, clicked })),
  }
}

interface Aged {
  taskId: string
  since: number
  counts: WindowCounts
  age: number
  reporting: Reporting
  nowS: number
  withVendors: boolean
}

function funnelAt({ taskId, since, counts, age, reporting, nowS, withVendors }: Aged): AgedFunnel | null {
  const { total, vendors } = funnelReport({
    range: { from: since, to: Math.max(since + 1, since + age), tz: 'UTC', preset: null },
    source: 'task',
    tasks: [taskId],
    records: [{ task: taskId, ...counts }],
    reporting,
    receipts: [],
    withVendors,
    coverage: { held: 1, expected: 1, missing: [] },
    asOf: null,
    unreadable: 0,
    nowS,
  })
  return total && { age, at: since + age, total, vendors }
}
