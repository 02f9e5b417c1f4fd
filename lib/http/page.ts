import 'server-only'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { connection } from 'next/server'
import { authorize } from '@/lib/access/authorize'
import { sessionCookie } from '@/lib/access/cookies'
import { type KnownPrincipal, principalOf } from '@/lib/access/principal'
import { isSetupOpen } from '@/lib/access/sign-in/setup'
import { context, type Running } from '@/lib/context'
import type { AppReply, CollectingReply, StatusReply } from '@/lib/contract/apps'
import { type ErrorCode, isPushlensError } from '@/lib/contract/errors'
import type { ProblemNote } from '@/lib/contract/freshness'
import { type FunnelQuery, type FunnelReply, funnelQuery } from '@/lib/contract/funnel'
import { HORIZON } from '@/lib/contract/limits'
import type { LookupView } from '@/lib/contract/lookup-text'
import { type LossesQuery, type LossesReply, lossesQuery, type ReasonsReply, reasonsQuery } from '@/lib/contract/losses'
import type { Ability } from '@/lib/contract/roles'
import type { Source } from '@/lib/contract/sources'
import { type TaskCoverReply, taskCoverQuery } from '@/lib/contract/task-cover'
import { type TasksQuery, type TasksReply, tasksQuery } from '@/lib/contract/tasks'
import { listApps } from '@/lib/service/apps/list-apps'
import { drawnInterval } from '@/lib/service/funnel/default-interval'
import { getFunnel } from '@/lib/service/funnel/get-funnel'
import { type ExampleTrace, getExampleTrace } from '@/lib/service/lookup/get-example-trace'
import { leadTo } from '@/lib/service/lookup/link-to-lookup'
import { lookUp } from '@/lib/service/lookup/look-up'
import { openState, readText } from '@/lib/service/lookup/lookup-state'
import { drawnComparison } from '@/lib/service/losses/default-comparison'
import { getLosses } from '@/lib/service/losses/get-losses'
import { getTopReasons, type TopReasons } from '@/lib/service/losses/get-top-reasons'
import { stopNote } from '@/lib/service/read/freshness'
import { findReasons } from '@/lib/service/reasons/find-reasons'
import { collectingOf } from '@/lib/service/system/collecting'
import { getStatus } from '@/lib/service/system/get-status'
import { getTaskCover } from '@/lib/service/tasks/get-task-cover'
import { listTasks } from '@/lib/service/tasks/list-tasks'
import { isExpected } from './respond'

export type Search = Record<string, string | string[] | undefined>

export interface Page {
  person: { name: string; email: string }
  apps: AppReply[]
  /** The app of `?app=`, else the first; null where the person has none. */
  app: AppReply | null
  /** The disk has no room for another write, for a banner. */
  full: boolean
  /** Why the app's calls have stopped, for a banner. */
  stopped: ProblemNote | null
  /** How the archive's own work stands, for the header. */
  collecting: CollectingReply | null
  principal: KnownPrincipal
}

/** `error` is what the person asked wrongly, or may not see. */
export type Read<T> = T | { error: ErrorCode; field: string | null }

/** Who looks at a page, and at which app. Sends nobody to the sign-in page, or to the setup page while nobody administers. */
export async function pageContext(search: Search): Promise<Page> {
  const running = await runningForPage()
  const principal = await principalOfPage(running)
  if (!principal) redirect((await isSetupOpen(running.access)) ? '/setup' : '/sign-in')
  const { items: apps } = await listApps(running.ctx, principal)
  const app = (search.app === undefined ? apps[0] : apps.find(({ id }) => id === search.app)) ?? null
  const row = app && (await running.ctx.store.apps.get(app.id))
  return {
    person: { name: principal.name, email: principal.email },
    apps,
    app,
    full: running.ctx.store.isFull(),
    stopped: row?.stopped ? stopNote(row.stopped) : null,
    collecting: row && (await collectingOf(running.ctx, row)),
    principal,
  }
}

/** Is somebody signed in, and may the setup page be used, is this a demo: for the two pages outside. */
export async function doorway(): Promise<{ signedIn: boolean; setupOpen: boolean; demo: boolean }> {
  const running = await runningForPage()
  const apps = await running.ctx.store.apps.list()
  return {
    signedIn: (await principalOfPage(running)) !== null,
    setupOpen: await isSetupOpen(running.access),
    demo: apps.some((app) => app.demo),
  }
}

/** The overview's numbers as they are held, always with a trend: starts what is missing, waits for nothing. */
export function readFunnel(page: Page, search: Search): Promise<Read<{ query: FunnelQuery; reply: FunnelReply }>> {
  return read(async (running) => {
    const query = funnelQuery.parse(without(search, 'app'))
    const scoped = await scope(running, page, 'read', query)
    const drawn = { ...query, interval: drawnInterval(running.ctx, scoped) }
    return { query: drawn, reply: await getFunnel(running.ctx, await scope(running, page, 'read', drawn), 0) }
  })
}

/** Why most was lost in the same range, as far as it is held. */
export function readTopReasons(page: Page, search: Search): Promise<Read<TopReasons>> {
  return read(async (running) => {
    const query = funnelQuery.parse(without(search, 'app'))
    return getTopReasons(running.ctx, await scope(running, page, 'read', query))
  })
}

