import 'server-only'
import type { Shared } from '@/lib/access/shares/clamp-to-scope'
import { type SharedView, sharedView } from '@/lib/contract/shares/view'
import type { ReportContext } from '@/lib/service/context'
import { ratesOnly } from './rates-only'
import { sharedContext } from './shared-context'
import { sharedFunnel, sharedLosses, sharedTaskList } from './shared-reports'

/** Returns the page of a link that the question names, from what is stored. Requests nothing from Tencent. */
export async function viewShare(ctx: ReportContext, shared: Shared): Promise<SharedView> {
  const reading = await sharedContext(ctx, shared)
  const view = await pageOf(reading, shared)
  return sharedView.parse(shared.question.figures === 'rates' ? ratesOnly(view) : view)
}

async function pageOf(ctx: ReportContext, shared: Shared): Promise<SharedView> {
  const { page, tasks, campaign, withLosses } = shared.question
  if (page === 'campaign' && campaign !== null) {
    const [funnel, losses] = await Promise.all([
      sharedFunnel(ctx, shared, [campaign]),
      withLosses ? sharedLosses(ctx, shared, [campaign]) : null,
    ])
    return { page, taskId: campaign, funnel, losses }
  }
  if (page === 'campaigns') return { page, campaigns: await sharedTaskList(ctx, shared) }
  if (page === 'losses') return { page, losses: await sharedLosses(ctx, shared, tasks) }
  return { page: 'overview', funnel: await sharedFunnel(ctx, shared, tasks) }
}

/**
 * Returns the same page as JSON text. Identical questions share it for some seconds: the key names the archive's revision
 * and everything that the clamp decided, so that whoever may ask is not among it.
 */
export function viewShareText(ctx: ReportContext, shared: Shared): Promise<string> {
  const { nowS: _, ...question } = shared.question
  const { id, archiveRevision, utcOffsetMin, byDay } = shared.app
  const key = JSON.stringify([shared.shareId, id, archiveRevision, utcOffsetMin, byDay, question])
  const { sharedViews } = ctx.caches
  const cached = sharedViews.get(key)
  if (cached) return cached
  const made = viewShare(ctx, shared).then((view) => JSON.stringify(view))
  sharedViews.set(key, made)
  made.catch(() => {
    if (sharedViews.peek(key) === made) sharedViews.delete(key)
  })
  return made
}
