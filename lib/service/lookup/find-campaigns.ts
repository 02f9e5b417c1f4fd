import 'server-only'
import { HORIZON } from '@/lib/contract/limits'
import { bulkHref, campaignsHref } from '@/lib/contract/links'
import type { Candidate, LookupView } from '@/lib/contract/lookup-text'
import { iso } from '@/lib/report/range/iso-time'
import { sentAtOf } from '@/lib/report/tasks/life'
import type { Context } from '@/lib/service/context'
import { sealAddress } from '@/lib/service/read/sealed-address'
import type { AppRow } from '@/lib/store/people/apps'
import type { Task } from '@/lib/store/tasks/task-rows'

const MAX_CHOICES = 8
/** So many of the newest are read, because some have no sending time. */
const MAX_READ = 50

interface Search {
  app: AppRow
  /** The app in links; null where the person has only one. */
  appParam: string | null
  best: Candidate
}

/**
 * Returns the campaigns to choose from: for several users those that Tencent still traces, newest first, each with the
 * address that looks all users up in it; for one name or address those that contain it. Null for other readings.
 */
export async function findCampaigns(ctx: Context, { app, appParam, best }: Search): Promise<LookupView['campaigns']> {
  if (best.kind === 'users') {
    const items = (taskId: string) => best.userIds.map((userId) => ({ taskId, userId }))
    const list = (taskId: string) => sealAddress(ctx, app, 'list', JSON.stringify({ items: items(taskId), leftOut: 0 }))
    const recent = (await ctx.store.tasks.list(app.id, MAX_READ)).filter((task) => isTraceable(ctx, task))
    return recent.slice(0, MAX_CHOICES).map((task) => choiceOf(ctx, task, bulkHref(appParam, list(task.taskId))))
  }
  if (best.kind !== 'user' || best.userId === null) return null
  const page = { q: best.userId, sort: 'sentAt' as const, after: null, limit: MAX_CHOICES }
  const { items } = await ctx.store.tasks.page(app.id, page)
  // The link names the campaign by its ID: the text that was searched may be a UserID.
  return items.map((task) => choiceOf(ctx, task, campaignsHref(appParam, { q: task.taskId })))
}

function isTraceable({ clock }: Context, task: Task): boolean {
  const nowS = clock.dataS()
  const at = sentAtOf(task, nowS) ?? task.createdAt
  return at <= nowS && nowS - at < HORIZON.trace
}

function choiceOf({ clock }: Context, task: Task, href: string) {
  const at = sentAtOf(task, clock.dataS())
  return { taskId: task.taskId, label: task.label, sentAt: at === null ? null : iso(at), href }
}
