import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startEmulator } from '@/emulator/start'
import { authorize } from '@/lib/access/authorize'
import { compose, type Running } from '@/lib/context'
import { bulkQuery } from '@/lib/contract/bulk'
import { type Freshness, freshness as freshnessSchema } from '@/lib/contract/freshness'
import { funnelQuery } from '@/lib/contract/funnel'
import { DAY } from '@/lib/contract/limits'
import { lossesQuery } from '@/lib/contract/losses'
import { type TraceQuery, traceQuery } from '@/lib/contract/traces'
import { userQuery } from '@/lib/contract/users'
import { readEnv } from '@/lib/env'
import { resolveFunnel, resolveLosses } from '@/lib/service/read/resolve-question'
import { getFunnel } from './funnel/get-funnel'
import { bulkTraces } from './lookup/bulk-traces'
import { getTrace } from './lookup/get-trace'
import { getLosses } from './losses/get-losses'
import { getUser } from './users/get-user'

/** Answers that asking again does not change, in a composed process with the emulator, which counts the calls. */
const APP = '1400187352'
const SECRET = 'a-secret-key-for-the-service-tests'
const folder = mkdtempSync(join(tmpdir(), 'pl-final-'))
const token = { kind: 'token', id: 't', name: 't', role: 'support', apps: ['*'] } as const
let emulator: Awaited<ReturnType<typeof startEmulator>>
let running: Running

beforeAll(async () => {
  emulator = await startEmulator({
    apps: [{ sdkAppId: Number(APP), key: SECRET, admins: ['administrator'] }],
    spacingMs: 5,
  })
  running = await compose(
    readEnv({
      DATABASE_URL: `sqlite:${folder}/pushlens.db`,
      ADMIN_EMAIL: 'admin@example.com',
      ADMIN_PASSWORD: 'a lighthouse keeps no secrets 9',
      TIM_SDKAPPID: APP,
      TIM_SECRET_KEY: SECRET,
      TIM_BASE_URL: emulator.url,
      UPSTREAM_SPACING_MS: '5',
      COLLECTOR: 'off',
      LOG_LEVEL: 'silent',
    }),
  )
})
beforeEach(async () => {
  await control('/faults/reset', {})
  await control('/arrivals/reset', {})
})
afterAll(async () => {
  await running.stop()
  await emulator.stop()
  rmSync(folder, { recursive: true })
})

async function control<T>(path: string, body?: object): Promise<T> {
  const init = body ? { method: 'POST', body: JSON.stringify(body) } : {}
  return (await fetch(`${emulator.controlUrl}${path}`, init)).json() as T
}
const arrivals = async () => (await control<{ items: unknown[] }>('/arrivals')).items.length
const refuse = (code: number) => control('/faults', { kind: 'code', endpoint: '*', code })

async function scoped<Q>(query: Q) {
  return authorize(token, 'trace', await running.ctx.store.apps.get(APP), query)
}
const funnel = async (query: object) =>
  getFunnel(running.ctx, resolveFunnel(running.ctx, await scoped(funnelQuery.parse(query))), 5_000)
const losses = async (query: object) =>
  getLosses(running.ctx, resolveLosses(running.ctx, await scoped(lossesQuery.parse(query))), 5_000)
const trace = async (query: TraceQuery, waitMs = 5_000) =>
  getTrace(running.ctx, await scoped(traceQuery.parse(query)), waitMs)
const newestTask = async () => (await control<{ items: { taskId: string }[] }>('/truth/tasks')).items.at(-1)?.taskId

const daysAgo = (days: number) => String(running.ctx.clock.dataS() - days * DAY)
const taskSent = (daysAgo: number) =>
  `${(running.ctx.clock.dataS() - daysAgo * DAY).toString(16)}_537529d8_2000005e80aa873_2780d131_bc614e`

function expectFinal(freshness: Freshness, code: string, upstreamCode: number | null): void {
  expect(freshnessSchema.parse(freshness)).toMatchObject({
    ...{ state: 'final', place: null, etaMs: null, retryAfterMs: null },
    problem: { code, upstreamCode, since: null },
  })
}

