import { expect, test } from 'vitest'
import { authorize } from '@/lib/access/authorize'
import { createArchive } from '@/lib/archive/archive'
import { lossesQuery } from '@/lib/contract/losses'
import type { Context } from '@/lib/service/context'
import { getLosses } from '@/lib/service/losses/get-losses'
import { getStatus } from '@/lib/service/system/get-status'
import { createStore, type Store } from '@/lib/store/store'
import { describeStores } from '@/lib/store/testing/database'
import { answer, DAY, newApp, sent, storeWithApp } from '@/lib/store/testing/rows'
import { clockAt, realClock } from '@/lib/testing/clock'
import { createCaches } from './caches'
import { resolveLosses } from './resolve-question'

const MIDNIGHT = Date.parse('2026-11-18T16:00:00Z') / 1_000
const YESTERDAY = { from: MIDNIGHT - DAY, to: MIDNIGHT }
const VIEWER = { kind: 'token', id: 't', name: 't', role: 'viewer', apps: ['*'] } as const
const CODE = { stage: 'post_send', vendor: 'apns', channel: 'offline', code: '16', text: '' } as const

describeStores('identical requests within a second', (stores) => {
  async function open() {
    const store = await storeWithApp(stores)
    return { store, time: { nowS: MIDNIGHT + 3 * 3_600 }, reads: { losses: 0, progress: 0 } }
  }

  /** A context whose upstream requests wait forever. It counts a read that each reply does once. */
  function openContext({ store, time, reads }: Awaited<ReturnType<typeof open>>): Context {
    const windows: Store['windows'] = {
      ...store.windows,
      reporting(subject) {
        reads.losses++
        return store.windows.reporting(subject)
      },
      headers(subject) {
        if (subject.source === 'task') reads.progress++
        return store.windows.headers(subject)
      },
    }
    const clock = clockAt(() => time.nowS)
    const waiting = { done: new Promise<never>(() => undefined), place: () => 1, etaMs: () => 1_000 }
    const gateway = { request: () => waiting, problem: async () => null, lanes: async () => [] } as never
    const archive = createArchive({ store: { ...store, windows }, gateway, clock })
    const ctx = { store: { ...store, windows }, gateway, archive, clock, caches: createCaches(clock) }
    return { ...ctx, upstreamApp: (app: object) => app } as unknown as Context
  }

  const saveBoth = (store: Store, count: number, fetchedAt: number) =>
    store.windows.saveAll([
      answer({ ...YESTERDAY, fetchedAt, counts: sent(500) }),
      answer({ ...YESTERDAY, fetchedAt, metric: 'loss', counts: null, losses: [{ ...CODE, count }] }),
    ])

  async function losses(ctx: Context, query: object = {}) {
    const app = await ctx.store.apps.get(newApp().id)
    const asked = lossesQuery.parse({ from: '2026-11-18', to: '2026-11-19', ...query })
    return getLosses(ctx, resolveLosses(ctx, authorize(VIEWER, 'read', app, asked)), 0)
  }

  const lastReason = async (ctx: Context) => (await losses(ctx)).stages[1]?.reasons?.[0]

  test('share one reply of losses; the next second has its own', async () => {
    const env = await open()
    await saveBoth(env.store, 20, MIDNIGHT + 2 * 3_600)
    const ctx = openContext(env)
    const counts = [await lastReason(ctx), await lastReason(ctx)].map((reason) => reason?.count)
    expect(counts).toEqual([20, 20])
    expect(env.reads.losses).toBe(1)
    env.time.nowS += 1
    await losses(ctx)
    expect(env.reads.losses).toBe(2)
  })

  test('share no losses with another range, or while they are not fresh', async () => {
    const env = await open()
    await saveBoth(env.store, 20, MIDNIGHT + 2 * 3_600)
    const ctx = openContext(env)
    await losses(ctx)
    expect((await losses(ctx, { source: 'chat' })).freshness.state).toBe('pending')
    expect((await losses(ctx, { source: 'chat' })).freshness.state).toBe('pending')
    expect(env.reads.losses).toBe(3)
  })

  test('see losses that another process has stored, and reasons that somebody has just marked', async () => {
    const env = await open()
    const other = createStore(await stores.again(), realClock)
    await saveBoth(env.store, 20, MIDNIGHT + 3_600)
    const ctx = openContext(env)
    expect((await lastReason(ctx))?.count).toBe(20)
    await saveBoth(other, 30, MIDNIGHT + 2 * 3_600)
    expect(await lastReason(ctx)).toMatchObject({ count: 30, known: null })
    const marked = { appId: newApp().id, source: 'task', stage: 'post_send', code: '16' } as const
    await other.knownReasons.put({ ...marked, until: MIDNIGHT + 9 * DAY, note: 'seen', baseCount: 30, baseDays: 1 })
    expect((await lastReason(ctx))?.known).toMatchObject({ note: 'seen' })
  })

  test('share the progress of a status, but not what people change', async () => {
    const env = await open()
    const ctx = openContext(env)
    const status = async () => getStatus(ctx, authorize(VIEWER, 'read', await ctx.store.apps.get(newApp().id), {}))
    await Promise.all([status(), status()])
    expect(env.reads.progress).toBe(1)
    await env.store.apps.setPaused(newApp().id, MIDNIGHT)
    expect((await status()).collecting.state).toBe('paused')
    expect(env.reads.progress).toBe(1)
    await saveBoth(env.store, 20, MIDNIGHT + 2 * 3_600)
    await status()
    expect(env.reads.progress).toBe(2)
    env.time.nowS += 1
    await status()
    expect(env.reads.progress).toBe(3)
  })
})
