import type { FileFormat } from './api/files'
import { usualDirection } from './campaigns/sorts'
import type { ComparedAge } from './campaigns/task-comparison'
import type { TrendView } from './chart/trend-view'
import type { VendorSort } from './chart/vendor-sorts'
import type { FunnelQuery, FunnelRequest } from './funnel'
import { MAX_IMPORT_LINES } from './limits'
import type { LossesQuery } from './losses'
import { PATHS, type PageName, PLAIN_OVERVIEW } from './paths'
import type { LossStage } from './records'
import type { TasksQuery } from './tasks'
import type { ViewPage } from './views/view-pages'

/** What the overview shows. The same text, without how the chart is drawn, is the query of the funnel API. */
export type FunnelView = Pick<FunnelQuery, 'source'> &
  Partial<Pick<FunnelQuery, 'range' | 'from' | 'to' | 'tz' | 'interval' | 'task' | 'compare'>> &
  Partial<TrendView> & {
    /** Stands for the campaigns of a tag: an address has it instead of their TaskIDs. The API knows only TaskIDs. */
    tag?: string | undefined
  }

/** What the overview page shows beside its numbers. */
export type OverviewView = FunnelView & { sort?: VendorSort | undefined }

/** What the losses page shows: the fields of the overview, and a vendor. */
export type LossesView = FunnelView & Partial<Pick<LossesQuery, 'vendor'>>

/** What the campaign list shows. `edit` is the TaskID whose form is open, `add` opens the form for new campaigns. */
export type TasksView = Partial<Pick<TasksQuery, 'q' | 'tag' | 'sort' | 'dir' | 'group' | 'cursor'>> & {
  edit?: string | undefined
  add?: boolean
}

/** How the losses page groups its reasons. The API does not know groupings. */
export const GROUPINGS = ['cause', 'code', 'owner'] as const
export type Grouping = (typeof GROUPINGS)[number]
export const DEFAULT_GROUPING: Grouping = 'cause'

/** Returns the query of a funnel request. The fields have a fixed order, so that equal requests have equal text. */
export function funnelParams({ source, range, from, to, tz, interval, task, compare, by }: FunnelView): string {
  const chosen = from !== undefined ? { source, from, to, tz, interval } : { source, range, tz, interval }
  return compose({ ...chosen, task: taskParam(source, task), compare, vendors: by === 'vendor' ? '1' : undefined })
}

/** Returns the query of a request for what changed. It is of all pushes and has no buckets. */
export function changesParams({ source, range, from, to, tz, compare }: FunnelView): string {
  return funnelParams({ source, range, from, to, tz, compare })
}

/** Returns the query of a losses request. */
export function lossesParams({ vendor, task, compare, ...view }: LossesView): string {
  const rest = compose({ vendor, task: taskParam(view.source, task), compare })
  // Losses have no chart, and their API refuses what only a chart needs.
  const range = funnelParams({ ...view, by: undefined })
  return rest === '' ? range : `${range}&${rest}`
}

/** Joins TaskIDs for an address. Chat messages have none, so `task` counts for campaigns only. */
function taskParam(source: FunnelView['source'], task: string[] = []): string | undefined {
  return source === 'task' && task.length > 0 ? task.join(',') : undefined
}

/** Returns the query that answers the whole campaign list at once, instead of one page of it. */
export function allTasksParams({ q, tag, sort, dir, group }: TasksView): string {
  return tasksParams({ q, tag, sort, dir, group, limit: MAX_IMPORT_LINES })
}

/** Returns the query of one page of the campaign list. */
export function tasksParams({
  limit,
  ...view
}: Pick<TasksView, 'q' | 'tag' | 'sort' | 'dir' | 'group' | 'cursor'> & { limit: number }): string {
  const { q, tag, sort, dir, group, cursor } = view
  return compose({ q, tag, sort, dir, group, cursor, limit: String(limit) })
}

/**
 * Links to a page with its default view. Here and below, `app` is null where the viewer has a single app, so that the
 * address can leave it out.
 */
export function pageHref(page: PageName, app: string | null): string {
  return page === 'overview' && app === null ? PLAIN_OVERVIEW : withQuery(PATHS[page], { app: app ?? undefined })
}

/** Links to a saved view. `query` is the query of its address without the app. */
export function savedViewHref(app: string | null, page: ViewPage, query: string): string {
  const fields = `${appPrefix(app)}${query}`.replace(/&$/, '')
  return fields === '' ? PATHS[page] : `${PATHS[page]}?${fields}`
}

