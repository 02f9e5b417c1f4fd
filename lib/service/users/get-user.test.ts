import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startEmulator } from '@/emulator/start'
import { authorize } from '@/lib/access/authorize'
import { compose, type Running } from '@/lib/context'
import { HOUR } from '@/lib/contract/limits'
import { traceQuery } from '@/lib/contract/traces'
import { eraseQuery, type UserQuery, userQuery, userReply } from '@/lib/contract/users'
import { readEnv } from '@/lib/env'
import { device, done, offline, PUSHED } from '@/lib/report/trace/testing/devices'
import type { Context } from '@/lib/service/context'
import { getTrace } from '@/lib/service/lookup/get-trace'
import { makeTraceKey, storeTrace } from '@/lib/service/read/stored-trace'
import { fillHours } from '@/lib/service/testing/fill-hours'
import { eraseUser } from './erase-user'
import { getUser } from './get-user'

/** Looks up a bare UserID in a composed process: real lanes, a database of its own, and the emulator's cases. */
const APP = '1400187352'
const SECRET = 'a-secret-key-for-the-service-tests'
/** The emulator places its incidents before this time, so that they are the same on every day. */
const NOON = Date.parse('2026-11-16T04:00:00Z') / 1_000
const token = { kind: 'token', id: 't', name: 't', role: 'support', apps: ['*'] } as const
let emulator: Awaited<ReturnType<typeof startEmulator>>
let running: Running
let folder: string
const undo: (() => unknown)[] = []

beforeAll(async () => {
  const apps = [{ sdkAppId: Number(APP), key: SECRET, admins: ['administrator'] }]
  emulator = await startEmulator({ apps, spacingMs: 5, anchor: NOON })
})
afterAll(() => emulator.stop())
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

/** Composes a process at that second, with the campaigns sent until then. */
async function composeAt(known: 'campaigns' | 'nothing', at = NOON): Promise<Context> {
  const offset = at - Math.floor(Date.now() / 1_000)
  await control('/clock', { offset })
  const { items: tasks } = await control<{ items: { taskId: string; at: number }[] }>('/truth/tasks')
  folder = mkdtempSync(join(tmpdir(), 'pl-user-'))
  const made = folder
  undo.push(() => rmSync(made, { recursive: true }))
  running = await compose(
    readEnv({
      DATABASE_URL: `sqlite:${folder}/pushlens.db`,
      TIM_SDKAPPID: APP,
      TIM_SECRET_KEY: SECRET,
      TIM_BASE_URL: emulator.url,
      UPSTREAM_SPACING_MS: '5',
      TEST_CLOCK_OFFSET_S: String(offset),
      COLLECTOR: 'off',
      LOG_LEVEL: 'silent',
      ADMIN_EMAIL: 'admin@example.com',
      ADMIN_PASSWORD: 'a lighthouse keeps no secrets 9',
    }),
  )
  undo.push(() => running.stop())
  for (const task of known === 'campaigns' ? tasks.slice(-12) : []) {
    await running.ctx.store.tasks.register({
      appId: APP,
      taskId: task.taskId,
      sentAt: task.at,
      knownBy: 'import',
      createdAt: at,
    })
  }
  await control('/arrivals/reset', {})
  return running.ctx
}

async function control<T>(path: string, body?: object): Promise<T> {
  const init = body ? { method: 'POST', body: JSON.stringify(body) } : {}
  return (await fetch(`${emulator.controlUrl}${path}`, init)).json() as T
}

async function ask(ctx: Context, query: UserQuery, waitMs = 30_000) {
  const scoped = authorize(token, 'trace', await ctx.store.apps.get(APP), userQuery.parse(query))
  return userReply.parse(await getUser(ctx, scoped, waitMs))
}

interface Case {
  case: string
  taskId?: string
  userId: string
}
const cases = async (name: string) =>
  (await control<{ items: Case[] }>('/truth/pushes?limit=12')).items.filter((one) => one.case === name && one.taskId)
const calls = async () =>
  (await control<{ items: { endpoint: string }[] }>('/arrivals')).items.map(({ endpoint }) => endpoint)

/** Returns the first of these users whose account is in this state. */
async function inState(ctx: Context, users: Case[], wanted: string): Promise<Case> {
  const states = new Map<string, string | null>()
  await ctx.gateway.request({
    app: ctx.upstreamApp((await ctx.store.apps.get(APP)) ?? fail('no app')),
    question: { endpoint: 'query_online_status', userIds: users.map(({ userId }) => userId) },
    priority: 'single',
    waiter: null,
    storeAnswer: async (answer) => {
      if (answer.kind === 'online') for (const { userId, state } of answer.people) states.set(userId, state)
    },
  }).done
  return users.find(({ userId }) => states.get(userId) === wanted) ?? fail(`nobody is ${wanted}`)
}

function fail(why: string): never {
  throw new Error(why)
}

