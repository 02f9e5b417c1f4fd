import 'server-only'
import type { TagFilter } from '@/lib/contract/campaigns/tag-filter'
import type { ChangesReply } from '@/lib/contract/changes/changes'
import type { AnnotationsReply } from '@/lib/contract/chart/annotations'
import { TREND_KEYS, type TrendView, trendView } from '@/lib/contract/chart/trend-view'
import { vendorSort } from '@/lib/contract/chart/vendor-sort'
import type { VendorSort } from '@/lib/contract/chart/vendor-sorts'
import { type FunnelQuery, type FunnelReply, funnelQuery } from '@/lib/contract/funnel'
import { annotationsWithin } from '@/lib/service/annotations/list-annotations'
import { getChanges } from '@/lib/service/changes/get-changes'
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
  /** Epoch milliseconds of the data's clock. */
  nowMs: number
  /** What changed, of all pushes; null for campaigns. */
  changes: ChangesReply | null
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
    const shown = question.query.query
    const [reply, top, annotations, changes] = await Promise.all([
      getFunnel(ctx, question, 0),
      getTopReasons(ctx, question),
      annotationsWithin(ctx, scoped, question.query.range),
      shown.task.length === 0 ? getChanges(ctx, question) : null,
    ])
    const sort = vendorSort.parse(search.sort)
    return { query: shown, sort, reply, top, view, annotations, changes, tag, nowMs: question.query.nowS * 1_000 }
  })
}