export function overviewHref(app: string | null, view: OverviewView): string {
  const { measure, by, sort, ...asked } = view
  const shown = compose({
    tag: tagParam(view),
    sort: sort === 'volume' ? undefined : sort,
    measure: measure === 'rate' ? measure : undefined,
    by: by === 'vendor' ? by : undefined,
  })
  return `${PATHS.overview}?${appPrefix(app)}${funnelParams(tagless(asked))}${shown === '' ? '' : `&${shown}`}`
}

/** Returns the query of the marks on the chart: those of its range and source. */
export function annotationsParams({ source, range, from, to, tz }: FunnelView): string {
  return compose(from !== undefined ? { source, from, to, tz } : { source, range, tz })
}

export function lossesHref(app: string | null, view: LossesView, grouping: Grouping = DEFAULT_GROUPING): string {
  const rest = compose({ tag: tagParam(view), group: grouping === DEFAULT_GROUPING ? undefined : grouping })
  return `${PATHS.losses}?${appPrefix(app)}${lossesParams(tagless(view))}${rest === '' ? '' : `&${rest}`}`
}

/** Campaigns alone have tags. */
function tagParam({ source, tag }: FunnelView): string | undefined {
  return source === 'task' ? tag : undefined
}

/** Leaves out the campaigns that a tag stands for. */
function tagless<View extends FunnelView>(view: View): View {
  return view.tag === undefined ? view : { ...view, task: [] }
}

/** Links to one stage on the losses page. */
export function lossStageHref(app: string | null, view: LossesView, stage: LossStage): string {
  return `${lossesHref(app, view)}#${stage}`
}

/** Links to the page of one loss code in the same range. A code can be any text, so it is a value and not a path segment. */
export function codeHref(app: string | null, view: LossesView, code: string): string {
  const tag = compose({ tag: tagParam(view) })
  return `${PATHS.code}?${compose({ code })}&${appPrefix(app)}${lossesParams(tagless(view))}${tag && `&${tag}`}`
}

/** Links to the page of one loss code in its default range, as the search form for codes does. */
export function codeSearchHref(app: string | null, code: string): string {
  return withQuery(PATHS.code, { app: app ?? undefined, code })
}

/** Links to the campaign list. The default order and its usual direction are left out. */
export function campaignsHref(app: string | null, view: TasksView): string {
  const { q, tag, sort = 'sentAt', dir, group, cursor, edit, add } = view
  return withQuery(PATHS.campaigns, {
    ...{ app: app ?? undefined, q, tag },
    sort: sort === 'sentAt' ? undefined : sort,
    dir: dir === usualDirection(sort) ? undefined : dir,
    ...{ group, cursor, edit, add: add ? '1' : undefined },
  })
}

/** Links to the page of one campaign. */
export function campaignHref(app: string | null, taskId: string, { edit = false } = {}): string {
  const path = `${PATHS.campaigns}/${encodeURIComponent(taskId)}`
  return withQuery(path, { app: app ?? undefined, edit: edit ? '1' : undefined })
}

/** Links to a report of all campaigns of a tag. */
export function tagHref(app: string | null, report: 'overview' | 'losses', tag: string): string {
  return withQuery(PATHS[report], { app: app ?? undefined, tag })
}

/** Links to the comparison of campaigns with the first of them. Without an age it shows the largest that all have. */
export function compareHref(app: string | null, tasks: readonly string[], age?: ComparedAge): string {
  return `${PATHS.compare}?${appPrefix(app)}${compareParams(tasks, age)}`
}

/** Returns the query of a comparison. */
export function compareParams(tasks: readonly string[], age?: ComparedAge): string {
  return compose({ task: tasks.join(','), age })
}

/** Links to one look-up. `sealed` holds its IDs encrypted. `anyway`: send the request although the ID looks wrong. */
export function lookupHref(app: string | null, sealed: string, { anyway = false } = {}): string {
  return withQuery(PATHS.lookup, { app: app ?? undefined, k: sealed, anyway: anyway ? '1' : undefined })
}

/** Links to a list of look-ups. The sealed list is in the fragment, so that it reaches neither logs nor other sites. */
export function bulkHref(app: string | null, sealed: string): string {
  return `${pageHref('bulk', app)}#${sealed}`
}

