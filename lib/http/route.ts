import 'server-only'
import type { z } from 'zod'
import { authorize, type Scoped } from '@/lib/access/authorize'
import { checkVisit } from '@/lib/access/origin'
import type { Principal } from '@/lib/access/principal'
import { context, type Running } from '@/lib/context'
import type { Ability } from '@/lib/contract/roles'
import type { Context } from '@/lib/service/context'
import type { CsvWriter } from '@/lib/service/read/csv'
import { bodyOf, queryOf } from './input'
import { mutatingPrincipal, requestPrincipal } from './principal'
import { isExport, recordExportOf } from './record-export'
import { patternOf, requestMetrics } from './request-metrics'
import { csv, isExpected, json, problem, wantsCsv } from './respond'

type Params = { params: Promise<Record<string, string>> }
type Handler = (request: Request, params: Params) => Promise<Response>

interface AppRoute<Q extends z.ZodType, R extends z.ZodType> {
  ability: Ability
  query: Q
  reply: R
  verb(ctx: Context, scoped: Scoped<z.output<Q>>): Promise<z.input<R>>
  /** Writes the reply as CSV for clients that prefer text/csv. */
  csv?: CsvWriter<z.output<R>, z.output<Q>>
  /** The size limit of the body, where it is not the usual one. */
  maxBytes?: number
  /** A GET that writes an audit entry, so that no other site may start it in a person's name. */
  audited?: boolean
}

interface OpenRoute<Q extends z.ZodType, R extends z.ZodType> {
  query: Q
  reply: R
  verb(ctx: Context, principal: Principal, query: z.output<Q>): Promise<z.input<R>>
  csv?: CsvWriter<z.output<R>, z.output<Q>>
}

/** Handles GET of one app: principal, authorize, parse, verb, parse the reply. */
export function getOfApp<Q extends z.ZodType, R extends z.ZodType>(route: AppRoute<Q, R>): Handler {
  return guarded(async (running, request, params) => {
    const principal = await requestPrincipal(running, request)
    if (route.audited) checkVisit(request.headers, running.publicUrl, principal)
    const query = () => route.query.parse(queryOf(new URL(request.url).searchParams))
    return reply(
      contextFor(running, request),
      request,
      route,
      await scope(running.ctx, principal, route.ability, params, query),
    )
  })
}

/** Handles POST for one app with a JSON body. With a cookie, the request must have our own Origin. */
export function postToApp<Q extends z.ZodType, R extends z.ZodType>(route: AppRoute<Q, R>): Handler {
  return guarded(async (running, request, params) => {
    const principal = await mutatingPrincipal(running, request)
    const query = async () => route.query.parse(await bodyOf(request, route.maxBytes))
    return reply(
      contextFor(running, request),
      request,
      route,
      await scope(running.ctx, principal, route.ability, params, query),
    )
  })
}

/** Handles PUT for one app. The query has the path's other parameters and the `body`. */
export function putToApp<Q extends z.ZodType, R extends z.ZodType>(route: AppRoute<Q, R>): Handler {
  return guarded(async (running, request, params) => {
    const principal = await mutatingPrincipal(running, request)
    const { app: _, ...named } = params
    const query = async () => route.query.parse({ ...named, body: await bodyOf(request) })
    return reply(
      contextFor(running, request),
      request,
      route,
      await scope(running.ctx, principal, route.ability, params, query),
    )
  })
}

/** Handles GET that belongs to no app. The verb itself checks the principal. */
export function getOpen<Q extends z.ZodType, R extends z.ZodType>(route: OpenRoute<Q, R>): Handler {
  return guarded(async (running, request) => {
    const principal = await requestPrincipal(running, request)
    const query = route.query.parse(queryOf(new URL(request.url).searchParams))
    const answer = route.reply.parse(await route.verb(running.ctx, principal, query))
    return route.csv && wantsCsv(request) ? csv(route.csv(answer, { demo: false }, query)) : json(answer)
  })
}

/** Handles POST with a JSON body that belongs to no app. The verb itself checks the principal. */
export function postOpen<Q extends z.ZodType, R extends z.ZodType>(route: OpenRoute<Q, R>): Handler {
  return guarded(async (running, request) => {
    const principal = await mutatingPrincipal(running, request)
    const query = route.query.parse(await bodyOf(request))
    return json(route.reply.parse(await route.verb(running.ctx, principal, query)))
  })
}

/** The verb stops waiting for Tencent when the client has gone. */
function contextFor({ ctx }: Running, { signal }: Request): Context {
  return { ...ctx, signal }
}

async function reply<Q extends z.ZodType, R extends z.ZodType>(
  ctx: Context,
  request: Request,
  route: AppRoute<Q, R>,
  scoped: Scoped<z.output<Q>>,
) {
  const answer = route.reply.parse(await route.verb(ctx, scoped))
  return route.csv && wantsCsv(request) ? csv(route.csv(answer, scoped.app, scoped.query)) : json(answer)
}

/** Authorizes before parsing, so that a caller without access learns nothing from validation errors. */
async function scope<Q>(
  ctx: Context,
  principal: Principal,
  ability: Ability,
  params: Record<string, string>,
  query: () => Q | Promise<Q>,
) {
  const app = await ctx.store.apps.get(params.app ?? '')
  const allowed = authorize(principal, ability, app, null)
  return authorize(principal, ability, allowed.app, await query())
}

/** Runs a handler and turns its errors into problem replies. Logs unexpected errors, without the request's query. */
export function guarded(
  handle: (running: Running, request: Request, params: Record<string, string>) => Promise<Response>,
): Handler {
  return async (request, { params }) => {
    const running = await context()
    // Next gives a route without parameters none at all.
    const given = (await params) ?? {}
    const { count, seconds } = requestMetrics()
    const { method } = request
    const route = patternOf(new URL(request.url).pathname, given)
    const observe = seconds.startTimer({ route, method })
    const recorded = async (handling: Promise<Response>) => {
      const made = await handling
      if (isExport(made)) await recordExportOf(running, request, route, given.app)
      return made
    }
    const answer = await recorded(handle(running, request, given)).catch((error: unknown) => {
      if (!isExpected(error)) running.log.error({ err: error, method }, 'a request failed')
      return problem(error)
    })
    observe()
    count.inc({ route, method, status: String(answer.status) })
    return answer
  }
}
