import 'server-only'
import type { TaskGroup } from '@/lib/contract/tasks'
import { sumCampaigns } from '@/lib/report/funnel/sum-campaigns'
import type { ReportContext } from '@/lib/service/context'
import type { TaskKey } from '@/lib/store/tasks/task-rows'
import type { FactsQuestion } from './task-facts'
import { readRates } from './task-orders'

type Reader = Pick<ReportContext, 'store' | 'clock' | 'caches'>

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
