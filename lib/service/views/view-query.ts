import 'server-only'
import { campaignsHref, lossesHref, overviewHref } from '@/lib/contract/links'
import { VIEW_QUERIES } from '@/lib/contract/views/saved-views'
import type { ViewPage } from '@/lib/contract/views/view-pages'
import { resolveRange } from '@/lib/report/range/range'

/** Where a range is resolved: now in epoch seconds, and the app's offset in minutes. */
interface Place {
  nowS: number
  appOffsetMin: number
}

/**
 * Returns the query of a page's address from its fields, as the page's own links write it. Throws a ZodError for fields
 * that the page does not read, and `bad_range`.
 */
export function viewQueryOf(page: ViewPage, fields: Record<string, string>, place: Place): string {
  const [, query = ''] = hrefOf(page, fields, place).split('?')
  return query
}

function hrefOf(page: ViewPage, fields: Record<string, string>, place: Place): string {
  if (page === 'campaigns') return campaignsHref(null, VIEW_QUERIES.campaigns.parse(fields))
  if (page === 'overview') {
    const view = VIEW_QUERIES.overview.parse(fields)
    resolveRange(view, place)
    return overviewHref(null, view)
  }
  const { group, ...view } = VIEW_QUERIES.losses.parse(fields)
  resolveRange(view, place)
  return lossesHref(null, view, group)
}
