import 'server-only'
import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { authorize, authorizeAdmin, type Scoped } from '@/lib/access/authorize'
import { checkVisit } from '@/lib/access/origin'
import type { Principal } from '@/lib/access/principal'
import { context, type Running } from '@/lib/context'
import { FILE_FORMATS, type FileFormat } from '@/lib/contract/api/files'
import { type ErrorCode, PushlensError } from '@/lib/contract/errors'
import type { Ability } from '@/lib/contract/roles'
import type { Context } from '@/lib/service/context'
import type { CsvWriter } from '@/lib/service/read/csv'
import { type Declared, type DeclaredHandler, declare, type Handler } from './declared'
import { bodyOf, queryOf } from './input'
import { mutatingPrincipal, requestPrincipal } from './principal'
import { isExport, recordExportOf } from './record-export'
import { patternOf, requestMetrics } from './request-metrics'
import { csv, isExpected, jsonFile, jsonText, problem, wantsCsv } from './respond'

interface AnyRoute<Q extends z.ZodType, R extends z.ZodType> {
  query: Q
  reply: R
  /** Writes the reply as CSV for clients that prefer text/csv. */
  csv?: CsvWriter<z.output<R>, z.output<Q>>
  /** The size limit of the body, where it is not the usual one. */
  maxBytes?: number
  /** A GET that writes an audit entry, so that no other site may start it in a person's name. */
  audited?: boolean
  /** The status of success, where it is not 200. */
  status?: number
  /** Error codes of this verb, beside those that every route has, for the description of the API. */
  problems?: readonly ErrorCode[]
}

interface AppRoute<Q extends z.ZodType, R extends z.ZodType> extends AnyRoute<Q, R> {
  ability: Ability
  verb(ctx: Context, scoped: Scoped<z.output<Q>>): Promise<z.input<R>>
}

interface OpenRoute<Q extends z.ZodType, R extends z.ZodType> extends AnyRoute<Q, R> {
  /** True to refuse everybody but administrators of all apps, before their query is parsed. */
  administrator?: true
  /** True to refuse tokens. */
  personOnly?: true
  verb(ctx: Context, principal: Principal, query: z.output<Q>): Promise<z.input<R>>
}

/** Handles GET of one app: principal, authorize, parse, verb, parse the reply. The query has the path's other parameters. */
export function getOfApp<Q extends z.ZodType, R extends z.ZodType>(route: AppRoute<Q, R>): DeclaredHandler {
  return ofApp(route, 'query', (request, { app: _, ...named }) => ({
    ...queryOf(new URL(request.url).searchParams),
    ...named,
  }))
}

/** Handles POST for one app with a JSON body. With a cookie, the request must have our own Origin. */
export function postToApp<Q extends z.ZodType, R extends z.ZodType>(route: AppRoute<Q, R>): DeclaredHandler {
  return ofApp(route, 'body', (request) => bodyOf(request, route.maxBytes))
}

/** Handles PUT for one app. The query has the path's other parameters and the `body`. */
export function putToApp<Q extends z.ZodType, R extends z.ZodType>(route: AppRoute<Q, R>): DeclaredHandler {
  return ofApp(route, 'path_and_body', async (request, { app: _, ...named }) => ({
    ...named,
    body: await bodyOf(request),
  }))
}

/** Handles DELETE of a thing of one app. The query has the path's other parameters; there is no body. */
export function deleteOfApp<Q extends z.ZodType, R extends z.ZodType>(route: AppRoute<Q, R>): DeclaredHandler {
  return ofApp(route, 'path', (_request, { app: _, ...named }) => named)
}

/** Handles GET that belongs to no app. The verb itself checks the principal. */
export function getOpen<Q extends z.ZodType, R extends z.ZodType>(route: OpenRoute<Q, R>): DeclaredHandler {
  return open(route, 'query', (request) => queryOf(new URL(request.url).searchParams))
}

/** Handles POST with a JSON body that belongs to no app. The verb itself checks the principal. */
export function postOpen<Q extends z.ZodType, R extends z.ZodType>(route: OpenRoute<Q, R>): DeclaredHandler {
  return open(route, 'body', (request) => bodyOf(request, route.maxBytes))
}

/** Handles PUT of a thing that belongs to no app. The query has the path's parameters and the `body`. */
export function putOpen<Q extends z.ZodType, R extends z.ZodType>(route: OpenRoute<Q, R>): DeclaredHandler {
  return open(route, 'path_and_body', async (request, params) => ({ ...params, body: await bodyOf(request) }))
}

/** Handles DELETE of a thing that belongs to no app. The query has the path's parameters; there is no body. */
export function deleteOpen<Q extends z.ZodType, R extends z.ZodType>(route: OpenRoute<Q, R>): DeclaredHandler {
  return open(route, 'path', (_request, params) => params)
}

/** Returns the fields of a request, before they are parsed. */
type Input = (request: Request, params: Record<string, string>) => unknown

