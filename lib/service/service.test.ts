import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { resolveFunnel, resolveLosses } from '@/lib/service/read/resolve-question'
import { laterBy } from '@/lib/testing/clock'
import { startEmulator } from '../../emulator/start'
import { authorize } from '../access/authorize'
import { compose, type Running } from '../context'
import { funnelQuery } from '../contract/funnel'
import { DAY } from '../contract/limits'
import { lossesQuery } from '../contract/losses'
import { traceQuery } from '../contract/traces'
import { readEnv } from '../env'
import { getFunnel } from './funnel/get-funnel'
import { getExampleTrace } from './lookup/get-example-trace'
import { getTrace } from './lookup/get-trace'
import { getLosses } from './losses/get-losses'

/** Calls the verbs in a composed process: a real store, real lanes, and the emulator's truth for every number. */
const APP = '1400187352'
const SECRET = 'a-secret-key-for-the-service-tests'
const folder = mkdtempSync(join(tmpdir(), 'pl-service-'))
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
afterAll(async () => {
  await running.stop()
  await emulator.stop()
  rmSync(folder, { recursive: true })
})

async function scoped<Q>(query: Q) {
  return authorize(token, 'trace', await running.ctx.store.apps.get(APP), query)
}

const funnelQuestion = async (query: object) => resolveFunnel(running.ctx, await scoped(funnelQuery.parse(query)))

async function truth<T>(path: string): Promise<T> {
  return (await fetch(`${emulator.controlUrl}/truth${path}`)).json() as T
}

const at = (iso: string | null) => Math.floor(Date.parse(iso ?? '') / 1_000)

describe('a funnel', () => {
  test.each(['task', 'chat'] as const)('of %s has Tencent’s own total and vendors', async (source) => {
    const reply = await getFunnel(running.ctx, await funnelQuestion({ source, range: '24h' }), 5_000)
    const { range, asOf } = reply
    const path = `?source=${source}&metric=statistics&from=${at(range.from)}&to=${at(range.to)}&asOf=${at(asOf)}`
    const { total, vendors } = await truth<{ total: object; vendors: { platform: number; sent: number }[] }>(path)
    expect(reply.total).toMatchObject(total)
    const sent = (rows: { platform: number; sent: number | null }[]) =>
      rows.map((row) => `${row.platform} ${row.sent}`).sort()
    expect(sent(reply.vendors)).toEqual(sent(vendors))
    expect(reply.freshness.state).toBe('fresh')
  })

  test('of tasks lists each task; a task unknown to Tencent is null and not zero', async () => {
    const { items } = await truth<{ items: { taskId: string }[] }>('/tasks')
    const known = items[0]?.taskId ?? ''
    const question = await funnelQuestion({ task: [known, 'nobody-sent-this'], range: '30d' })
    const { tasks, total } = await getFunnel(running.ctx, question, 5_000)
    expect(total).toBeNull()
    expect(tasks.map(({ task }) => task)).toEqual([known, 'nobody-sent-this'])
    expect(tasks[1]?.total).toBeNull()
  })

  test('returns stored data at once, with its place while a call is running', async () => {
    const reply = await getFunnel(running.ctx, await funnelQuestion({ source: 'chat', range: '30d' }), 0)
    expect([reply.total, reply.freshness.state]).toEqual([null, 'pending'])
    expect(reply.freshness.retryAfterMs).toBeGreaterThan(0)
  })
})

test('losses have Tencent’s counts by stage and code', async () => {
  const question = resolveLosses(running.ctx, await scoped(lossesQuery.parse({ source: 'task', range: '24h' })))
  const reply = await getLosses(running.ctx, question, 5_000)
  const { range, asOf } = reply
  const path = `?source=task&metric=loss&from=${at(range.from)}&to=${at(range.to)}&asOf=${at(asOf)}`
  const { stages } = await truth<{ stages: Record<string, { count: number }[]> }>(path)
  for (const { stage, reasons } of reply.stages) {
    const ours = (reasons ?? []).reduce((sum, reason) => sum + (reason.count ?? 0), 0)
    expect(ours).toBe(stages[stage]?.reduce((sum, reason) => sum + reason.count, 0))
  }
})

describe('a look-up', () => {
  test('is live, and later comes from the archive when Tencent has forgotten it', async () => {
    const { items } = await truth<{ items: { case: string; pushId?: string }[] }>('/pushes?limit=2')
    const [seen, unseen] = items
      .filter((one) => one.case === 'delivered and clicked')
      .flatMap(({ pushId }) => pushId ?? [])
    const look = async (pushId = '') => getTrace(running.ctx, await scoped(traceQuery.parse({ pushId })), 5_000)
    const live = await look(seen)
    expect([live.origin, live.verdict?.key]).toEqual(['live', 'clicked'])
    const later = { ...running.ctx, clock: laterBy(running.ctx.clock, 9 * DAY) }
    await fetch(`${emulator.controlUrl}/clock`, { method: 'POST', body: JSON.stringify({ offset: 9 * DAY }) })
    const kept = await getTrace(later, await scoped(traceQuery.parse({ pushId: seen })), 5_000)
    expect([kept.origin, kept.verdict?.key]).toEqual(['archive', 'clicked'])
    const gone = await getTrace(later, await scoped(traceQuery.parse({ pushId: unseen })), 5_000)
    expect(gone.devices).toEqual([])
    expect(gone.verdict?.key).toBe('not_found_expired')
    await fetch(`${emulator.controlUrl}/clock`, { method: 'POST', body: JSON.stringify({ offset: 0 }) })
  })

  test('that failed is the example of its code, with a sealed address', async () => {
    const { items } = await truth<{ items: { case: string; pushId?: string }[] }>('/pushes?limit=3')
    for (const { pushId } of items.flatMap(({ pushId }) => (pushId ? [{ pushId }] : []))) {
      const reply = await getTrace(running.ctx, await scoped(traceQuery.parse({ pushId })), 5_000)
      const failed = reply.devices.flatMap(({ stages }) => stages).find(({ state }) => state === 'failed')
      if (!failed?.code) continue
      const query = { source: 'chat' as const, code: String(failed.code) }
      const example = await getExampleTrace(running.ctx, await scoped(query))
      expect(example?.href).toMatch(/^\/lookup\?app=\d+&k=[\w.-]+$/)
      expect(await getExampleTrace(running.ctx, await scoped({ ...query, source: 'task' }))).toBeNull()
      return
    }
    throw new Error('no push failed')
  })

  test('says that Tencent does not know a user', async () => {
    const { items } = await truth<{ items: { taskId: string }[] }>('/tasks')
    const query = traceQuery.parse({ taskId: items[0]?.taskId, userId: 'nobody_at_all' })
    const reply = await getTrace(running.ctx, await scoped(query), 5_000)
    expect(reply.freshness.problem).toMatchObject({ code: 'upstream_unknown_user', upstreamCode: 90103 })
  })

  test('leaves an audit entry without the plain ID, and no plain person anywhere', async () => {
    const query = traceQuery.parse({ taskId: 'any-task', userId: 'kim_min_ji' })
    await getTrace(running.ctx, await scoped(query), 5_000)
    const { items } = await running.ctx.store.audit.list({ limit: 1 })
    expect(items[0]).toMatchObject({ action: 'trace.lookup', actor: 'token:t', appId: APP })
    expect(JSON.stringify(items)).not.toContain('kim_min_ji')
  })
})