/** Links to the page of one user. `ref` is the sealed reference from a reply; the address shows no UserID. */
export function userHref(app: string | null, ref: string, since?: string): string {
  return withQuery(`${PATHS.lookup}/user/${ref}`, { app: app ?? undefined, since })
}

/** Links to the page that connects an app. `draft` is the ID of an app whose connection was begun. */
export function connectHref(draft?: string): string {
  return withQuery(PATHS.connectApp, { draft })
}

/** Links to the settings of one app. The app is always named, because the page is about it. */
export function editAppHref(app: string): string {
  return withQuery(PATHS.editApp, { app })
}

/** Links to the progress of the first fill of an app. */
export function fillHref(app: string): string {
  return withQuery(PATHS.fillApp, { app })
}

/** Links to the form that erases one user's data. `ref` is the sealed reference from a reply. */
export function eraseHref(app: string | null, ref: string): string {
  return withQuery(PATHS.erase, { app: app ?? undefined, ref })
}

/** What the audit page shows. `about` is the app of the entries; dates are days in the page's zone, both included. */
export interface AuditView {
  actor?: string | undefined
  action?: string | undefined
  about?: string | undefined
  from?: string | undefined
  to?: string | undefined
  cursor?: string | undefined
}

/** Links to the audit with a filter. */
export function auditHref(app: string | null, { actor, action, about, from, to, cursor }: AuditView): string {
  return withQuery(PATHS.audit, { app: app ?? undefined, actor, action, about, from, to, cursor })
}

/** Returns the address of a list of the installation as CSV, with the fields of the API. The request must say `Accept: text/csv`. */
export function tableCsvHref(
  list: 'audit' | 'audit/failed-sign-ins' | 'retention',
  fields: Record<string, string | undefined>,
): string {
  return withQuery(`/api/v1/${list}`, fields)
}

/** Links to one operation of the API's description. */
export function apiReferenceHref(operation: string): string {
  return withQuery(PATHS.api, { operation })
}

/**
 * Links to the page that creates the first administrator account. `token` is the one-time token from the log. It is in
 * the fragment, so that it reaches neither logs nor other sites.
 */
export function setupHref(token?: string): string {
  return token === undefined ? PATHS.setup : `${PATHS.setup}#${token}`
}

/** Links to the page on which an invitation is used. The secret is in the fragment: no server and no log sees it. */
export function inviteHref(secret: string): string {
  return `${PATHS.invite}#${secret}`
}

/** Links to a page of the list of shared links. `cursor` is the `next` of the page before. */
export function sharesHref(app: string | null, cursor?: string): string {
  return withQuery(PATHS.shares, { app: app ?? undefined, cursor })
}

/** Links to a shared view. The secret is in the fragment: no server and no log sees it. */
export function shareHref(id: string, secret: string): string {
  return `/share/${id}#${secret}`
}

/** The reports beside the funnel that a link downloads. */
export type FileReport = 'losses' | 'tasks' | 'tasks/compare' | 'tasks/growth'

/** Returns the address of a report as a file. `app` is our ID of the app. `table` names one of several tables. */
export function fileHref(
  app: string,
  report: FileReport,
  { params, format, table }: { params: string; format: FileFormat; table?: string },
): string {
  return `/api/v1/apps/${encodeURIComponent(app)}/${report}?${params}&${compose({ format, table })}`
}

/** Returns the query of a campaign's growth. */
export function growthParams(taskId: string): string {
  return compose({ taskId })
}

/** Returns the address of a funnel as a file. A table is CSV; null is the whole report as JSON. */
export function funnelFileHref(app: string, view: FunnelView, table: FunnelRequest['table'] | null): string {
  const file = table === null ? { format: 'json' } : { format: 'csv', table }
  const vendors = table === 'series' || (table === null && view.by === 'vendor') ? '1' : undefined
  return `/api/v1/apps/${encodeURIComponent(app)}/funnel?${funnelParams({ ...view, by: undefined })}&${compose({ ...file, vendors })}`
}

function appPrefix(app: string | null): string {
  return app === null ? '' : `${compose({ app })}&`
}

function withQuery(path: string, fields: Record<string, string | undefined>): string {
  const query = compose(fields)
  return query === '' ? path : `${path}?${query}`
}

function compose(fields: Record<string, string | undefined>): string {
  const given = Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return new URLSearchParams(given).toString()
}

/** Returns the address that downloads a backup. */
export function backupHref(name: string): string {
  return `/api/v1/backups/${encodeURIComponent(name)}`
}