/** Authorizes before parsing, so that a caller without access learns nothing from validation errors. */
function ofApp<Q extends z.ZodType, R extends z.ZodType>(
  route: AppRoute<Q, R>,
  inputIn: Declared['inputIn'],
  input: Input,
): DeclaredHandler {
  const replyWith = replierOf(route)
  const handler = guarded(async (running, request, params) => {
    const { ctx } = running
    const principal = await principalFor(inputIn, running, request)
    if (route.audited) checkVisit(request.headers, running.publicUrl, principal)
    const found = await ctx.store.apps.get(params.app ?? '')
    const { app } = authorize(principal, route.ability, found, null)
    const query = route.query.parse(await input(request, params))
    if (fileFormatOf(query)) checkVisit(request.headers, running.publicUrl, principal)
    const scoped = authorize(principal, route.ability, app, query)
    // The verb stops waiting for Tencent when the client has gone.
    const answer = await route.verb({ ...ctx, signal: request.signal }, scoped)
    return replyWith(request, answer, { app, query })
  })
  return declare(declaredOf(route, inputIn, { ability: route.ability }), handler)
}

function open<Q extends z.ZodType, R extends z.ZodType>(
  route: OpenRoute<Q, R>,
  inputIn: Declared['inputIn'],
  input: Input,
): DeclaredHandler {
  const replyWith = replierOf(route)
  const handler = guarded(async (running, request, params) => {
    const principal = await principalFor(inputIn, running, request)
    if (route.administrator) authorizeAdmin(principal, null)
    if (route.personOnly) refuseToken(principal)
    const query = route.query.parse(await input(request, params))
    const answer = await route.verb({ ...running.ctx, signal: request.signal }, principal, query)
    return replyWith(request, answer, { app: { demo: false }, query })
  })
  const declared = declaredOf(route, inputIn, route.administrator ? 'administrator' : 'signed_in')
  return declare({ ...declared, personOnly: route.personOnly ?? false }, handler)
}

function refuseToken(principal: Principal): void {
  if (principal.kind === 'token') throw new PushlensError('forbidden', 'only a person may do this')
}

function principalFor(inputIn: Declared['inputIn'], running: Running, request: Request): Promise<Principal> {
  return inputIn === 'query' ? requestPrincipal(running, request) : mutatingPrincipal(running, request)
}

function declaredOf<Q extends z.ZodType, R extends z.ZodType>(
  route: AnyRoute<Q, R>,
  inputIn: Declared['inputIn'],
  access: Declared['access'],
): Declared {
  const { query: input, reply, status = 200 } = route
  // No other site may start what the audit records: some look-ups, and downloads.
  const isAudited = route.audited || ('shape' in input && Object(input.shape).format !== undefined)
  const problems = [...(route.problems ?? []), ...(isAudited ? (['bad_origin'] as const) : [])]
  return { access, input, inputIn, reply, status, csv: route.csv !== undefined, problems }
}

type Replier<R extends z.ZodType, Query> = (
  request: Request,
  given: z.input<R>,
  asked: { app: { demo: boolean }; query: Query },
) => Response

/** A longer text takes more memory than writing it again takes time. In characters. */
const MOST_KEPT = 100_000

function replierOf<Q extends z.ZodType, R extends z.ZodType>(route: AnyRoute<Q, R>): Replier<R, z.output<Q>> {
  // Requests of one second share a reply, so it is checked and written once.
  const texts = new WeakMap<object, string>()
  const textOf = (given: z.input<R>) => {
    const shared = Object(given)
    const text = texts.get(shared) ?? JSON.stringify(route.reply.parse(given))
    if (text.length <= MOST_KEPT) texts.set(shared, text)
    return text
  }
  return (request, given, { app, query }) => {
    const format = fileFormatOf(query)
    const isCsv = format === null ? wantsCsv(request) : format === 'csv'
    if (route.csv && isCsv) return csv(route.csv(route.reply.parse(given), app, query))
    return format === 'json' ? jsonFile(route.reply.parse(given), app) : jsonText(textOf(given), {}, route.status)
  }
}

/** Returns the `format` of a query whose schema has one: a link of a page downloads a file, and this is audited. */
function fileFormatOf(query: unknown): FileFormat | null {
  const format = typeof query === 'object' && query !== null && 'format' in query ? query.format : null
  return FILE_FORMATS.find((one) => one === format) ?? null
}

/**
 * Runs a handler and turns its errors into problem replies. Logs unexpected errors, and with LOG_LEVEL=debug every request,
 * by route pattern and without the query. The reply has the ID under which it was logged.
 */
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
    const id = randomUUID()
    const recorded = async (handling: Promise<Response>) => {
      const made = await handling
      if (isExport(made)) await recordExportOf(running, request, route, given.app)
      return made
    }
    const answer = await recorded(handle(running, request, given)).catch((error: unknown) => {
      if (!isExpected(error)) running.log.error({ err: error, id, route, method }, 'a request failed')
      return problem(error)
    })
    const tookMs = Math.round(observe() * 1_000)
    count.inc({ route, method, status: String(answer.status) })
    answer.headers.set('x-request-id', id)
    running.log.debug({ id, route, method, status: answer.status, tookMs }, 'a request was answered')
    return answer
  }
}
