import { afterEach, beforeEach, expect, test } from 'vitest'
import { authorize } from '@/lib/access/authorize'
import type { KnownPrincipal } from '@/lib/access/principal'
import { NOW } from '@/lib/archive/testing/archive-env'
import { openProtocolEnv, type ProtocolEnv } from '@/lib/archive/testing/protocol-env'
import { funnelQuery, funnelReply } from '@/lib/contract/funnel'
import { DAY, HOUR } from '@/lib/contract/limits'
import { lossesQuery, lossesReply } from '@/lib/contract/losses'
import type { Context } from '@/lib/service/context'
import { getFunnel } from '@/lib/service/funnel/get-funnel'
import { getLosses } from '@/lib/service/losses/get-losses'
import { createCaches } from '@/lib/service/read/caches'
import { resolveFunnel, resolveLosses } from '@/lib/service/read/resolve-question'
import { clockAt } from '@/lib/testing/clock'

const VIEWER: KnownPrincipal = { kind: 'token', id: 'pm', name: 'pm', role: 'viewer', apps: ['1400000001'] }
const LAST_DAYS = { from: String(NOW - 3 * DAY), to: String(NOW) }
const INVENTED = Array.from({ length: 20 }, (_, i) => `invented-${i}`)

let env: ProtocolEnv
let ctx: Context

beforeEach(async () => {
  env = await openProtocolEnv()
  const clock = clockAt(env.clock.dataS)
  ctx = { ...env, clock, caches: createCaches(clock), upstreamApp: () => env.app } as unknown as Context
})

afterEach(() => env.close())

async function funnel(query: object) {
  const scoped = authorize(VIEWER, 'read', env.app, funnelQuery.parse({ source: 'task', ...query }))
  return funnelReply.parse(await getFunnel(ctx, resolveFunnel(ctx, scoped), 10_000))
}

async function losses(query: object) {
  const scoped = authorize(VIEWER, 'read', env.app, lossesQuery.parse({ source: 'task', ...query }))
  return lossesReply.parse(await getLosses(ctx, resolveLosses(ctx, scoped), 10_000))
}

/** Returns everything that is stored about tasks, and how often the archive was written to. */
async function stored() {
  const appId = env.app.id
  const span = { appId, from: 0, to: NOW + 60 * DAY }
  const windows = [
    ...(await env.store.windows.ofTasks({ ...span, metric: 'statistics' })),
    ...(await env.store.windows.ofTasks({ ...span, metric: 'loss' })),
  ]
  const { items } = await env.store.tasks.page(appId, { sort: 'sentAt', after: null, limit: 100 })
  const observations = await Promise.all(
    windows.map(({ task }) => env.store.observations.of({ appId, task }).then((all) => all.length)),
  )
  return {
    windows: windows.map(({ task }) => task).sort(),
    tasks: items.map(({ taskId }) => taskId),
    observations,
    revision: (await env.store.apps.get(appId))?.archiveRevision,
  }
}

test('tasks that Tencent does not know leave nothing behind, whoever asks for what', async () => {
  const before = await stored()
  for (const query of [{ task: INVENTED }, { task: INVENTED, ...LAST_DAYS }]) {
    const reply = await funnel(query)
    expect(reply.tasks.map(({ total }) => total)).toEqual(INVENTED.map(() => null))
    expect(reply.freshness.state).toBe('fresh')
    expect((await losses(query)).freshness.state).toBe('fresh')
  }
  expect(await stored()).toEqual(before)
})

test('the answer that a task is unknown is remembered, and asked again when it is due', async () => {
  const { find } = env.archive.lives
  let requests = 0
  env.archive.lives.find = async (...args) => {
    const found = await find(...args)
    requests += found.tickets.length
    return found
  }
  for (const [seconds, expected] of [
    [0, 1],
    [60, 1],
    [3 * DAY, 2],
  ] as const) {
    env.jump(seconds)
    await funnel({ task: ['invented'] })
    expect(requests).toBe(expected)
  }
})

test('a task that Tencent returns, or that is registered, is stored beside them', async () => {
  const campaign = env.world.campaigns(NOW - HOUR).at(-1)
  if (!campaign) throw new Error('nothing was sent')
  await env.store.tasks.register({
    appId: env.app.id,
    taskId: 'registered',
    sentAt: NOW - DAY,
    knownBy: 'import',
    createdAt: NOW,
  })
  await funnel({ task: [campaign.taskId, 'registered', 'invented'] })
  expect((await stored()).windows).toEqual([campaign.taskId, 'registered'].sort())
})

test('a task that Tencent has returned once keeps its absent losses', async () => {
  const campaign = env.world.campaigns(NOW - 20 * DAY).at(-1)
  if (!campaign) throw new Error('nothing was sent')
  await funnel({ task: [campaign.taskId] })
  const [life] = await env.store.windows.ofTasks({ appId: env.app.id, metric: 'statistics', from: 0, to: NOW })
  if (!life) throw new Error('nothing was stored')
  const window = { from: NOW - 2 * DAY, to: NOW - DAY }
  const request = {
    app: { ...env.app, secretKey: async () => '' },
    source: 'task' as const,
    metric: 'loss' as const,
    tasks: [campaign.taskId, 'invented'],
    window,
  }
  const { tickets } = await env.archive.find(request, { priority: 'single', waiter: { principal: 'person:ann' } })
  await Promise.all(tickets.map(({ done }) => done))
  const rows = await env.store.windows.ofTasks({ appId: env.app.id, metric: 'loss', from: 0, to: NOW })
  expect(rows.map(({ task }) => task)).toEqual([campaign.taskId])
  expect([...(await env.archive.held(request)).keys()].sort()).toEqual([campaign.taskId, 'invented'].sort())
})
