import 'server-only'
import { STATUS_CODES } from 'node:http'
import type { ApiAccess, ApiAnswer, ApiOperation, ApiParameter, JsonSchema } from '@/lib/contract/api/openapi'
import { REQUESTS_PER_MINUTE } from '@/lib/contract/limits'
import { mayRole, ROLES } from '@/lib/contract/roles'
import type { Declared } from '../declared'
import type { SchemaWriter } from './json-schema'
import { problemAnswers, problemsOf } from './problems'

export interface RouteAt {
  method: string
  /** As in the folder, such as `/api/v1/apps/[app]/funnel`. */
  path: string
  declared: Declared
}

const PARAMETER = /\[(\w+)\]/g

/** Returns the name of an operation: `getFunnel`, `putTasksByTaskId`. Generated clients name their functions by it. */
export function operationId({ method, path }: Pick<RouteAt, 'method' | 'path'>): string {
  const parts = path
    .replace(/^\/(api\/v1\/)?/, '')
    .replace(/^apps\/\[app\]\//, '')
    .split('/')
  const words = parts.flatMap((part) => part.replace(PARAMETER, 'by $1').split(/[ .-]/))
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}

/** Describes one method of a route. `summary` is what it does, in a sentence. */
export function operation(route: RouteAt, summary: string, write: SchemaWriter): ApiOperation {
  const { declared, path, method } = route
  const { parameters, body } = inputOf(route, write.input(declared.input))
  return {
    operationId: operationId(route),
    summary,
    description: accessText(declared),
    'x-access': accessOf(declared),
    tags: [tagOf(path)],
    parameters,
    ...(body && { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    responses: { ...successes(declared, write), ...problemAnswers(problemsOf(declared, method)) },
    security: isOpen(declared) ? [] : declared.personOnly ? [{ session: [] }] : [{ token: [] }, { session: [] }],
  }
}

/** Returns the group of a route: what follows the app in its path, or its own first name. */
function tagOf(path: string): string {
  const [first = ''] = path
    .replace(/^\/(api\/v1\/)?/, '')
    .replace(/^apps\/\[app\]\/(?=\w)/, '')
    .split('/')
  return first
}

const isOpen = ({ access }: Declared) => access === 'everybody' || access === 'health'

function accessOf({ access }: Declared): ApiAccess {
  if (access === 'administrator') return { who: 'all_apps', roles: ['admin'] }
  if (typeof access === 'object') {
    return { who: 'app', roles: ROLES.filter((role) => mayRole(role, access.ability)) }
  }
  return { who: access === 'signed_in' ? 'signed_in' : 'everybody', roles: [] }
}

/** Says in English who may call it, and how often. */
function accessText({ access: who, personOnly }: Declared): string {
  if (who === 'health') return 'Needs no sign-in and has no limit.'
  if (who === 'everybody')
    return `Needs no sign-in. At most ${REQUESTS_PER_MINUTE.address} requests per minute and address.`
  if (who === 'signed_in') return personOnly ? 'For every person. Tokens are refused.' : 'For every person and token.'
  if (who === 'administrator') return 'Role: admin, on all apps.'
  const roles = ROLES.filter((role) => mayRole(role, who.ability))
  return `${roles.length === 1 ? 'Role' : 'Roles'}: ${roles.join(', ')}, on this app.`
}

/** Splits the fields of a request into parameters of the path, parameters of the query, and the body. */
function inputOf(
  { path, method, declared }: RouteAt,
  schema: JsonSchema,
): { parameters: ApiParameter[]; body?: JsonSchema } {
  const named = [...path.matchAll(PARAMETER)].map(([, name = '']) => name)
  const fields = schema.properties ?? {}
  const inPath = named.map((name): ApiParameter => {
    return { name, in: 'path', required: true, schema: fields[name] ?? { type: 'string' } }
  })
  const rest = Object.entries(fields).filter(([name]) => !named.includes(name))
  const required = (schema.required ?? []).filter((name) => !named.includes(name))
  if (declared.inputIn === 'path') return { parameters: inPath }
  if (declared.inputIn === 'path_and_body') return { parameters: inPath, body: fields.body ?? {} }
  if (declared.inputIn === 'body' || (declared.inputIn === 'fields' && method !== 'GET')) {
    const { required: _, ...body } = { ...schema, properties: Object.fromEntries(rest) }
    return { parameters: inPath, body: required.length > 0 ? { ...body, required } : body }
  }
  const inQuery = rest.map(([name, field]): ApiParameter => {
    return { name, in: 'query', required: required.includes(name), schema: field }
  })
  return { parameters: [...inPath, ...inQuery] }
}

function successes({ reply, status, alsoStatus = [], csv }: Declared, write: SchemaWriter) {
  const table = { 'text/csv': { schema: { type: 'string' } } }
  const content = { 'application/json': { schema: write.output(reply) }, ...(csv ? table : {}) }
  const answers = [status, ...alsoStatus].map((code): [string, ApiAnswer] => {
    return [String(code), { description: STATUS_CODES[code] ?? '', content }]
  })
  return Object.fromEntries(answers)
}
