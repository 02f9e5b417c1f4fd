import 'server-only'
import type { LossStageReply } from '@/lib/contract/losses'
import type { ListedTask } from '@/lib/contract/tasks'
import type { ExplanationMemo } from '@/lib/reasons/explain-all'
import type { Reporting } from '@/lib/report/funnel/reporting'
import { markKnownReasons, type ReasonMark } from '@/lib/report/losses/known-reasons'
import { lossReport } from '@/lib/report/losses/loss-report'
import { topReason } from '@/lib/report/losses/top-reason'
import { countsAtAge, nearness } from '@/lib/report/tasks/counts-at-age'
import { lifeOf } from '@/lib/report/tasks/life'
import type { ReportContext } from '@/lib/service/context'
import type { Task } from '@/lib/store/tasks/task-rows'
import words from '@/messages/en/reasons.json'

interface ReasonsQuestion {
  appId: string
  reporting: Reporting
  marked: readonly ReasonMark[]
  /** Shared by several reads: most campaigns lose by the same codes. */
  explained?: ExplanationMemo
}

const NEVER = () => ({ count: null, days: 0 })
type Reason = NonNullable<ListedTask['reason']>

/**
 * Returns the top loss reason of each task that has one, of the stage where it explains most. It is the one that the
 * losses page of the task names: losses of seven days, with the funnel of the same age.
 */
export async function taskReasons(
  { store, clock }: Pick<ReportContext, 'store' | 'clock'>,
  { appId, reporting, marked, explained = new Map() }: ReasonsQuestion,
  tasks: Pick<Task, 'taskId' | 'sentAt'>[],
): Promise<Map<string, Reason>> {
  const nowS = clock.dataS()
  const lives = tasks.map((task) => lifeOf(task, 'loss', nowS))
  const losses = await store.windows.lives(
    { appId, metric: 'loss' },
    lives.map(({ task, from, to }) => ({ task, from, to })),
  )
  const found = lives.filter(({ task }) => losses.has(task))
  const whole = await store.windows.lives(
    { appId, metric: 'statistics' },
    tasks
      .filter(({ taskId, sentAt }) => losses.has(taskId) && sentAt === null)
      .map((task) => lifeOf(task, 'statistics', nowS))
      .map(({ task, from, to }) => ({ task, from, to })),
  )
  const ages = new Map<string, { at: number; within: number }>()
  for (const { task, sentAt } of found) {
    const at = losses.get(task)?.fetchedAt ?? 0
    if (sentAt !== null) ages.set(task, { at, within: nearness(at - sentAt) })
  }
  const observed = await store.observations.near(appId, ages)
  const reasons = new Map<string, Reason>()
  for (const { task, from, to, sentAt } of found) {
    const loss = losses.get(task)
    if (!loss) continue
    const then =
      sentAt === null ? null : countsAtAge(observed.get(task) ?? [], { sentAt, age: loss.fetchedAt - sentAt, nowS })
    const counts = sentAt === null ? (whole.get(task)?.counts ?? null) : (then?.counts ?? null)
    const record = { task, rows: loss.losses ?? [], absent: loss.absent }
    const windows = [{ from, to, record, counts, reasonsGone: false }]
    const stages = markKnownReasons(lossReport({ windows, reporting, titles: words.title, explained }), marked, NEVER)
    const reason = largest(stages)
    if (reason) reasons.set(task, reason)
  }
  return reasons
}

/** Returns the top reason of the stage in which it explains more. */
function largest(stages: LossStageReply[]): Reason | null {
  const tops = stages.flatMap((stage) => {
    const top = topReason(stage)
    if (top === null || top.explained === null) return []
    const { code, text, explained, share, reason } = top
    return [{ stage: stage.stage, code, text, title: reason.title, key: reason.key, count: explained, share }]
  })
  return tops.sort((a, b) => b.count - a.count)[0] ?? null
}
