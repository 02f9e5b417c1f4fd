import 'server-only'
import type { AnnotationsReply } from '@/lib/contract/chart/annotations'
import { TREND_KEYS, type TrendView, trendView } from '@/lib/contract/chart/trend-view'
import { type FunnelQuery, type FunnelReply, funnelQuery } from '@/lib/contract/funnel'
import { type VendorSort, vendorSort } from '@/lib/contract/vendor-sort'
import { annotationsWithin } from '@/lib/service/annotations/list-annotations'
import { getFunnel } from '@/lib/service/funnel/get-funnel'
import { getTopReasons, type TopReasons } from '@/lib/service/losses/get-top-reasons'
import { resolveFunnel } from '@/lib/service/read/resolve-question'
import { type Page, type PageResult, pageResult, rangeQuery, type Search } from './page'

export interface ReadOverview {
  query: FunnelQuery
  reply: FunnelReply
  sort: VendorSort
  view: TrendView
  annotations: AnnotationsReply
  /** The top loss reasons of the same range, as far as they are stored. */
  top: TopReasons
}

/** Reads the stored numbers of the overview, always with a trend. Requests what is missing, but does not wait. */
export function readOverview(page: Page, search: Search): Promise<PageResult<ReadOverview>> {
  return pageResult(async ({ ctx }) => {
    const view = trendView.parse(search)
    const asked = funnelQuery.parse(rangeQuery(page, search, 'sort', ...TREND_KEYS))
    const vendors = view.by === 'vendor' ? '1' : asked.vendors
    const scoped = page.scope('read', { ...asked, vendors })
    const question = resolveFunnel(ctx, scoped, { trend: true, withComparison: search.compare === undefined })
    const [reply, top, annotations] = await Promise.all([
      getFunnel(ctx, question, 0),
      getTopReasons(ctx, question),
      annotationsWithin(ctx, scoped, question.query.range),
    ])
    const sort = vendorSort.parse(search.sort)
    return { query: question.query.query, sort, reply, top, view, annotations }
  })
}