describe('from a bare UserID', () => {
  test('a delivered campaign means reachable, and no further request is made', async () => {
    const ctx = await composeAt('campaigns')
    const { userId } = await inState(ctx, await cases('delivered, not clicked'), 'push_online')
    await control('/arrivals/reset', {})
    const reply = await ask(ctx, { userId })
    expect(reply.verdict.text).toMatch(/^Reachable: a campaign was delivered to this phone \d+ (min|h|d) ago\.$/)
    expect([reply.verdict.confidence, reply.presence.state, reply.freshness.state]).toEqual([
      'certain',
      'push_online',
      'fresh',
    ])
    const traced = reply.campaigns.filter(({ state }) => state === 'traced' || state === 'nothing').length
    // At one call per second that is within five seconds.
    expect(traced).toBeLessThanOrEqual(5)
    expect((await calls()).sort()).toEqual([...Array(traced).fill('all_member_push_trace'), 'query_online_status'])
    expect(reply.campaigns.some(({ devices }) => devices.some(({ vendor }) => vendor !== 'unknown'))).toBe(true)
    expect(reply.verdict.tried.map(({ key }) => key)).toContain('tried_presence_push_online')
  })

  test('signed out comes first, whatever the campaigns say', async () => {
    const ctx = await composeAt('campaigns')
    const { userId } = await inState(ctx, await cases('delivered, not clicked'), 'offline')
    const { verdict, presence } = await ask(ctx, { userId })
    expect([verdict.text, verdict.confidence]).toEqual([
      'Signed out: cannot receive pushes until the app is opened.',
      'certain',
    ])
    expect([verdict.next.key, presence.state]).toEqual(['next_open_app', 'offline'])
  })

  test('a vendor that fell for everybody is found in the stored hours', async () => {
    const { xiaomiSilent } = await control<{ xiaomiSilent: { from: number } }>('/truth/incidents')
    const { from } = xiaomiSilent
    const ctx = await composeAt('campaigns', from + 15 * HOUR)
    await fillHours(ctx, APP, from - 8 * HOUR, from + 14 * HOUR)
    const userId = await silentOnXiaomi(ctx, from)
    const since = new Date((from + 8 * HOUR) * 1_000).toISOString().slice(0, 16)
    const { verdict, health } = await ask({ ...ctx, readsOnlineStatus: false }, { userId, since })
    expect(verdict.text).toMatch(/^Vendor-wide: Xiaomi delivery has been down since .*, not only for this user\.$/)
    expect(verdict.confidence).toBe('likely')
    const [own] = health.vendors
    expect([own?.vendor, own?.own, own?.rate, own?.fell?.to]).toEqual(['xiaomi', true, 0, null])
    expect(own?.fell?.atLeast).toBe(false)
    expect(Math.abs(Date.parse(own?.fell?.from ?? '') / 1_000 - xiaomiSilent.from)).toBeLessThanOrEqual(10 * HOUR)
  })

  test('a fall whose first stored hour is already low is “at least since”', async () => {
    const { xiaomiSilent } = await control<{ xiaomiSilent: { from: number } }>('/truth/incidents')
    const { from } = xiaomiSilent
    const ctx = await composeAt('campaigns', from + 15 * HOUR)
    await fillHours(ctx, APP, from + 9 * HOUR, from + 14 * HOUR)
    const userId = await silentOnXiaomi(ctx, from)
    const since = new Date((from + 8 * HOUR) * 1_000).toISOString().slice(0, 16)
    const { verdict, health } = await ask({ ...ctx, readsOnlineStatus: false }, { userId, since })
    expect(verdict.text).toMatch(/^Vendor-wide: Xiaomi delivery has been down at least since /)
    expect(health.vendors[0]).toMatchObject({ vendor: 'xiaomi', own: true, fell: { to: null, atLeast: true } })
  })

  test('without any data the verdict lists what was tried', async () => {
    const ctx = await composeAt('nothing')
    const reply = await ask({ ...ctx, readsOnlineStatus: false }, { userId: 'user_10001' })
    expect(reply.verdict).toMatchObject({ key: 'user_cannot_tell', confidence: 'unknown' })
    expect(reply.verdict.tried.map(({ key }) => key)).toEqual([
      'tried_presence_off',
      'tried_no_campaign',
      'tried_no_health',
    ])
    expect([reply.campaigns, reply.freshness.state, await calls()]).toEqual([[], 'fresh', []])
  })

  test('a user unknown to Tencent is said so, and not requested again and again', async () => {
    const ctx = await composeAt('campaigns')
    for (const readsOnlineStatus of [true, false]) {
      const reply = await ask({ ...ctx, readsOnlineStatus }, { userId: 'nobody_at_all' })
      expect([reply.verdict.key, reply.verdict.confidence, reply.freshness.state]).toEqual([
        'user_unknown',
        'certain',
        'final',
      ])
    }
    expect((await calls()).filter((endpoint) => endpoint === 'all_member_push_trace').length).toBeLessThanOrEqual(2)
  })
})