describe('a look-up is final', () => {
  test.each([90103, 90048, 70107])('of a user unknown to Tencent (%d), and is not requested twice', async (code) => {
    await refuse(code)
    const query = { taskId: await newestTask(), userId: `nobody_${code}` }
    expectFinal((await trace(query)).freshness, 'upstream_unknown_user', code)
    expectFinal((await trace(query, 0)).freshness, 'upstream_unknown_user', code)
    expect(await arrivals()).toBe(1)
  })

  test.each([90100, 90049, 70402])('with an ID that Tencent rejects (%d)', async (code) => {
    await refuse(code)
    expectFinal((await trace({ pushId: `not-an-id-${code}` })).freshness, 'upstream_bad_request', code)
    expect(await arrivals()).toBe(1)
  })

  test('of a push beyond the horizon, whether Tencent answers with nothing or with an error', async () => {
    const empty = await trace({ taskId: taskSent(9), userId: 'user_10001' })
    expect(empty).toMatchObject({ devices: [], verdict: { key: 'not_found_expired' } })
    expectFinal(empty.freshness, 'upstream_data_expired', null)
    await refuse(90100)
    expectFinal((await trace({ taskId: taskSent(8), userId: 'user_10001' })).freshness, 'upstream_data_expired', 90100)
    expect(await arrivals()).toBe(2)
    const items = [{ taskId: taskSent(8), userId: 'user_10001' }]
    const { rows } = await bulkTraces(running.ctx, await scoped(bulkQuery.parse({ items })))
    expect(rows[0]).toMatchObject({ state: 'refused', problem: { code: 'upstream_data_expired' } })
  })

  test('only when Tencent refuses the request itself: while a lane fails, the page asks again', async () => {
    await control('/faults', { kind: 'http502', endpoint: '*' })
    const { freshness } = await trace({ pushId: 'any-id' }, 300)
    expect(freshness.state).toBe('pending')
    expect(freshness.retryAfterMs).toBeGreaterThan(0)
    await control('/faults/reset', {})
    await expect
      .poll(async () => (await trace({ pushId: 'any-id' })).freshness.state, { timeout: 20_000 })
      .toBe('fresh')
  })
})

test('the page of a user unknown to Tencent is final', async () => {
  const query = userQuery.parse({ userId: 'nobody_here' })
  expectFinal((await getUser(running.ctx, await scoped(query), 5_000)).freshness, 'upstream_unknown_user', null)
})

describe('a report is final', () => {
  test.each(['task', 'chat'] as const)('of %s for a range that is wholly lost', async (source) => {
    const lost = { source, from: daysAgo(60), to: daysAgo(50) }
    const reply = await funnel(lost)
    expect(reply.total).toBeNull()
    expectFinal(reply.freshness, 'upstream_data_expired', null)
    expectFinal((await funnel({ ...lost, interval: 'day' })).freshness, 'upstream_data_expired', null)
    expectFinal((await losses(lost)).freshness, 'upstream_data_expired', null)
    expect(await arrivals()).toBe(0)
  })

  test('for a campaign whose whole life is lost', async () => {
    expectFinal((await funnel({ task: taskSent(70) })).freshness, 'upstream_data_expired', null)
    expectFinal((await losses({ task: taskSent(70) })).freshness, 'upstream_data_expired', null)
    expect(await arrivals()).toBe(0)
  })

  test('for a request that Tencent rejects', async () => {
    await refuse(90100)
    const task = taskSent(1)
    expectFinal((await funnel({ task })).freshness, 'upstream_bad_request', 90100)
    expectFinal((await losses({ task })).freshness, 'upstream_bad_request', 90100)
  })

  test('but not for a TaskID absent from Results, which may still appear there', async () => {
    const absent = await funnel({ task: 'nobody-sent-this', range: '7d' })
    expect([absent.total, absent.freshness.state, absent.coverage]).toEqual([
      null,
      'fresh',
      { held: 1, expected: 1, missing: [] },
    ])
  })
})
