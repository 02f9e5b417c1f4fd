import 'server-only'
import type { CampaignView } from '@/lib/contract/campaigns/task-ages'
import {
  type CompareTasksQuery,
  type CompareTasksReply,
  compareTasksQuery,
} from '@/lib/contract/campaigns/task-comparison'
import { type FunnelReply, funnelQuery } from '@/lib/contract/funnel'
import { COMPARED_TASKS } from '@/lib/contract/limits'
import { type LossesReply, lossesQuery } from '@/lib/contract/losses'
import { type TaskReply, taskIdText } from '@/lib/contract/tasks'
import { taskList } from '@/lib/contract/text'
import { getFunnel } from '@/lib/service/funnel/get-funnel'
import { getLosses } from '@/lib/service/losses/get-losses'
import { resolveFunnel, resolveLosses } from '@/lib/service/read/resolve-question'
import { compareTasks } from '@/lib/service/tasks/compare-tasks'
import { getCampaign } from '@/lib/service/tasks/get-campaign'
import { otherTasks } from '@/lib/service/tasks/other-tasks'
import { type Page, type PageResult, pageResult, queryWithout, type Search } from './page'

export interface ReadCampaign {
  view: CampaignView
  funnel: FunnelReply
  losses: LossesReply
  /** Milliseconds of the real time. It is new with each reply. */
  atMs: number
}

/** Reads one campaign over its life. Requests what is missing, but does not wait. `param` is the segment of the address. */
export function readCampaign(page: Page, param: string): Promise<PageResult<ReadCampaign>> {
  return pageResult(async ({ ctx }) => {
    const taskId = taskIdText.parse(decoded(param))
    const task = [taskId]
    const [view, funnel, losses] = await Promise.all([
      getCampaign(ctx, page.scope('read', { taskId })),
      getFunnel(ctx, resolveFunnel(ctx, page.scope('read', funnelQuery.parse({ task }))), 0),
      getLosses(ctx, resolveLosses(ctx, page.scope('read', lossesQuery.parse({ task }))), 0),
    ])
    return { view, funnel, losses, atMs: ctx.clock.wallMs() }
  })
}

export interface ReadComparison {
  query: Pick<CompareTasksQuery, 'age'> & { task: string[] }
  /** Null while fewer campaigns are chosen than a comparison needs. */
  reply: CompareTasksReply | null
  /** Campaigns that can be added, newest first. */
  others: TaskReply[]
}

/** Reads the comparison of the campaigns in the address, from what is stored. */
export function readComparison(page: Page, search: Search): Promise<PageResult<ReadComparison>> {
  return pageResult(async ({ ctx }) => {
    const asked = queryWithout(search, 'app')
    const task = taskList.parse(asked.task)
    const others = await otherTasks(ctx, page.scope('read', { task }))
    if (task.length < COMPARED_TASKS.least) return { query: { task }, reply: null, others }
    const query = compareTasksQuery.parse(asked)
    return { query, reply: await compareTasks(ctx, page.scope('read', query)), others }
  })
}

/** Next passes the segment as it stands in the address. A wrong escape is no TaskID. */
function decoded(param: string): string {
  try {
    return decodeURIComponent(param)
  } catch {
    return ''
  }
}
