import 'server-only'
import type { Comparison } from '@/lib/contract/comparisons'
import { PushlensError } from '@/lib/contract/errors'
import type { Interval } from '@/lib/contract/funnel'
import { DAY, TASKS_PER_QUESTION } from '@/lib/contract/limits'
import type { SharedPage } from '@/lib/contract/shares/pages'
import type { ShareScope } from '@/lib/contract/shares/scope'
import type { ShareQuery } from '@/lib/contract/shares/view'
import type { Source } from '@/lib/contract/sources'
import { comparedRanges, comparisonOf } from '@/lib/report/range/comparison'
import type { ResolvedRange } from '@/lib/report/range/range'
import type { Span } from '@/lib/report/range/windows'
import type { AppRow } from '@/lib/store/people/apps'
import type { Store } from '@/lib/store/store'
import type { Task } from '@/lib/store/tasks/task-rows'
import { clampRange, reaches, reachOf } from './reach'
import { sharedCampaigns } from './shared-campaigns'

const SHARED = Symbol('shared')

/** A link that may be read, and the app it belongs to. */
export interface ScopedShare {
  id: string
  app: AppRow
  scope: ShareScope
}

/** A question about a link, inside of its scope. */
export interface SharedQuestion {
  page: SharedPage | 'campaign'
  source: Source
  /** The campaign of the page `campaign`, else null. */
  campaign: string | null
  /** The campaigns of reports, in place of all pushes. Null: all pushes. An empty list is about nothing. */
  tasks: readonly string[] | null
  /** The campaigns that the link shows, as far as the page needs them. They hold no note, and no tag but the link's. */
  campaigns: readonly Task[]
  /** Null: every vendor. */
  vendors: readonly string[] | null
  range: ResolvedRange
  /** All the time that the link may show. */
  reach: readonly Span[]
  interval: Interval
  compare: Comparison
  figures: ShareScope['figures']
  /** Whether reasons of losses belong to the link. */
  withLosses: boolean
  /** Epoch seconds. */
  nowS: number
}

/** Proof that a question lies inside of a link's scope. Every verb of a shared view takes one; only `clampToScope` makes one. */
export interface Shared {
  readonly app: AppRow
  readonly shareId: string
  readonly question: Readonly<SharedQuestion>
  readonly [SHARED]: true
}

type Deps = { store: { tasks: Pick<Store['tasks'], 'find' | 'page'> } }

/**
 * Narrows a query to the scope of a link. A page, campaign or vendor outside of it throws `outside_share`, which is the
 * same whether it exists or not. Dates and comparisons are narrowed instead: `lib/access/shares/reach.ts` says how, and a
 * comparison stays only if the link may show the whole period that it reads. Throws `bad_range`.
 */
export async function clampToScope(
  deps: Deps,
  { id, app, scope }: ScopedShare,
  query: ShareQuery,
  nowS: number,
): Promise<Shared> {
  const now = { nowS, appOffsetMin: app.utcOffsetMin }
  const page = pageOf(scope, query)
  const vendors = vendorsOf(scope, query)
  const range = clampRange(scope, query, now)
  const reach = reachOf(scope, now)
  const needsCampaigns =
    page === 'campaigns' || page === 'campaign' || scope.tasks.kind !== 'all' || query.task.length > 0
  const campaigns = needsCampaigns ? await sharedCampaigns(deps, { appId: app.id, scope, reach, nowS }) : []
  const question: SharedQuestion = {
    page,
    source: scope.source,
    campaign: page === 'campaign' ? campaignOf(campaigns, query) : null,
    tasks: tasksOf(scope, campaigns, query),
    campaigns: Object.freeze(campaigns.map((task) => Object.freeze(task))),
    vendors,
    range,
    reach,
    interval: query.interval ?? usualInterval(range),
    compare: clampComparison(query.compare ?? 'none', range, reach),
    figures: scope.figures,
    withLosses: scope.pages.includes('losses'),
    nowS,
  }
  return Object.freeze({ app, shareId: id, question: Object.freeze(question), [SHARED]: true } as const)
}

function pageOf({ pages, source }: ShareScope, { page, campaign }: ShareQuery): SharedQuestion['page'] {
  const wanted = page ?? (campaign === undefined ? pages[0] : 'campaign')
  const needed = wanted === 'campaign' ? 'campaigns' : wanted
  if (wanted === undefined || needed === undefined || !pages.includes(needed)) throw outside('page')
  if (needed === 'campaigns' && source !== 'task') throw outside('page')
  if (campaign !== undefined && wanted !== 'campaign') throw outside('campaign')
  return wanted
}

function campaignOf(campaigns: readonly Task[], { campaign }: ShareQuery): string {
  if (campaign === undefined || !campaigns.some(({ taskId }) => taskId === campaign)) throw outside('campaign')
  return campaign
}

/** Returns the campaigns of a report. A report has as many as a person can ask for, the newest. */
function tasksOf(scope: ShareScope, campaigns: readonly Task[], { task }: ShareQuery): readonly string[] | null {
  const known = campaigns.map(({ taskId }) => taskId)
  if (task.some((one) => !known.includes(one))) throw outside('task')
  if (task.length > 0) return Object.freeze([...task])
  return scope.tasks.kind === 'all' ? null : Object.freeze(known.slice(0, TASKS_PER_QUESTION))
}

function vendorsOf(scope: ShareScope, { vendor }: ShareQuery): readonly string[] | null {
  if (vendor === undefined) return scope.vendors && Object.freeze([...scope.vendors])
  if (scope.vendors && !scope.vendors.includes(vendor)) throw outside('vendor')
  return Object.freeze([vendor])
}

/** Returns the interval of a trend: hours up to two days, else days. */
function usualInterval({ from, to }: ResolvedRange): Interval {
  return to - from <= 2 * DAY ? 'hour' : 'day'
}

/** Leaves a comparison out unless the link may show all that it reads: funnels compare whole hours, losses the range. */
function clampComparison(compare: Comparison, range: ResolvedRange, reach: readonly Span[]): Comparison {
  if (compare === 'none') return 'none'
  const periods = [comparedRanges(range, compare).before, comparisonOf(range, compare)]
  return periods.every((period) => period.from >= period.to || reaches(reach, period)) ? compare : 'none'
}

function outside(field: string): PushlensError {
  return new PushlensError('outside_share', 'the link does not show this', field)
}
