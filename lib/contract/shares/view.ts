import { z } from 'zod'
import { COMPARISONS } from '@/lib/contract/comparisons'
import { instant } from '@/lib/contract/freshness'
import { funnelReply, INTERVALS } from '@/lib/contract/funnel'
import { lossesReply } from '@/lib/contract/losses'
import { rangeFields } from '@/lib/contract/ranges'
import { taskIdText, tasksReply } from '@/lib/contract/tasks'
import { idText, taskList } from '@/lib/contract/text'
import { traceReply } from '@/lib/contract/traces'
import { SHARED_PAGES } from './pages'
import { shareScope } from './scope'

/**
 * What a visitor asks a live link for. Every field can only narrow the scope. `campaign` is the page of one campaign, and
 * `task` chooses some of the campaigns.
 */
export const shareQuery = z.strictObject({
  ...rangeFields,
  page: z.enum([...SHARED_PAGES, 'campaign']).optional(),
  task: taskList,
  campaign: taskIdText.optional(),
  vendor: idText.optional(),
  interval: z.enum(INTERVALS).optional(),
  compare: z.enum(COMPARISONS).optional(),
})
export type ShareQuery = z.infer<typeof shareQuery>

/** The body of a view. The secret and the pass travel as headers. */
export const viewShareBody = z.strictObject({
  query: shareQuery.prefault({}),
  /** Exchanged for a pass of one hour, which the page keeps in memory. */
  password: z.string().max(200).optional(),
  /** True to get what a frozen link keeps, byte for byte, as a file: its SHA-256 is the one that the link shows. */
  file: z.boolean().default(false),
})
export type ViewShareBody = z.infer<typeof viewShareBody>

/** A scope that somebody is choosing, and what a visitor of it would ask for. */
export const previewShareBody = z.strictObject({ scope: shareScope, query: shareQuery.prefault({}) })
export type PreviewShareBody = z.infer<typeof previewShareBody>

/** What every answer of a link says about itself. */
export const sharedHead = z.object({
  name: z.string(),
  app: z.object({ name: z.string(), demo: z.boolean() }),
  kind: z.enum(['live', 'frozen', 'lookup']),
  /** Null for a look-up. */
  scope: shareScope.nullable(),
  endsAt: instant,
  frozen: z.object({ at: instant, sha256: z.string(), erased: z.boolean() }).nullable(),
})
export type SharedHead = z.infer<typeof sharedHead>

/** What a page of the link shows. `losses` of a campaign's page are of that campaign. */
export const sharedView = z.discriminatedUnion('page', [
  z.object({ page: z.literal('overview'), funnel: funnelReply }),
  z.object({ page: z.literal('losses'), losses: lossesReply }),
  /** `more`: whether the link has more campaigns than the newest, which are listed. */
  z.object({ page: z.literal('campaigns'), campaigns: tasksReply, more: z.boolean() }),
  /** `label` is the campaign's name; null where it has none. */
  z.object({
    page: z.literal('campaign'),
    taskId: z.string(),
    label: z.string().nullable(),
    funnel: funnelReply,
    losses: lossesReply.nullable(),
  }),
  z.object({ page: z.literal('lookup'), trace: traceReply }),
])
export type SharedView = z.infer<typeof sharedView>

/**
 * The answer of a link whose secret is right. `password`: it needs one. Else `view` is one page, and `pass` is set where a
 * password was exchanged.
 */
export const viewShareReply = z.discriminatedUnion('state', [
  z.object({ state: z.literal('password') }),
  z.object({ state: z.literal('open'), head: sharedHead, pass: z.string().nullable(), view: sharedView }),
])
export type ViewShareReply = z.infer<typeof viewShareReply>
