import 'server-only'
import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { connection } from 'next/server'
import { administersAll, authorize, type Scoped, visibleApps } from '@/lib/access/authorize'
import { sessionCookie } from '@/lib/access/cookies'
import { visitOf } from '@/lib/access/origin'
import { type PersonPrincipal, principalOf } from '@/lib/access/principal'
import { isSetupOpen } from '@/lib/access/sign-in/setup'
import { context, type Running } from '@/lib/context'
import { askedPath, dueSetUpHref, signInHref } from '@/lib/contract/access/sign-in-links'
import type { AppReply, CollectingReply } from '@/lib/contract/apps'
import { type ErrorCode, isPushlensError } from '@/lib/contract/errors'
import type { ProblemNote } from '@/lib/contract/freshness'
import { setupHref } from '@/lib/contract/links'
import { rangeFields } from '@/lib/contract/ranges'
import type { Ability } from '@/lib/contract/roles'
import { appReply } from '@/lib/service/read/app-reply'
import { collectingState } from '@/lib/service/read/collecting-state'
import { halfOpenDates } from '@/lib/service/read/custom-dates'
import { stopNote } from '@/lib/service/read/freshness'
import { addressOf } from '../address'
import { cookieOf } from '../principal'
import { countPrincipal } from '../request-limit'
import { isExpected } from '../respond'
import { isSetUpDue } from './due'

export type Search = Record<string, string | string[] | undefined>

/** What the frame of a page shows, and the right to read for it. Made once per request. */
export interface Page {
  person: { name: string; email: string }
  apps: AppReply[]
  /** The app of `?app=`, else the first; null where the person has none. */
  app: AppReply | null
  /** The person administers all apps: people, keys and whatever belongs to no single app. */
  administersAll: boolean
  /** The disk has no room for another write, for a banner. */
  full: boolean
  /** Why the app's calls have stopped, for a banner. */
  stopped: ProblemNote | null
  /** How collecting goes, for the header. */
  collecting: CollectingReply | null
  /** An administrator has set a minimum time between calls, for the banner of a demo. */
  paced: boolean
  principal: PersonPrincipal
  /** The zone of ranges that the person chose in this browser; null for the app's. */
  zone: string | null
  /** The person comes from our own pages or the address bar. Nothing is looked up for a link of another site. */
  ownVisit: boolean
  /** The person opens pages too fast. The page then reads nothing. */
  tooMany: boolean
  /** Authorizes a query for the app of the page, whose row is read once per request. Throws like `authorize`. */
  scope<Query>(ability: Ability, query: Query): Scoped<Query>
}

/** What a page reads, or why the person's question cannot be answered. */
export type PageResult<T> = T | { error: ErrorCode; field: string | null }

/** Returns the person and the app of a page. Without a session it redirects to sign-in, or to the setup while that is open. */
export async function pageContext(search: Search): Promise<Page> {
  const running = await runningForPage()
  const principal = await personOfRequest(running)
  if (!principal) redirect(await doorFor(running))
  const { ctx } = running
  const visible = visibleApps(principal, await ctx.store.apps.list())
  const current = (search.app === undefined ? visible[0] : visible.find(({ app }) => app.id === search.app)) ?? null
  const row = current?.app ?? null
  return {
    person: { name: principal.name, email: principal.email },
    apps: visible.map(({ app, role }) => appReply(app, role)),
    app: current && appReply(current.app, current.role),
    administersAll: administersAll(principal),
    full: ctx.store.isFull(),
    stopped: row?.stopped ? stopNote(row.stopped) : null,
    collecting: row && (await collectingState(ctx, row)),
    paced: row !== null && row.spacingMs !== null,
    principal,
    zone: await chosenZone(),
    ownVisit: visitOf(await headers(), running.publicUrl) === 'own',
    tooMany: !countsPage(running, principal),
    scope: (ability, query) => authorize(principal, ability, row, query),
  }
}

/** Returns the page for somebody who may not see any other: the rest of their sign-in, the setup, or the sign-in. */
async function doorFor(running: Running): Promise<string> {
  const next = askedPath((await headers()).get('x-pushlens-target'))
  if (await isSetUpDue(running)) return dueSetUpHref(next)
  // With single sign-on the first administrator may come from the provider. The sign-in page then links to the setup.
  return running.oidc === null && (await isSetupOpen(running.access)) ? setupHref() : signInHref(next)
}

/** Counts a page like a request of the API. Returns false over the limit. A page can't answer 429 (decision 033). */
function countsPage(running: Running, principal: PersonPrincipal): boolean {
  try {
    countPrincipal(running, principal)
    return true
  } catch (error) {
    if (isPushlensError(error) && error.code === 'too_many') return false
    throw error
  }
}

/** Waits for a request first: the build renders pages to see whether they are static, and must not open the database. */
export async function runningForPage(): Promise<Running> {
  await connection()
  return context()
}

/** Returns the person of the session cookie; null where there is none. */
export async function personOfRequest({ access, publicUrl }: Running) {
  const sent = await headers()
  const session = cookieOf(sent.get('cookie'), sessionCookie(publicUrl).name)
  const principal = await principalOf(access, { session, authorization: null, address: addressOf(sent) })
  return principal.kind === 'person' ? principal : null
}

/** Turns what the person asked wrongly, or may not see, into a result. Any other error is a defect and is thrown. */
export async function pageResult<T>(read: (running: Running) => Promise<T>): Promise<PageResult<T>> {
  const running = await runningForPage()
  try {
    return await read(running)
  } catch (error) {
    if (!isExpected(error)) throw error
    if (!isPushlensError(error)) return { error: 'bad_request', field: null }
    return { error: error.code, field: error.field ?? null }
  }
}

/** Reads the cookie that the profile page writes. A value that is no zone counts as none. */
async function chosenZone(): Promise<string | null> {
  const parsed = rangeFields.tz.safeParse((await cookies()).get('zone')?.value)
  return parsed.data ?? null
}

/** The fields of the form for custom dates that the API does not know. */
const DATE_FIELDS = ['fromTime', 'through', 'throughTime'] as const

/**
 * Returns the query of a page's range: the keys of the address, and the person's zone unless the address has one. The
 * last day of the form for custom dates is included, so it becomes the API's `to`.
 */
export function rangeQuery({ zone, app }: Page, search: Search, ...keys: string[]): Search {
  const query = queryWithout(search, 'app', ...DATE_FIELDS, ...keys)
  const zoned = zone === null ? query : { tz: zone, ...query }
  const one = (name: string) => (typeof search[name] === 'string' ? search[name] : undefined)
  if (one('through') === undefined) return zoned
  const dates = {
    from: one('from'),
    fromTime: one('fromTime'),
    through: one('through'),
    throughTime: one('throughTime'),
  }
  return { ...zoned, ...halfOpenDates(dates, typeof zoned.tz === 'string' ? zoned.tz : (app?.utcOffset ?? 'UTC')) }
}

/** Leaves out keys that belong to the page and not to the API's query. */
export function queryWithout(search: Search, ...keys: string[]): Search {
  return Object.fromEntries(
    Object.entries(search).filter(([name, value]) => !keys.includes(name) && value !== undefined),
  )
}
