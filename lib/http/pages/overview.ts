import 'server-only'
import type { ChangesReply } from '@/lib/contract/changes/changes'
import { type FunnelQuery, type FunnelReply, funnelQuery } from '@/lib/contract/funnel'
import { getChanges } from '@/lib/service/changes/get-changes'
import { getFunnel } from '@/lib/service/funnel/get-funnel'
import { getTopReasons, type TopReasons } from '@/lib/service/losses/get-top-reasons'
import { resolveFunnel } from '@/lib/service/read/resolve-question'
import { type Page, type PageResult, pageResult, rangeQuery, type Search } from './page'

export interface ReadOverview {
  query: FunnelQuery
  reply: FunnelReply
  /** The top loss reasons of the same range, as far as they are stored. */
  top: TopReasons
  /** What changed, of all pushes; null for campaigns. */
  changes: ChangesReply | null
}

/** Reads the stored numbers of the overview, always with a trend. Requests what is missing, but does not wait. */
export function readOverview(page: Page, search: Search): Promise<PageResult<ReadOverview>> {
  return pageResult(async ({ ctx }) => {
    const scoped = page.scope('read', funnelQuery.parse(rangeQuery(page, search)))
    const question = resolveFunnel(ctx, scoped, { trend: true, withComparison: search.compare === undefined })
    const { query } = question.query
    const [reply, top, changes] = await Promise.all([
      getFunnel(ctx, question, 0),
      getTopReasons(ctx, question),
      query.task.length === 0 ? getChanges(ctx, question) : null,
    ])
    return { query, reply, top, changes }
  })
}
