import 'server-only'
import type { TagFilter } from '@/lib/contract/campaigns/tag-filter'
import { type FunnelQuery, type FunnelReply, funnelQuery } from '@/lib/contract/funnel'
import { getFunnel } from '@/lib/service/funnel/get-funnel'
import { getTopReasons, type TopReasons } from '@/lib/service/losses/get-top-reasons'
import { resolveFunnel } from '@/lib/service/read/resolve-question'
import { type Page, type PageResult, pageResult, rangeQuery, type Search } from './page'
import { withTag } from './tag'

export interface ReadOverview {
  query: FunnelQuery
  reply: FunnelReply
  /** The top loss reasons of the same range, as far as they are stored. */
  top: TopReasons
  /** The tag of the address; null without one. */
  tag: TagFilter | null
}

/** Reads the stored numbers of the overview, always with a trend. Requests what is missing, but does not wait. */
export function readOverview(page: Page, asked: Search): Promise<PageResult<ReadOverview>> {
  return pageResult(async ({ ctx }) => {
    const { search, tag } = await withTag(page, ctx, asked)
    const scoped = page.scope('read', funnelQuery.parse(rangeQuery(page, search)))
    const question = resolveFunnel(ctx, scoped, { trend: true, withComparison: search.compare === undefined })
    const [reply, top] = await Promise.all([getFunnel(ctx, question, 0), getTopReasons(ctx, question)])
    return { query: question.query.query, reply, top, tag }
  })
}
