import 'server-only'
import type { Shared } from '@/lib/access/shares/clamp-to-scope'
import { PushlensError } from '@/lib/contract/errors'
import { type SharedView, sharedView } from '@/lib/contract/shares/view'
import type { ReportContext } from '@/lib/service/context'
import { ratesOnly } from './rates-only'
import { sharedContext } from './shared-context'
import { sharedFunnel, sharedLosses, sharedTaskList } from './shared-reports'

/** Pages of one link are made at this rate, whoever asks: a crowd with a link must not slow down those who are signed in. */
const [AT_ONCE, PER_SECOND] = [20, 4]

/** The link has used up its work. `retryAfterMs`: until the next page can be made. */
class TooManyPages extends PushlensError {
  constructor(readonly retryAfterMs: number) {
    super('too_many', 'too many pages of one link')
  }
}

/** Returns the page of a link that the question names, from what is stored. Requests nothing from Tencent. */
export async function viewShare(ctx: ReportContext, shared: Shared): Promise<SharedView> {
  const reading = await sharedContext(ctx, shared)
  const view = await pageOf(reading, shared)
  return sharedView.parse(shared.question.figures === 'rates' ? ratesOnly(view) : view)
}

async function pageOf(ctx: ReportContext, shared: Shared): Promise<SharedView> {
  const { page, tasks, campaign, withLosses } = shared.question
  if (page === 'campaign' && campaign !== null) {
    const [funnel, losses, task] = await Promise.all([
      sharedFunnel(ctx, shared, [campaign]),
      withLosses ? sharedLosses(ctx, shared, [campaign]) : null,
      ctx.store.tasks.get(shared.app.id, campaign),
    ])
    return { page, taskId: campaign, label: task?.label || null, funnel, losses }
  }
  if (page === 'campaigns') return { page, ...(await sharedTaskList(ctx, shared)) }
  if (page === 'losses') return { page, losses: await sharedLosses(ctx, shared, tasks) }
  return { page: 'overview', funnel: await sharedFunnel(ctx, shared, tasks) }
}

/**
 * Returns the same page as JSON text. Identical questions share it for some seconds: the key names the archive's revision
 * and everything that the clamp decided, so that whoever may ask is not among it. Throws `too_many` if the link has many
 * other pages made at the moment; a page that is there already is always shown.
 */
export async function viewShareText(ctx: ReportContext, shared: Shared): Promise<string> {
  const { nowS: _, ...question } = shared.question
  const { id, archiveRevision, utcOffsetMin, byDay } = shared.app
  const key = JSON.stringify([shared.shareId, id, archiveRevision, utcOffsetMin, byDay, question])
  const { sharedViews, outside } = ctx.caches
  const cached = sharedViews.get(key)
  if (cached) return cached
  spendWork(ctx, shared.shareId)
  const made = outside(async () => JSON.stringify(await viewShare(ctx, shared)))
  sharedViews.set(key, made)
  made.catch(() => {
    if (sharedViews.peek(key) === made) sharedViews.delete(key)
  })
  return made
}

function spendWork({ caches, clock }: ReportContext, shareId: string): void {
  const nowMs = clock.wallMs()
  const known = caches.shareWork.get(shareId)
  const gained = known ? (Math.max(0, nowMs - known.atMs) / 1_000) * PER_SECOND : 0
  const left = Math.min(AT_ONCE, (known?.left ?? AT_ONCE) + gained)
  if (left < 1) throw new TooManyPages(Math.ceil(((1 - left) / PER_SECOND) * 1_000))
  caches.shareWork.set(shareId, { left: left - 1, atMs: nowMs })
}
