import type { FunnelQuery } from '@/lib/contract/funnel'
import { MAX_IMPORT_LINES } from '@/lib/contract/limits'
import type { LossesQuery } from '@/lib/contract/losses'
import type { TasksQuery } from '@/lib/contract/tasks'

/** What the overview shows, as the address says it; the same text asks the API. */
export type FunnelView = Pick<FunnelQuery, 'source'> &
  Partial<Pick<FunnelQuery, 'range' | 'from' | 'to' | 'tz' | 'interval'>>

/** The query of a funnel question in one order, so that the same question is always the same text. */
export function funnelParams({ source, range, from, to, tz, interval }: FunnelView): string {
  const chosen = from !== undefined ? { source, from, to, tz, interval } : { source, range, tz, interval }
  return compose(chosen)
}

/** What the losses show: the overview's language, a vendor, tasks, and what they are held against. */
export type LossesView = FunnelView & Partial<Pick<LossesQuery, 'vendor' | 'task' | 'compare'>>

export function lossesParams({ vendor, task = [], compare, ...view }: LossesView): string {
  const tasks = view.source === 'task' && task.length > 0 ? task.join(',') : undefined
  const rest = compose({ vendor, task: tasks, compare })
  return rest === '' ? funnelParams(view) : `${funnelParams(view)}&${rest}`
}

/** How the losses are put together is the page's own matter: the API is not asked for it. */
export const GROUPINGS = ['code', 'cause', 'owner'] as const
export type Grouping = (typeof GROUPINGS)[number]

export function lossesHref(app: string | null, view: LossesView, group: Grouping = 'code'): string {
  const rest = group === 'code' ? '' : `&${compose({ group })}`
  return `/losses?${app === null ? '' : `${compose({ app })}&`}${lossesParams(view)}${rest}`
}

/** The page of one code, in the same range. A code may be anything, so it is a value and no part of the path. */
export function codeHref(app: string | null, view: LossesView, code: string): string {
  return `/losses/code?${compose({ code })}&${app === null ? '' : `${compose({ app })}&`}${lossesParams(view)}`
}

export function overviewHref(app: string | null, view: FunnelView): string {
  const rest = funnelParams(view)
  return app === null ? `/?${rest}` : `/?${compose({ app })}&${rest}`
}

/** What the list of campaigns shows; `edit` is the TaskID whose form is open. */
export type TasksView = Partial<Pick<TasksQuery, 'q' | 'tag' | 'sort' | 'cursor'>> & { edit?: string | undefined }

export function campaignsHref(app: string | null, { q, tag, sort, cursor, edit }: TasksView): string {
  const order = sort === 'sentAt' ? undefined : sort
  const rest = compose({ app: app ?? undefined, q, tag, sort: order, cursor, edit })
  return rest === '' ? '/campaigns' : `/campaigns?${rest}`
}

/** The whole list rather than a page of it. */
export function allTasksParams({ q, tag, sort }: TasksView): string {
  return compose({ q, tag, sort, limit: String(MAX_IMPORT_LINES) })
}

/** The page of one user, by the opaque reference of an answer: no UserID stands in it. */
export function userHref(app: string | null, ref: string, since?: string): string {
  const rest = compose({ app: app ?? undefined, since })
  return `/lookup/user/${ref}${rest === '' ? '' : `?${rest}`}`
}

export function eraseHref(app: string | null, ref: string): string {
  return `/settings/erase?${compose({ app: app ?? undefined, ref })}`
}

export function pageHref(path: string, app: string | null): string {
  return app === null ? path : `${path}?${compose({ app })}`
}

/** A path of this server, else `/`: never another host, which `//host`, `/\\host` and a tab between slashes would be. */
export function ownPath(next: unknown): string {
  return typeof next === 'string' && /^\/(?![/\\])[!-~]*$/.test(next) ? next : '/'
}

function compose(fields: Record<string, string | undefined>): string {
  const given = Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return new URLSearchParams(given).toString()
}