/** How the app's calls stand, for who administers it. */
export function readStatus(page: Page): Promise<Read<StatusReply>> {
  return read(async (running) => getStatus(running.ctx, await scope(running, page, 'admin', {})))
}

/** The losses as they are held; `own` are keys of the page that the question does not know. */
export function readLosses(
  page: Page,
  search: Search,
  own: string[],
): Promise<Read<{ query: LossesQuery; reply: LossesReply }>> {
  return read(async (running) => {
    const given = lossesQuery.parse(own.reduce(without, without(search, 'app')))
    const usual = async () => drawnComparison(running.ctx, await scope(running, page, 'read', given))
    const query = search.compare === undefined ? { ...given, compare: await usual() } : given
    return { query, reply: await getLosses(running.ctx, await scope(running, page, 'read', query), 0) }
  })
}

export interface ReadTasks {
  query: TasksQuery
  reply: TasksReply
  /** Of the days for which Tencent still tells reasons. */
  cover: TaskCoverReply
  /** Epoch milliseconds of the data's clock. */
  now: number
  /** Where the sender's backend reaches the API. */
  origin: string
}

/** The campaigns that are known, and what was sent in those that are not. */
export function readTasks(page: Page, search: Search): Promise<Read<ReadTasks>> {
  return read(async (running) => {
    const query = tasksQuery.parse(without(without(search, 'app'), 'edit'))
    const nowS = running.ctx.clock.dataS()
    const week = taskCoverQuery.parse({ from: String(nowS - HORIZON.loss) })
    const [reply, cover] = await Promise.all([
      listTasks(running.ctx, await scope(running, page, 'read', query)),
      getTaskCover(running.ctx, await scope(running, page, 'read', week)),
    ])
    return { query, reply, cover, now: nowS * 1_000, origin: running.publicUrl.origin }
  })
}

/** A kept look-up that ended with a code; null where none is held, and for who may not look up. */
export async function readExample(page: Page, source: Source, code: string): Promise<ExampleTrace | null> {
  const found = await read(async (running) =>
    getExampleTrace(running.ctx, await scope(running, page, 'trace', { source, code })),
  )
  return found && 'error' in found ? null : found
}

/** What a code, or words, can mean: where a code is known exactly, its own meanings alone. */
export function readReasons(page: Page, asked: string): Promise<Read<ReasonsReply>> {
  return read(async (running) => {
    const found = await findReasons(running.ctx, page.principal, reasonsQuery.parse({ q: asked.slice(0, 200) }))
    const own = found.items.filter(({ code }) => code.toLowerCase() === asked.trim().toLowerCase())
    return own.length > 0 ? { ...found, items: own } : found
  })
}

/** What the address asks the look-up page, as it is held; null where it asks for nothing. */
export function readLookup(page: Page, search: Search): Promise<Read<LookupView | null>> {
  return read(async (running) => {
    const { ctx } = running
    const { app } = await scope(running, page, 'trace', null)
    const asked = (names: string[]) => names.flatMap((name) => search[name] ?? []).filter((part) => part.trim() !== '')
    // Without scripts the box arrives here; an address that names a person is left at once, so that it is not kept.
    const text = [
      ...asked(['q']),
      ...labelled(asked(['pushId']), 'PushID'),
      ...labelled(asked(['taskId']), 'TaskID'),
      ...labelled(asked(['userId']), 'UserID'),
    ].join('\n')
    if (search.q !== undefined || search.userId !== undefined) {
      redirect((await leadTo(ctx, await scope(running, page, 'trace', { text }))).href)
    }
    const [k] = asked(['k'])
    const state = k === undefined ? (text === '' ? null : readText(ctx, app, text)) : openState(ctx, app, k)
    if (!state || !('text' in state)) return null
    return lookUp(ctx, await scope(running, page, 'trace', { state, anyway: search.anyway === '1' }))
  })
}

const labelled = (values: string[], name: string) => values.map((value) => `${name}: "${value}"`)

/** The build renders pages to see whether they are static: it must not open the database. */
async function runningForPage(): Promise<Running> {
  await connection()
  return context()
}

async function principalOfPage({ access, publicUrl }: Running) {
  const session = (await cookies()).get(sessionCookie(publicUrl).name)?.value ?? null
  const principal = await principalOf(access, { session, authorization: null })
  return principal.kind === 'person' ? principal : null
}

export async function scope<Q>({ ctx }: Running, { principal, app }: Page, ability: Ability, query: Q) {
  return authorize(principal, ability, app && (await ctx.store.apps.get(app.id)), query)
}

/** What the person asked wrongly, or may not see, is shown on the page; anything else is a defect and goes to the error page. */
export async function read<T>(verb: (running: Running) => Promise<T>): Promise<Read<T>> {
  const running = await runningForPage()
  try {
    return await verb(running)
  } catch (error) {
    if (!isExpected(error)) throw error
    if (!isPushlensError(error)) return { error: 'bad_request', field: null }
    return { error: error.code, field: error.field ?? null }
  }
}

function without(search: Search, key: string): Search {
  return Object.fromEntries(Object.entries(search).filter(([name, value]) => name !== key && value !== undefined))
}