describe('a page that polls', () => {
  test('starts without waiting, reports its place in the queue, and continues where it stopped', async () => {
    const ctx = await composeAt('campaigns')
    const [one] = await cases('not reported')
    const first = await ask(ctx, { userId: one?.userId ?? '' }, 0)
    expect(first.verdict.key).toBe('user_cannot_tell')
    expect(first.freshness.state).toBe('pending')
    expect(first.campaigns.map(({ state }) => state).slice(0, 2)).toEqual(['asking', 'next'])
    const last = await ask(ctx, { ref: first.ref })
    expect(last.userId).toBe(one?.userId)
    expect(last.freshness.state).toBe('fresh')
    const before = (await calls()).length
    await ask(ctx, { ref: first.ref })
    expect((await calls()).length).toBe(before)
  })

  test('is one look-up in the audit, by a keyed hash; its reference contains no name and opens only in its app', async () => {
    const ctx = await composeAt('nothing')
    const userId = 'kim_min_ji'
    const { ref } = await ask(ctx, { userId }, 0)
    await ask(ctx, { ref }, 0)
    const { items } = await ctx.store.audit.list({ limit: 5 })
    expect(items.filter(({ action }) => action === 'user.lookup')).toHaveLength(1)
    expect(items[0]).toMatchObject({ actor: 'token:t', appId: APP, subjectHash: ctx.vault.hash('person', userId) })
    expect(JSON.stringify(items) + ref + Buffer.from(ref, 'base64url').toString('latin1')).not.toContain(userId)
    await expect(ask(ctx, { ref: `${ref.slice(0, -2)}AA` }, 0)).rejects.toMatchObject({ code: 'not_found' })
  })
})

test('a push without a receipt says when this phone last received one', async () => {
  const ctx = await composeAt('nothing')
  const app = (await ctx.store.apps.get(APP)) ?? fail('no app')
  const silent = (await cases('not reported')).find(({ taskId }) => taskId)
  const { userId = '', taskId = '' } = silent ?? {}
  const look = () => getTrace(ctx, authorize(token, 'trace', app, traceQuery.parse({ taskId, userId })), 30_000)
  const first = await look()
  expect(first.receivedAt).toBeNull()
  expect(first.request).toEqual({
    path: '/v4/timpush/all_member_push_trace',
    body: { TaskID: taskId, UserID: userId },
  })
  const older = makeTraceKey(ctx, { taskId: 'an-older-one', userId })
  const arrived = device({ instance: first.devices[0]?.instance ?? '', offline: offline({ click: done() }) })
  const answer = { kind: 'trace', devices: [arrived], raw: '{}', quarantined: [] } as const
  await storeTrace(ctx, app, older, { ...answer, devices: [...answer.devices], quarantined: [] })
  const again = await look()
  expect([again.verdict?.key, again.receivedAt]).toEqual([first.verdict?.key, new Date(PUSHED * 1_000).toISOString()])
})

test('after an erasure nothing of the user is stored, except that it happened', async () => {
  const ctx = await composeAt('campaigns')
  const [one] = await cases('delivered, not clicked')
  const { userId = '', taskId = '' } = one ?? {}
  await ask(ctx, { userId })
  const app = (await ctx.store.apps.get(APP)) ?? fail('no app')
  const note = { label: '', tags: [], note: `try ${userId}`, sentAt: NOON - HOUR, knownBy: 'import' as const }
  await ctx.store.tasks.put(APP, taskId, () => ({ ...note, appId: APP, taskId, createdAt: NOON }))
  const admin = { kind: 'token', id: 'a', name: 'a', role: 'admin', apps: ['*'] } as const
  const query = eraseQuery.parse({ userId, confirm: userId })
  const erased = await eraseUser(ctx, authorize(admin, 'admin', app, query))
  expect(erased.traces).toBeGreaterThan(0)
  expect(erased.texts).toBe(1)
  const files = readdirSync(folder).filter((name) => name.startsWith('pushlens.db'))
  expect(files).toContain('pushlens.db')
  for (const name of files) expect(readFileSync(join(folder, name), 'latin1')).not.toContain(userId)
  const { items } = await ctx.store.audit.list({ limit: 1 })
  expect(items[0]).toMatchObject({
    action: 'user.erase',
    actor: 'token:a',
    detail: { traces: erased.traces, texts: 1 },
  })
  expect(JSON.stringify(items)).not.toContain(userId)
  expect(
    (await ask({ ...ctx, readsOnlineStatus: false }, { userId }, 0)).campaigns.every(
      ({ devices }) => devices.length === 0,
    ),
  ).toBe(true)
})

/** Returns a user with only a Xiaomi phone, whose push of the newest campaign since then has no receipt. */
async function silentOnXiaomi(ctx: Context, since: number): Promise<string> {
  const [task] = await ctx.store.tasks.list(APP, 1)
  if (!task || (task.sentAt ?? 0) < since) fail('no campaign since then')
  for (let user = 10_000; user < 10_200; user++) {
    const { devices } = await control<{ devices: { platform: number; deliveredAt: number | null }[] }>(
      `/truth/trace?taskId=${task.taskId}&userId=user_${user}`,
    )
    if (devices.length > 0 && devices.every((one) => one.platform === 2 && one.deliveredAt === null))
      return `user_${user}`
  }
  return fail('nobody is silent on Xiaomi')
}
