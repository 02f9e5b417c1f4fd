import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import openapiTS, { astToString } from 'openapi-typescript'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ROUTES } from '@/app/api/v1/openapi.json/routes'
import { openApiDocument } from './document'

const TSC = resolve(import.meta.dirname, '../../../node_modules/.bin/tsc')
const folder = mkdtempSync(join(tmpdir(), 'pl-client-'))

/** What somebody writes over the generated types: a typed `fetch`, and calls of it. */
const CLIENT = `
import type { components, paths } from './schema'

type Gettable = { [P in keyof paths]: paths[P] extends { get: object } ? P : never }[keyof paths]
type Get<P extends Gettable> = paths[P]['get']
type Success<T> = T extends { responses: { 200: { content: { 'application/json': infer R } } } } ? R : never
type Query<T> = T extends { parameters: { query?: infer Q } } ? Q : never

async function get<P extends Gettable>(path: P, query?: Query<Get<P>>): Promise<Success<Get<P>>> {
  const address = new URL(path, 'https://push.example.com')
  for (const [name, value] of Object.entries(query ?? {})) address.searchParams.append(name, String(value))
  const answer = await fetch(address, { headers: { authorization: 'Bearer plk_x' } })
  if (!answer.ok) throw new Error(((await answer.json()) as components['schemas']['Problem']).code)
  return answer.json() as Promise<Success<Get<P>>>
}

export async function report(): Promise<string[]> {
  const funnel = await get('/api/v1/apps/{app}/funnel', { range: '7d', interval: 'day', task: ['a', 'b'] })
  const sent: number | null = funnel.total?.sent ?? null
  const states = funnel.series.map(({ state }) => state satisfies 'held' | 'stale' | 'pending' | 'missing' | 'expired' | 'future')
  const tokens = await get('/api/v1/tokens')
  const body: NonNullable<paths['/api/v1/tokens']['post']['requestBody']>['content']['application/json'] =
    { name: 'Report', role: 'viewer', apps: ['*'] }
  const code: 'not_found' | undefined = undefined as
    paths['/api/v1/tokens/{id}']['delete']['responses'][404]['content']['application/problem+json']['code'] | undefined
  return [String(sent), ...states, ...tokens.items.map(({ expiresAt }) => expiresAt ?? 'never'), body.role, String(code)]
}
`
const MISTAKES = {
  'an unknown address': ["'/api/v1/tokens')", "'/api/v1/tokenz')"],
  'an unknown value': ["interval: 'day'", "interval: 'decade'"],
  'an unknown parameter': ["range: '7d'", "reach: '7d'"],
  'null taken for a number': ['const sent: number | null', 'const sent: number'],
  'a role that does not exist': ["role: 'viewer'", "role: 'root'"],
  'a missing field': ["{ name: 'Report', ", '{ '],
} as const

beforeAll(async () => {
  const api = JSON.parse(JSON.stringify(openApiDocument(ROUTES, new URL('https://push.example.com'))))
  writeFileSync(join(folder, 'schema.d.ts'), astToString(await openapiTS(api)))
  const options = { strict: true, noEmit: true, module: 'esnext', moduleResolution: 'bundler', target: 'es2022' }
  const compilerOptions = { ...options, lib: ['es2023', 'dom', 'dom.iterable'], types: [] }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['client.ts'] }))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Returns what the compiler says about a client; '' where it compiles. */
function compile(client: string): Promise<string> {
  writeFileSync(join(folder, 'client.ts'), client)
  return new Promise((done) => {
    execFile(TSC, ['-p', folder, '--pretty', 'false'], (error, out) => done(error ? out : ''))
  })
}

test('a client over the generated types compiles', async () => {
  expect(await compile(CLIENT)).toBe('')
})

test.each(Object.entries(MISTAKES))('%s does not', async (_, [right, wrong]) => {
  expect(CLIENT).toContain(right)
  expect(await compile(CLIENT.replace(right, wrong))).toMatch(/client\.ts\(\d+,\d+\): error TS/)
})
