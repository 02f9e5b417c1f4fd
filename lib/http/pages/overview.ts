import 'server-only'
import { type FunnelQuery, type FunnelReply, funnelQuery } from '@/lib/contract/funnel'
import { type VendorSort, vendorSort } from '@/lib/contract/vendor-sort'
import { getFunnel } from '@/lib/service/funnel/get-funnel'
import { getTopReasons, type TopReasons } from '@/lib/service/losses/get-top-reasons'
import { resolveFunnel } from '@/lib/service/read/resolve-question'
import { type Page, type PageResult, pageResult, rangeQuery, type Search } from './page'

export interface ReadOverview {
  query: FunnelQuery
  reply: FunnelReply
  sort: VendorSort
  /** The top loss reasons of the same range, as far as they are stored. */
  top: TopReasons
}

/** Reads the stored numbers of the overview, always with a trend. Requests what is missing, but does not wait. */
export function readOverview(page: Page, search: Search): Promise<PageResult<ReadOverview>> {
  return pageResult(async ({ ctx }) => {
    const scoped = page.scope('read', funnelQuery.parse(rangeQuery(page, search, 'sort')))
    const question = resolveFunnel(ctx, scoped, { trend: true, withComparison: search.compare === undefined })
    const [reply, top] = await Promise.all([getFunnel(ctx, question, 0), getTopReasons(ctx, question)])
    return { query: question.query.query, sort: vendorSort.parse(search.sort), reply, top }
  })
}
