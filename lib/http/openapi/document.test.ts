import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { GET } from '@/app/api/v1/openapi.json/route'
import { ROUTES } from '@/app/api/v1/openapi.json/routes'
import type { JsonSchema, OpenApiDocument } from '@/lib/contract/api/openapi'
import { type Declared, declare } from '../declared'
import { type Credentials, call, OWN, type Served, served } from '../testing/served'
import { isDeclared, openApiDocument, type RouteTable } from './document'

/** Routes that the description leaves out, and why. */
const LEFT_OUT: Record<string, string> = {
  '/api/[...rest]': 'answers for addresses that do not exist',
  '/api/auth/[...nextauth]': 'is how the sign-in page signs in; programs use tokens',
  '/api/auth/callback/oidc': 'is where the sign-in provider sends people back to',
  '/api/auth/signin/oidc': 'is where the sign-in page sends people to the provider from',
  '/api/v1/openapi.json': 'describes itself',
  '/metrics': 'answers in the format of Prometheus, with a token of its own',
}
const ROOT = resolve(import.meta.dirname, '../../..')
const LOCALES = ['en', 'zh-CN', 'ko']
let env: Served
let owner: Credentials
let api: OpenApiDocument

beforeAll(async () => {
  env = await served()
  owner = await env.person('owner', '*', 'admin')
  api = await (await call(GET, 'GET', '/api/v1/openapi.json', { as: owner })).json()
})
afterAll(() => env.end())

function inventory(folder = join(ROOT, 'app')): { path: string; methods: string[] }[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const at = join(folder, entry.name)
    if (entry.isDirectory()) return inventory(at)
    if (entry.name !== 'route.ts') return []
    const methods = readFileSync(at, 'utf8').match(/\b(GET|HEAD|POST|PUT|PATCH|DELETE)\b/g) ?? []
    return [{ path: `/${relative(join(ROOT, 'app'), folder)}`, methods: [...new Set(methods)] }]
  })
}
const operations = () =>
  Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )

describe('the description of the API', () => {
  test('covers every route: add a new one to app/api/v1/openapi.json/routes.ts', () => {
    const described = inventory().filter(({ path }) => !(path in LEFT_OUT))
    expect(Object.keys(ROUTES).sort()).toEqual(described.map(({ path }) => path).sort())
    const declared = Object.entries(ROUTES as RouteTable).flatMap(([path, handlers]) =>
      Object.entries(handlers).flatMap(([method, handler]) => (isDeclared(handler) ? [`${method} ${path}`] : [])),
    )
    expect(declared.sort()).toEqual(described.flatMap(({ path, methods }) => methods.map((m) => `${m} ${path}`)).sort())
    expect(Object.keys(api.paths)).toHaveLength(described.length + 1)
  })

  test('names every operation once, and says in every language what it does', () => {
    const ids = operations().map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    for (const locale of LOCALES) {
      const words = JSON.parse(readFileSync(join(ROOT, 'messages', locale, 'api-docs.json'), 'utf8'))
      expect(Object.keys(words.operation).sort(), locale).toEqual([...ids].sort())
    }
  })

  test('refers to nothing that it does not hold', () => {
    const refs = [...JSON.stringify(api).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref = '']) => ref)
    const held = Object.keys(api.components.schemas).map((name) => `#/components/schemas/${name}`)
    expect(refs.length).toBeGreaterThan(50)
    expect(refs.filter((ref) => !held.includes(ref))).toEqual([])
  })

  test('lists for every operation the parameters of its path, its answers, and who may call it', () => {
    for (const { path, method, operation } of operations()) {
      const inPath = operation.parameters.filter((one) => one.in === 'path').map(({ name }) => `{${name}}`)
      expect(path.match(/\{\w+\}/g) ?? [], path).toEqual(inPath)
      expect(Object.keys(operation.responses).some((status) => Number(status) < 300)).toBe(true)
      expect(operation.description, `${method} ${path}`).not.toBe('')
      const open = ['/healthz', '/readyz', '/api/v1/setup'].includes(path) || operation.security.length === 0
      // These need no sign-in, but check a secret, or a bearer that is sent along.
      const checks = path === '/api/v1/setup' || path.startsWith('/api/v1/invitations/')
      expect(Object.keys(operation.responses).includes('401'), `${method} ${path}`).toBe(!open || checks)
    }
    expect(api.paths['/api/v1/tokens']?.post?.description).toBe('Role: admin, on all apps.')
    expect(api.paths['/api/v1/tokens']?.post?.security).toEqual([{ session: [] }])
    expect(api.paths['/api/v1/apps/{app}/traces']?.get?.description).toBe('Roles: support, admin, on this app.')
    expect(api.paths['/api/v1/apps/{app}/tasks/{taskId}']?.put?.requestBody).toBeDefined()
  })

  test('splits the fields of a request into path, query and body', () => {
    const declared: Declared = {
      access: 'administrator',
      input: z.strictObject({ person: z.string(), role: z.string(), note: z.string().optional() }),
      inputIn: 'fields',
      reply: z.object({}),
      status: 200,
      csv: false,
      problems: [],
    }
    const handler = declare(declared, async () => new Response())
    const routes = { '/api/v1/people/[person]': { GET: handler, PUT: handler } }
    const { get, put } = openApiDocument(routes, new URL('http://localhost'))?.paths['/api/v1/people/{person}'] ?? {}
    expect(get?.parameters.map(({ name, in: where, required }) => [name, where, required])).toEqual([
      ['person', 'path', true],
      ['role', 'query', true],
      ['note', 'query', false],
    ])
    expect(put?.parameters.map(({ name }) => name)).toEqual(['person'])
    const body = put?.requestBody?.content['application/json']?.schema
    expect([Object.keys(body?.properties ?? {}), body?.required]).toEqual([['role', 'note'], ['role']])
    expect([get?.requestBody, get?.operationId]).toEqual([undefined, 'getPeopleByPerson'])
  })

  test('is for everybody who is signed in, and for nobody else', async () => {
    expect((await call(GET, 'GET', '/api/v1/openapi.json')).status).toBe(401)
    expect((await call(GET, 'GET', '/api/v1/openapi.json', { as: await env.token('viewer') })).status).toBe(200)
    expect(api.openapi).toBe('3.1.0')
    expect(api.servers).toEqual([{ url: 'http://localhost:3000' }])
  })
})

