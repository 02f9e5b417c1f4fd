import 'server-only'
import type { Scoped } from '@/lib/access/authorize'
import type { CampaignView } from '@/lib/contract/campaigns/task-ages'
import { TAG_MEDIAN } from '@/lib/contract/limits'
import { hintsOf } from '@/lib/report/ids/id-hints'
import { tagMedians } from '@/lib/report/tasks/equal-age'
import type { Context } from '@/lib/service/context'
import { readGrowth } from '@/lib/service/read/task-growth'
import { taskReply } from '@/lib/service/read/task-reply'
import type { Task } from '@/lib/store/tasks/task-rows'

const OTHERS = 30

/**
 * Returns what is stored about one campaign, registered or not: what people recorded, how it grew, and what is usual for
 * its tag. Requests nothing.
 */
export async function getCampaign(
  ctx: Context,
  { app, query: { taskId } }: Scoped<{ taskId: string }>,
): Promise<CampaignView> {
  const task = await ctx.store.tasks.get(app.id, taskId)
  const page = (tag: string | undefined, limit: number) =>
    ctx.store.tasks.page(app.id, { tag, sort: 'sentAt', after: null, limit })
  const pages = await Promise.all([
    ...(task?.tags ?? []).slice(0, TAG_MEDIAN.tags).map((tag) => page(tag, TAG_MEDIAN.campaigns)),
    page(undefined, OTHERS),
  ])
  const byId = new Map(pages.flatMap(({ items }) => items).map((one) => [one.taskId, one]))
  byId.delete(taskId)
  const others = [...byId.values()]
  const related = others.filter(({ tags }) => tags.some((tag) => task?.tags.includes(tag)))
  const all = await readGrowth(ctx, app, [taskId, ...related.map((one) => one.taskId)])
  const tags = new Map([...(task ? [task] : []), ...related].map((one: Task) => [one.taskId, one.tags]))
  const [growth] = all
  if (!growth) throw new Error('the growth of a campaign was not read')
  const { sdkAppId } = hintsOf(taskId)
  return {
    taskId,
    task: task && taskReply(task),
    otherApp: sdkAppId !== null && sdkAppId !== app.sdkAppId ? sdkAppId : null,
    growth,
    median: tagMedians(all, tags).get(taskId) ?? null,
    others: others.slice(0, OTHERS).map(taskReply),
  }
}
