import 'server-only'
import { authorizeShare } from '@/lib/access/authorize'
import type { Shared } from '@/lib/access/shares/clamp-to-scope'
import { SHARED_CAMPAIGNS } from '@/lib/access/shares/shared-campaigns'
import type { FunnelQuery, FunnelReply } from '@/lib/contract/funnel'
import type { LossesQuery, LossesReply } from '@/lib/contract/losses'
import type { TasksReply } from '@/lib/contract/tasks'
import { iso } from '@/lib/report/range/iso-time'
import type { ReportContext } from '@/lib/service/context'
import { getFunnel } from '@/lib/service/funnel/get-funnel'
import { getLosses } from '@/lib/service/losses/get-losses'
import { listTasks } from '@/lib/service/tasks/list-tasks'
import { narrowFunnel, narrowLosses, narrowTask } from './narrow-reply'

/** No campaign has this ID. A report about an empty list would be about all pushes. */
const NO_CAMPAIGN = ' '

/** Returns the campaigns of a report; [] means all pushes. */
function tasksOf(tasks: readonly string[] | null): string[] {
  return tasks === null ? [] : tasks.length === 0 ? [NO_CAMPAIGN] : [...tasks]
}

/** Reads the funnel of a link. `ctx` is the context of the link; `tasks` as in the question. */
export async function sharedFunnel(
  ctx: ReportContext,
  shared: Shared,
  tasks: readonly string[] | null,
): Promise<FunnelReply> {
  const { question, app } = shared
  const { source, range, nowS, compare } = question
  const interval = app.byDay && question.interval === 'hour' ? 'day' : question.interval
  const query: FunnelQuery = { source, task: tasksOf(tasks), interval, compare, vendors: '1' }
  const reply = await getFunnel(ctx, authorizeShare(shared, { query, range, nowS }), 0)
  const narrow = narrowFunnel(reply, { ...question, tasks })
  return tasks?.length === 0 ? { ...narrow, ...nothing(shared) } : narrow
}

/** Reads the losses of a link, in the same way. */
export async function sharedLosses(
  ctx: ReportContext,
  shared: Shared,
  tasks: readonly string[] | null,
): Promise<LossesReply> {
  const { question } = shared
  const { source, range, nowS, compare } = question
  const query: LossesQuery = { source, task: tasksOf(tasks), compare }
  const reply = await getLosses(ctx, authorizeShare(shared, { query, range, nowS }), 0)
  const narrow = narrowLosses(reply, { ...question, tasks })
  const { range: window } = nothing(shared)
  return tasks?.length === 0 ? { ...narrow, ...nothing(shared), window } : narrow
}

/** Lists the newest campaigns of a link, and says whether it has more. The cursor stays here: it tells of the next one. */
export async function sharedTaskList(
  ctx: ReportContext,
  shared: Shared,
): Promise<{ campaigns: TasksReply; more: boolean }> {
  const query = { sort: 'sentAt', limit: SHARED_CAMPAIGNS } as const
  const { items, ...rest } = await listTasks(ctx, authorizeShare(shared, query))
  const campaigns = { ...rest, items: items.map((task) => narrowTask(task, shared.question)), next: null }
  return { campaigns, more: rest.next !== null }
}

/** What a report about no campaign says of its range, in place of the placeholder's life. */
function nothing({ question: { range } }: Shared): Pick<FunnelReply, 'range' | 'coverage'> & { tasks: [] } {
  return {
    range: { from: iso(range.from), to: iso(range.to), tz: range.tz, preset: range.preset },
    coverage: { held: 0, expected: 0, missing: [] },
    tasks: [],
  }
}