/** Returns the documented schema of an answer, ready to parse with. */
function schemaOf(method: string, path: string, status: number, type: string): z.ZodType {
  const documented = api.paths[path.replace(/\[(\w+)\]/g, '{$1}')]?.[method.toLowerCase()]?.responses[status]
  const schema: JsonSchema | undefined = documented?.content[type]?.schema
  if (!schema) throw new Error(`${method} ${path} has no documented answer ${status} ${type}`)
  const rewritten = JSON.stringify({ ...schema, $defs: api.components.schemas })
  return z.fromJSONSchema(JSON.parse(rewritten.replaceAll('#/components/schemas/', '#/$defs/')))
}

const REPORT = { app: OWN }
interface Call {
  params?: Record<string, string>
  query?: string
  body?: object
  /** Who calls: the owner unless given. */
  as?: Credentials | 'viewer'
}
const CALLS: [method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, status: number, asked: Call][] = [
  ['GET', '/api/v1/apps', 200, {}],
  ['GET', '/api/v1/apps/[app]/funnel', 200, { params: REPORT, query: '?interval=day&range=7d' }],
  ['GET', '/api/v1/apps/[app]/losses', 200, { params: REPORT }],
  ['GET', '/api/v1/apps/[app]/status', 200, { params: REPORT }],
  ['GET', '/api/v1/apps/[app]/tasks', 200, { params: REPORT }],
  ['PUT', '/api/v1/apps/[app]/tasks/[taskId]', 200, { params: { app: OWN, taskId: 'a_b' }, body: { label: 'Lunch' } }],
  ['GET', '/api/v1/apps/[app]/tasks/cover', 200, { params: REPORT }],
  ['POST', '/api/v1/apps/[app]/traces/lookup', 200, { params: REPORT, body: { taskId: 'a_b', userId: 'kim' } }],
  ['POST', '/api/v1/apps/[app]/users/lookup', 200, { params: REPORT, body: { userId: 'kim' } }],
  ['GET', '/api/v1/reasons', 200, { query: '?q=10302' }],
  ['GET', '/api/v1/tokens', 200, {}],
  ['POST', '/api/v1/tokens', 201, { body: { name: 'n', role: 'viewer', apps: ['*'] } }],
  ['GET', '/api/v1/apps/[app]/funnel', 400, { params: REPORT, query: '?interval=decade' }],
  ['GET', '/api/v1/apps/[app]/funnel', 400, { params: REPORT, query: '?from=2026-11-02&to=2026-11-01' }],
  ['GET', '/api/v1/apps/[app]/funnel', 401, { params: REPORT, as: {} }],
  ['GET', '/api/v1/apps/[app]/funnel', 404, { params: { app: '999' } }],
  ['POST', '/api/v1/tokens', 403, { as: 'viewer', body: { name: 'n', role: 'viewer', apps: ['*'] } }],
  ['DELETE', '/api/v1/tokens/[id]', 404, { params: { id: '0f7b4d6e-6c0e-4a3c-9a63-2f1f4f6f0c11' } }],
]

test.each(CALLS)('%s %s answers %i as the description says', async (method, path, status, asked) => {
  const as = asked.as === 'viewer' ? await env.token('viewer') : (asked.as ?? owner)
  const handler = (ROUTES as RouteTable)[path]?.[method]
  const answer = await call(handler, method, path, { ...asked, as })
  expect(answer.status).toBe(status)
  const type = answer.headers.get('content-type')?.split(';')[0] ?? ''
  const body = await answer.json()
  const schema = schemaOf(method, path, status, type)
  expect(schema.safeParse(body).error?.issues ?? []).toEqual([])
  // The same answer with a wrong field is refused, so the schema says something.
  const [field = ''] = Object.keys(body)
  expect(schema.safeParse({ ...body, [field]: { wrong: true } }).success).toBe(false)
})
