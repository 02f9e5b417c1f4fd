import 'server-only'
import type { TotalReply } from '@/lib/contract/funnel'
import type { TaskGroup } from '@/lib/contract/tasks'
import { sumCampaigns } from '@/lib/report/funnel/sum-campaigns'
import type { ReportContext } from '@/lib/service/context'
import type { TaskRates } from '@/lib/service/read/caches'
import type { TaskKey } from '@/lib/store/tasks/task-rows'
import { type FactsQuestion, readTotals } from './task-facts'

type Reader = Pick<ReportContext, 'store' | 'clock' | 'caches'>

/**
 * Returns the counts and rates of campaigns by TaskID; null for one without numbers. They are shared for half a minute,
 * so an order or a sum may lag.
 */
export async function readRates(
  ctx: Reader,
  question: FactsQuestion,
  tasks: TaskKey[],
): Promise<ReadonlyMap<string, TaskRates | null>> {
  const { id } = question.app
  const shared = ctx.caches.taskRates.get(id)
  const known = shared ?? new Map<string, TaskRates | null>()
  const missing = tasks.filter(({ taskId }) => !known.has(taskId))
  if (missing.length > 0) {
    const totalOf = await readTotals(ctx, question, missing)
    for (const { taskId } of missing) known.set(taskId, ratesOf(totalOf(taskId).total))
  }
  // Setting it again would start its half minute anew.
  if (!shared) ctx.caches.taskRates.set(id, known)
  return known
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

/** Adds up all campaigns of the groups that a page shows: those with the same first tag. */
export async function readGroups(
  ctx: Reader,
  question: FactsQuestion,
  all: TaskKey[],
  page: TaskKey[],
): Promise<TaskGroup[]> {
  const rates = await readRates(ctx, question, all)
  const tagOf = ({ tags }: TaskKey) => tags[0] ?? null
  return [...new Set(page.map(tagOf))].map((tag) => {
    const campaigns = all.filter((task) => tagOf(task) === tag)
    const sum = sumCampaigns(campaigns.map(({ taskId }) => rates.get(taskId) ?? null))
    return { tag, campaigns: campaigns.length, ...sum }
  })
}
