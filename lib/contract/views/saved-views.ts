import { z } from 'zod'
import { TREND_MEASURES, TREND_PARTS } from '../chart/trend-view'
import { VENDOR_SORTS } from '../chart/vendor-sorts'
import { COMPARISONS } from '../comparisons'
import { instant } from '../freshness'
import { funnelQuery, INTERVALS } from '../funnel'
import { VIEW_LIMITS } from '../limits'
import { GROUPINGS } from '../links'
import { lossesQuery } from '../losses'
import { tasksQuery, taskTag } from '../tasks'
import { idText } from '../text'
import { VIEW_PAGES } from './view-pages'

/** Left out in an address, the page chooses the comparison. So a saved view without one has none either. */
const report = { compare: z.enum(COMPARISONS).optional(), tag: taskTag.optional() }

/** The fields of each page's address, as the page itself reads them, without the app and the place in a list. */
export const VIEW_QUERIES = {
  overview: funnelQuery.omit({ vendors: true }).extend({
    ...report,
    interval: z.enum(INTERVALS).optional(),
    sort: z.enum(VENDOR_SORTS).optional(),
    measure: z.enum(TREND_MEASURES).optional(),
    by: z.enum(TREND_PARTS).optional(),
  }),
  losses: lossesQuery.extend({ ...report, group: z.enum(GROUPINGS).optional() }),
  campaigns: tasksQuery.omit({ cursor: true, limit: true }),
} as const

const viewName = z
  .string()
  .trim()
  .min(1)
  .max(VIEW_LIMITS.name)
  .regex(/^[^\p{Cc}\p{Cs}]+$/u, 'holds a control character')

export const viewBody = z.strictObject({
  name: viewName,
  app: idText.describe('The ID of the app'),
  page: z.enum(VIEW_PAGES),
  query: z
    .record(z.string().max(20), z.string().max(VIEW_LIMITS.field))
    .default({})
    .describe('The fields of the address of that page. A preset range stays relative'),
  start: z.boolean().default(false).describe('true: this view opens at / instead of the earlier one'),
})
export type ViewBody = z.infer<typeof viewBody>

export const viewKey = z.strictObject({ id: z.uuid() })
export type ViewKey = z.infer<typeof viewKey>

export const viewChange = z.strictObject({
  id: z.uuid(),
  body: z.strictObject({ name: viewName.optional(), start: z.boolean().optional() }),
})
export type ViewChange = z.infer<typeof viewChange>

export const viewsQuery = z.strictObject({ app: idText.optional().describe('Only the views of this app') })
export type ViewsQuery = z.infer<typeof viewsQuery>

export const viewReply = z.object({
  id: z.string(),
  name: z.string(),
  app: z.object({ id: z.string(), name: z.string() }),
  page: z.enum(VIEW_PAGES),
  /** The address on this server. It names the app if the person has several. */
  href: z.string(),
  /** It opens at `/`. One view of a person at most. */
  start: z.boolean(),
  createdAt: instant,
})
export type ViewReply = z.infer<typeof viewReply>

/** Oldest first. */
export const viewsReply = z.object({ items: z.array(viewReply), next: z.null() })
export type ViewsReply = z.infer<typeof viewsReply>

export const removedViewReply = z.object({ removed: z.literal(true) })
export type RemovedViewReply = z.infer<typeof removedViewReply>
