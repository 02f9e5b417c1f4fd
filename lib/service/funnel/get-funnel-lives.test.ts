import { beforeEach, expect, test } from 'vitest'
import { authorize } from '@/lib/access/authorize'
import type { KnownPrincipal } from '@/lib/access/principal'
import { createArchive } from '@/lib/archive/archive'
import { funnelQuery, funnelReply } from '@/lib/contract/funnel'
import { upstreamApp } from '@/lib/gateway/testing/gateway-env'
import type { Context } from '@/lib/service/context'
import { createCaches } from '@/lib/service/read/caches'
import { resolveFunnel } from '@/lib/service/read/resolve-question'
import type { Store } from '@/lib/store/store'
import { describeStores } from '@/lib/store/testing/database'
import { answer, DAY, HOUR, newApp, sent, storeWithApp } from '@/lib/store/testing/rows'
import { clockAt } from '@/lib/testing/clock'
import type { Question } from '@/lib/timpush/question'
import { getFunnel } from './get-funnel'

const NOW = Date.parse('2026-11-19T04:03:20Z') / 1_000
const VIEWER: KnownPrincipal = { kind: 'token', id: 'pm', name: 'pm', role: 'viewer', apps: [newApp().id] }
type Asked = Extract<Question, { tasks: string[] }>

describeStores('the funnel of tasks without a range', (stores) => {
  let store: Store
  let asked: Asked[]

  beforeEach(async () => {
    store = await storeWithApp(stores)
    asked = []
  })

  async function funnel(query: Record<string, string | string[]>) {
    const gateway = {
      request({ question }: { question: Asked }) {
        asked.push(question)
        return { done: new Promise<never>(() => undefined), place: () => 1, etaMs: () => 1_000 }
      },
      problem: async () => null,
    } as never
    const clock = clockAt(NOW)
    const archive = createArchive({ store, gateway, clock })
    const parts = {
      store,
      gateway,
      archive,
      upstreamApp: () => upstreamApp(newApp().id),
      clock,
      caches: createCaches(clock),
    }
    const ctx = parts as unknown as Context
    const scoped = authorize(VIEWER, 'read', await store.apps.get(newApp().id), funnelQuery.parse(query))
    return funnelReply.parse(await getFunnel(ctx, resolveFunnel(ctx, scoped), 0))
  }

  const know = (taskId: string, sentAt: number) =>
    store.tasks.register({ appId: newApp().id, taskId, sentAt, knownBy: 'import', createdAt: NOW })
  const lifeFrom = (sentAt: number) => ({ from: sentAt - (sentAt % HOUR), to: sentAt - (sentAt % HOUR) + 30 * DAY })

  test('covers the life of a task, from the hour of its sending, which may come from the ID', async () => {
    const sentAt = NOW - 3 * DAY
    await know('a', sentAt)
    const hinted = `${sentAt.toString(16)}_53942bc0_200000123456789_1a2b3c4d_5e6f`
    for (const task of ['a', hinted]) {
      const life = lifeFrom(sentAt)
      await store.windows.save(answer({ ...life, task, fetchedAt: NOW - 60, counts: sent(320) }))
      expect(await funnel({ task })).toMatchObject({
        range: { from: new Date(life.from * 1_000).toISOString(), to: '2026-11-19T04:03:00.000Z', preset: null },
        total: { sent: 320 },
        tasks: [{ task, total: { sent: 320 } }],
        totalBasis: 'exact',
        coverage: { held: 1, expected: 1, missing: [] },
        freshness: { state: 'fresh' },
      })
    }
    expect(asked).toEqual([])
    // A given range is used as it is, however long the life.
    expect(await funnel({ task: 'a', range: '7d' })).toMatchObject({ total: null, range: { preset: '7d' } })
  })

  test('of a life that Tencent has forgotten stays as stored, or is reported as lost', async () => {
    const life = lifeFrom(NOW - 45 * DAY)
    for (const task of ['a', 'b']) await know(task, NOW - 45 * DAY)
    await store.windows.save(answer({ ...life, task: 'a', counts: sent(0), fetchedAt: life.to - HOUR }))
    expect(await funnel({ task: 'a' })).toMatchObject({ total: { sent: 0 }, stillFilling: false })
    const lost = await funnel({ task: 'b' })
    expect(lost).toMatchObject({ total: null, coverage: { held: 0, expected: 1, missing: [{ state: 'expired' }] } })
    expect(asked).toEqual([])
  })

  test('lists each task; one without a record is null and not zero; requests carry five tasks each', async () => {
    const all = Array.from({ length: 12 }, (_, i) => ({ task: `t${i}`, sentAt: NOW - ((i * 7) % 12) * DAY }))
    for (const { task, sentAt } of all) await know(task, sentAt)
    for (const task of ['held', 'absent']) {
      const counts = task === 'held' ? sent(320) : null
      await know(task, NOW - 5 * HOUR)
      await store.windows.save(answer({ ...lifeFrom(NOW - 5 * HOUR), task, counts, fetchedAt: NOW - 60 }))
    }
    const rest = [...all.map(({ task }) => task), 'somewhen']
    const reply = await funnel({ task: ['held', 'absent', ...rest, 'held'] })
    expect(reply.total).toBeNull()
    expect(reply.tasks.map(({ task, total }) => [task, total?.sent ?? null]).slice(0, 3)).toEqual([
      ['held', 320],
      ['absent', null],
      ['t0', null],
    ])
    expect(reply).toMatchObject({ coverage: { held: 2, expected: 15 }, freshness: { state: 'stale', place: 1 } })
    expect(asked.map(({ tasks }) => tasks.length)).toEqual([5, 5, 3])
    expect(asked.flatMap(({ tasks }) => tasks).sort()).toEqual(rest.sort())
    for (const { tasks, from, to } of asked) {
      const begins = all.filter(({ task }) => tasks.includes(task)).map(({ sentAt }) => sentAt)
      expect(from).toBeLessThanOrEqual(Math.min(...begins))
      expect([to, to - from <= 30 * DAY]).toEqual([NOW - (NOW % 60), true])
    }
  })
})
