import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ROUTES } from '@/app/api/v1/openapi.json/routes'
import { GET as healthz } from '@/app/healthz/route'
import { GET as readyz } from '@/app/readyz/route'
import { REQUESTS_PER_MINUTE } from '@/lib/contract/limits'
import type { RouteTable } from './openapi/document'
import { type Credentials, call, OWN, type Served, served } from './testing/served'

let env: Served
let person: Credentials
let other: Credentials
let token: Credentials

beforeAll(async () => {
  env = await served()
  person = await env.person('pm', OWN, 'viewer')
  other = await env.person('colleague', OWN, 'viewer')
  token = await env.token('viewer')
})
beforeEach(() => {
  for (const budgets of all()) budgets.clear()
})
afterAll(() => env.end())

const all = () => {
  const { personBudgets, tokenBudgets, addressBudgets, shareBudgets } = env.running.ctx.caches
  return [personBudgets, tokenBudgets, addressBudgets, shareBudgets]
}
/** Takes all requests from everybody known so far. */
function useUp() {
  const atMs = env.running.ctx.clock.wallMs()
  for (const budgets of all()) for (const key of [...budgets.keys()]) budgets.set(key, { left: -1_000, atMs })
}
const limited = Object.entries(ROUTES as RouteTable)
  .filter(([path]) => path.startsWith('/api/'))
  .flatMap(([path, handlers]) => Object.entries(handlers).map(([method, handler]) => ({ method, path, handler })))
const VIEW = '/api/v1/shares/[id]/view'
const apps = ROUTES['/api/v1/apps']?.GET
const read = (as: Credentials) => call(apps, 'GET', '/api/v1/apps', { as })
const from = (address: string) => ({ 'x-pushlens-address': address })

describe('limits', () => {
  test.each(limited)('hold on $method $path, for people, tokens and addresses', async ({ method, path, handler }) => {
    const params = { app: OWN }
    const senders = [{ ...person, ...from('192.0.2.1') }, { ...token, ...from('192.0.2.2') }, from('192.0.2.3')]
    for (const as of senders) await read(as)
    // A shared link does not look at who sends: it counts everybody by their address.
    if (path === VIEW) for (const as of senders) await call(handler, method, path, { as, params, body: {} })
    useUp()
    for (const as of senders) {
      const answer = await call(handler, method, path, { as, params })
      expect([answer.status, (await answer.json()).code]).toEqual([429, 'too_many'])
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    }
  })

  test('count people and tokens by themselves: a used-up address or colleague takes nothing from them', async () => {
    const one = from('192.0.2.7')
    for (const as of [{ ...person, ...one }, one, { authorization: 'Bearer junk', ...one }]) await read(as)
    useUp()
    expect((await read({ ...person, ...one })).status).toBe(429)
    expect((await read(one)).status).toBe(429)
    expect((await read({ ...other, ...one })).status).toBe(200)
    expect((await read({ ...token, ...one })).status).toBe(200)
    expect((await read(from('192.0.2.8'))).status).toBe(401)
  })

  test('count guesses of a token by the address', async () => {
    const guess = { authorization: `Bearer plk_${'x'.repeat(43)}`, ...from('192.0.2.9') }
    const statuses = new Map<number, number>()
    for (let i = 0; i < REQUESTS_PER_MINUTE.address + 30; i++) {
      const { status } = await read(guess)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
    expect(statuses.get(401)).toBeGreaterThanOrEqual(REQUESTS_PER_MINUTE.address)
    expect(statuses.get(429)).toBeGreaterThan(0)
  })

  test('refill evenly, and take a clock that goes back for no time', async () => {
    await read(person)
    const [budgets] = all()
    const [key = ''] = budgets?.keys() ?? []
    const nowMs = env.running.ctx.clock.wallMs()
    budgets?.set(key, { left: 0, atMs: nowMs - 1_000 })
    expect((await read(person)).status).toBe(200)
    budgets?.set(key, { left: 0, atMs: nowMs + 60_000 })
    expect((await read(person)).status).toBe(429)
  })

  test('spare the health checks', async () => {
    await read({})
    useUp()
    expect(healthz().status).toBe(200)
    expect((await readyz()).status).toBe(200)
  })
})
