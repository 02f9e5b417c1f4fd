import 'server-only'
import type { Scoped } from '@/lib/access/authorize'
import type { TotalReply } from '@/lib/contract/funnel'
import { DAY, HORIZON, HOUR } from '@/lib/contract/limits'
import type { ExplanationMemo } from '@/lib/reasons/explain-all'
import { sentAtOf } from '@/lib/report/tasks/life'
import type { ReportContext } from '@/lib/service/context'
import type { TaskRates } from '@/lib/service/read/caches'
import { type KeptAges, readKept } from '@/lib/service/read/kept-values'
import { readReporting } from '@/lib/service/read/read-receipts'
import type { AppRow } from '@/lib/store/people/apps'
import type { TaskKey } from '@/lib/store/tasks/task-rows'
import { readChanges, readPeers } from './task-changes'
import { type FactsQuestion, readMarks, readTotals } from './task-facts'
import { taskReasons } from './task-reasons'

type Reader = Pick<ReportContext, 'store' | 'clock' | 'caches'>
type ById<V> = Promise<ReadonlyMap<string, V>>

/** Counts still arrive for some time after the last day that Tencent tells. */
const SETTLED_S = HORIZON.statistics + 2 * DAY
/** The counts of a settled campaign stay, and who reports its deliveries hardly changes. */
const SETTLED: KeptAges = { fresh: HOUR, usable: DAY }
/** The sums of groups are shown, so what still grows is never older. */
const RATES: KeptAges = { fresh: 30, usable: 30 }
/** Differences and reasons take some seconds for thousands, and only the order is made of them. */
const SLOW: KeptAges = { fresh: 120, usable: 600 }

/**
 * Returns the counts and rates of many campaigns by TaskID; null for one without numbers. At most half a minute old where a
 * campaign still grows.
 */
export function readRates(ctx: Reader, question: FactsQuestion, tasks: TaskKey[]): ById<TaskRates | null> {
  const { id } = question.app
  return readKept(
    ctx,
    {
      name: `rates ${id}`,
      cache: ctx.caches.taskRates,
      keyOf: ({ taskId, sentAt }) => `${id} ${sentAt} ${taskId}`,
      agesOf: agesFor(ctx, RATES),
      async compute(part) {
        const totalOf = await readTotals(ctx, question, part)
        return ({ taskId }) => ratesOf(totalOf(taskId).total)
      },
    },
    tasks,
  )
}

function ratesOf(total: TotalReply | null): TaskRates | null {
  if (total === null) return null
  const { sent, delivered, clicked, cover, rates } = total
  return {
    ...{ sent, delivered, clicked, clickBasis: rates.clickBasis },
    ...{ reportingSent: cover.reportingSent, reportingDelivered: cover.reportingDelivered },
    ...{ delivery: rates.deliveryReporting, click: rates.click },
  }
}

/** Returns the differences from their tags of many campaigns by TaskID. An order by them may lag by some minutes. */
export function readDifferences(ctx: Reader, { app }: FactsQuestion, tasks: TaskKey[]): ById<number | null> {
  let peers: ReturnType<typeof readPeers> | undefined
  return readKept(
    ctx,
    {
      name: `change ${app.id}`,
      cache: ctx.caches.tagChanges,
      keyOf: ({ taskId, sentAt, tags }) => `${app.id} ${sentAt} ${taskId} ${tags.join('\n')}`,
      agesOf: agesFor(ctx, SLOW),
      async compute(part) {
        const tagged = part.filter(({ tags }) => tags.length > 0)
        peers ??= readPeers(ctx, app, tasks)
        const changes = await readChanges(ctx, app, tagged, await peers)
        return ({ taskId }) => changes.get(taskId)?.change?.delivery ?? null
      },
    },
    tasks,
  )
}

/** Returns the titles of the top loss reasons of many campaigns by TaskID. An order by them may lag by some minutes. */
export async function readReasonTitles(
  ctx: Reader,
  { app, reporting }: FactsQuestion,
  tasks: TaskKey[],
): ById<string | null> {
  const marked = await readMarks(ctx, app)
  const explained: ExplanationMemo = new Map()
  const marks = marked.map(({ stage, code, until }) => `${stage} ${code} ${until}`).join()
  return readKept(
    ctx,
    {
      name: `reason ${app.id}`,
      cache: ctx.caches.topReasons,
      keyOf: ({ taskId, sentAt }) => `${app.id} ${sentAt} ${taskId} ${marks}`,
      agesOf: agesFor(ctx, SLOW),
      async compute(part) {
        const reasons = await taskReasons(ctx, { appId: app.id, reporting, marked, explained }, part)
        return ({ taskId }) => reasons.get(taskId)?.title ?? null
      },
    },
    tasks,
  )
}

/**
 * Begins to compute what all campaigns of an app can be ordered by, so that the first person who orders them need not wait.
 * Does nothing within ten minutes of the last time. A failure is left to the reader who needs the order.
 */
export function warmOrders(ctx: Reader, { app }: Scoped<object>): void {
  const { warmedOrders, outside } = ctx.caches
  if (warmedOrders.has(app.id)) return
  warmedOrders.set(app.id, true)
  outside(() => readOrders(ctx, app)).catch(() => undefined)
}

async function readOrders(ctx: Reader, app: AppRow): Promise<void> {
  const { reporting } = await readReporting(ctx, app, 'task')
  const tasks = await ctx.store.tasks.keys(app.id, {})
  for (const read of [readRates, readDifferences, readReasonTitles]) await read(ctx, { app, reporting }, tasks)
}

function agesFor({ clock }: Reader, growing: KeptAges): (task: TaskKey) => KeptAges {
  const nowS = clock.dataS()
  return (task) => {
    const sentAt = sentAtOf(task, nowS)
    return sentAt !== null && nowS - sentAt > SETTLED_S ? SETTLED : growing
  }
}
