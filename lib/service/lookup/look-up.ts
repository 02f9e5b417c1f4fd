import 'server-only'
import { authorize, type Scoped, visibleApps } from '@/lib/access/authorize'
import type { Candidate, LookupView } from '@/lib/contract/lookup-text'
import { mayRole } from '@/lib/contract/roles'
import { type TraceQuery, traceQuery } from '@/lib/contract/traces'
import type { Context } from '@/lib/service/context'
import { sealAddress } from '@/lib/service/read/sealed-address'
import { getTrace } from './get-trace'
import { findTrace, keyOf } from './kept-trace'
import { type BoxState, sealState, stateOf } from './lookup-state'

interface Asked {
  state: BoxState
  /** Pressed a second time, in spite of what speaks against it. */
  anyway: boolean
}

/**
 * What a text is, and its trace where it names one push: nothing is asked of Tencent while a reading has to be chosen or
 * an ID speaks against itself. What is held is shown all the same.
 */
export async function lookUp(ctx: Context, scoped: Scoped<Asked>): Promise<LookupView> {
  const { app, principal, query } = scoped
  const { text, seen } = query.state
  const nothing = {
    nowS: ctx.clock.dataS(),
    text,
    seen,
    hrefs: [],
    anyway: null,
    elsewhere: null,
    user: null,
    trace: null,
  }
  if (seen.kind === 'junk') return nothing
  const apps = visibleApps(principal, await ctx.store.apps.list())
  const address = (of: typeof app, path: string, fields: Record<string, string>) => {
    const search = new URLSearchParams({ ...(apps.length > 1 ? { app: of.id } : {}), ...fields }).toString()
    return search === '' ? path : `${path}?${search}`
  }
  const userHref = (of: typeof app, userId: string) =>
    address(of, `/lookup/user/${sealAddress(ctx, of, 'user', userId)}`, {})
  const href = (of: typeof app, one: Candidate) =>
    one.kind === 'user' && one.userId !== null
      ? userHref(of, one.userId)
      : address(of, '/lookup', { k: sealState(ctx, of, stateOf(one)) })
  const hrefs = seen.candidates.map((one) => href(app, one))
  const [best] = seen.candidates
  const asked = best && seen.sure ? traceOf(best) : null
  if (!best || !asked) return { ...nothing, hrefs }
  const held = (await findTrace(ctx, app, keyOf(ctx, asked))) !== null
  const objections = held ? [] : best.objections
  const found = {
    ...nothing,
    hrefs,
    seen: { ...seen, candidates: [{ ...best, objections }, ...seen.candidates.slice(1)] },
  }
  if (objections.length > 0 && !query.anyway) {
    const other = apps.find(({ app: one, role }) => one.sdkAppId === best.sdkAppId && mayRole(role, 'trace'))?.app
    const elsewhere = other && other.id !== app.id ? { name: other.name, href: href(other, best) } : null
    return { ...found, anyway: `${href(app, best)}&anyway=1`, elsewhere }
  }
  const reply = await getTrace(ctx, authorize(principal, 'trace', app, asked), 0)
  const user = asked.userId === undefined ? null : userHref(app, asked.userId)
  return { ...found, user, trace: { query: asked, reply } }
}

/** The question a reading asks; null where something is missing, or it is no push. */
function traceOf({ kind, pushId, taskId, userId }: Candidate): TraceQuery | null {
  if (kind === 'code' || kind === 'user' || kind === 'users' || kind === 'task') return null
  const question = pushId === null ? { taskId: taskId ?? undefined, userId: userId ?? undefined } : { pushId }
  return traceQuery.safeParse(question).data ?? null
}
