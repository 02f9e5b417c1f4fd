import 'server-only'
import { z } from 'zod'
import { requireSignedIn } from '@/lib/access/authorize'
import { sessionCookie } from '@/lib/access/cookies'
import type { Running } from '@/lib/context'
import type { ApiOperation, OpenApiDocument } from '@/lib/contract/api/openapi'
import { problemReply } from '@/lib/contract/problem'
import words from '@/messages/en/api-docs.json'
import { type Declared, type DeclaredHandler, declare, type Handler } from '../declared'
import { requestPrincipal } from '../principal'
import { json } from '../respond'
import { guarded } from '../route'
import { schemaWriter } from './json-schema'
import { operation, operationId, type RouteAt } from './operation'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
const OWN_PATH = '/api/v1/openapi.json'

/** What the route files export, by their path in the folder. */
export type RouteTable = Record<string, Partial<Record<(typeof METHODS)[number], Handler>>>

const INTRODUCTION = `Every address answers JSON. Lists and reports also answer \`Accept: text/csv\`. Instants are ISO 8601.
Errors are \`application/problem+json\` (RFC 9457) with a \`code\` of a closed list. Send a token as
\`Authorization: Bearer plk_…\`. A signed-in browser sends its session instead; changes then need its own Origin. An app that
does not exist and an app without access answer alike: 404.`

const OWN: Declared = {
  access: 'signed_in',
  input: z.strictObject({}),
  inputIn: 'query',
  reply: z.looseObject({ openapi: z.literal('3.1.0') }),
  status: 200,
  csv: false,
  problems: [],
}

/** Describes all routes of the table, and the description itself. Routes without a declaration are left out. */
export function openApiDocument(routes: RouteTable, publicUrl: URL): OpenApiDocument {
  const write = schemaWriter()
  const paths: Record<string, Record<string, ApiOperation>> = {}
  for (const route of [...declaredRoutes(routes), { method: 'GET', path: OWN_PATH, declared: OWN }]) {
    const path = route.path.replace(/\[(\w+)\]/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route, summaryOf(route), write) }
  }
  write.output(problemReply)
  return {
    openapi: '3.1.0',
    info: { title: 'Pushlens', version: '1', description: INTRODUCTION.replaceAll('\n', ' ') },
    servers: [{ url: publicUrl.origin }],
    paths,
    components: {
      schemas: write.named,
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'An API token' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: sessionCookie(publicUrl).name,
          description: 'A signed-in browser',
        },
      },
    },
  }
}

function declaredRoutes(routes: RouteTable): RouteAt[] {
  return Object.entries(routes).flatMap(([path, handlers]) =>
    METHODS.flatMap((method) => {
      const handler = handlers[method]
      return handler && isDeclared(handler) ? [{ method, path, declared: handler.declared }] : []
    }),
  )
}

export function isDeclared(handler: Handler): handler is DeclaredHandler {
  return 'declared' in handler
}

function summaryOf(route: RouteAt): string {
  const summaries: Record<string, string> = words.operation
  return summaries[operationId(route)] ?? ''
}

/** Returns the description of the API of this server, made once per process and hour. */
export function describeApi({ ctx, publicUrl }: Running, routes: RouteTable): OpenApiDocument {
  const made = ctx.caches.apiDescriptions.get(publicUrl.origin) ?? openApiDocument(routes, publicUrl)
  ctx.caches.apiDescriptions.set(publicUrl.origin, made)
  return made
}

/** Serves the description to everybody who is signed in. It holds no data, but tells strangers what there is. */
export function openApiRoute(routes: RouteTable): DeclaredHandler {
  const handler = guarded(async (running, request) => {
    requireSignedIn(await requestPrincipal(running, request))
    return json(describeApi(running, routes))
  })
  return declare(OWN, handler)
}
