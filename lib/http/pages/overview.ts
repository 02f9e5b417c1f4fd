import 'server-only'
import type { TagFilter } from '@/lib/contract/campaigns/tag-filter'
import type { AnnotationsReply } from '@/lib/contract/chart/annotations'
import { TREND_KEYS, type TrendView, trendView } from '@/lib/contract/chart/trend-view'
import { type FunnelQuery, type FunnelReply, funnelQuery } from '@/lib/contract/funnel'
import { type VendorSort, vendorSort } from '@/lib/contract/vendor-sort'
import { annotationsWithin } from '@/lib/service/annotations/list-annotations'
import { getFunnel } from '@/lib/service/funnel/get-funnel'
import { getTopReasons, type TopReasons } from '@/lib/service/losses/get-top-reasons'
import { resolveFunnel } from '@/lib/service/read/resolve-question'
import { type Page, type PageResult, pageResult, rangeQuery, type Search } from './page'
import { withTag } from './tag'

export interface ReadOverview {
  query: FunnelQuery
  reply: FunnelReply
  sort: VendorSort
  view: TrendView
  annotations: AnnotationsReply
  /** The top loss reasons of the same range, as far as they are stored. */
  top: TopReasons
  /** The tag of the address; null without one. */
  tag: TagFilter | null
}

/** Reads the stored numbers of the overview, always with a trend. Requests what is missing, but does not wait. */
export function readOverview(page: Page, asked: Search): Promise<PageResult<ReadOverview>> {
  return pageResult(async ({ ctx }) => {
    const { search, tag } = await withTag(page, ctx, asked)
    const view = trendView.parse(search)
    const query = funnelQuery.parse(rangeQuery(page, search, 'sort', ...TREND_KEYS))
    const vendors = view.by === 'vendor' ? '1' : query.vendors
    const scoped = page.scope('read', { ...query, vendors })
    const question = resolveFunnel(ctx, scoped, { trend: true, withComparison: search.compare === undefined })
    const [reply, top, annotations] = await Promise.all([
      getFunnel(ctx, question, 0),
      getTopReasons(ctx, question),
      annotationsWithin(ctx, scoped, question.query.range),
    ])
    const sort = vendorSort.parse(search.sort)
    return { query: question.query.query, sort, reply, top, view, annotations, tag }
  })
}
