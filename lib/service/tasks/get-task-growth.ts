import 'server-only'
import type { Scoped } from '@/lib/access/authorize'
import { type AgedFunnel, type MedianRates, TASK_AGES } from '@/lib/contract/campaigns/task-ages'
import type { TaskGrowthReply } from '@/lib/contract/campaigns/task-growth'
import { iso } from '@/lib/report/range/iso-time'
import type { Context } from '@/lib/service/context'
import { offsetText } from '@/lib/service/read/app-reply'
import { getCampaign } from './get-campaign'

type Line = TaskGrowthReply['lines'][number]

/** Returns how one campaign grew, beside the median of its tag, as its page shows it. Requests nothing. */
export async function getTaskGrowth(ctx: Context, scoped: Scoped<{ taskId: string }>): Promise<TaskGrowthReply> {
  const { growth, median } = await getCampaign(ctx, scoped)
  const ages = TASK_AGES.map((age) => {
    const { funnel, gap } = growth.ages[age]
    return lineOf(age, funnel, { gap, median: median?.ages[age] ?? null })
  })
  const { latest, sentAt, taskId } = growth
  return {
    taskId,
    tz: offsetText(scoped.app.utcOffsetMin),
    sentAt: sentAt === null ? null : iso(sentAt),
    asOf: latest && iso(Math.round(latest.at)),
    tag: median?.tag ?? null,
    lines: [...ages, ...(latest ? [lineOf('latest', latest, { gap: null, median: null })] : [])],
    coverage: { held: ages.filter(({ total }) => total !== null).length, expected: ages.length },
  }
}

function lineOf(
  age: Line['age'],
  funnel: AgedFunnel | null,
  { gap, median }: { gap: Line['gap']; median: MedianRates | null },
): Line {
  return {
    ...{ age, gap, median, total: funnel?.total ?? null },
    ageS: funnel && Math.round(funnel.age),
    asOf: funnel && iso(Math.round(funnel.at)),
  }
}
