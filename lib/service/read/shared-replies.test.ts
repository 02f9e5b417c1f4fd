import { expect, test } from 'vitest'
import { authorize } from '@/lib/access/authorize'
import { createArchive } from '@/lib/archive/archive'
import { funnelQuery } from '@/lib/contract/funnel'
import type { Gateway } from '@/lib/gateway/gateway'
import { upstreamApp } from '@/lib/gateway/testing/gateway-env'
import type { Context } from '@/lib/service/context'
import { getFunnel } from '@/lib/service/funnel/get-funnel'
import { createStore, type Store } from '@/lib/store/store'
import { describeStores } from '@/lib/store/testing/database'
import { answer, DAY, newApp, sent, storeWithApp } from '@/lib/store/testing/rows'
import { clockAt, realClock } from '@/lib/testing/clock'
import { createCaches } from './caches'
import { resolveFunnel } from './resolve-question'

const MIDNIGHT = Date.parse('2026-11-18T16:00:00Z') / 1_000
const YESTERDAY = { from: MIDNIGHT - DAY, to: MIDNIGHT }
const VIEWER = { kind: 'token', id: 't', name: 't', role: 'viewer', apps: ['*'] } as const

describeStores('an identical request within a second', (stores) => {
  let clockMs = 0
  let reads = 0

  /** A context whose upstream requests wait forever. It counts a read that each reply does once. */
  function openContext(store: Store): Context {
    const windows = { ...store.windows }
    windows.reporting = (subject) => {
      reads++
      return store.windows.reporting(subject)
    }
    const clock = clockAt(() => Math.floor(clockMs / 1_000))
    const waiting = { done: new Promise<never>(() => undefined), place: () => 1, etaMs: () => 1_000 }
    const gateway = { request: () => waiting, problem: async () => null } as Partial<Gateway> as Gateway
    return {
      store: { ...store, windows },
      gateway,
      archive: createArchive({ store: { ...store, windows }, gateway, clock }),
      upstreamApp: () => upstreamApp('1400000001'),
      clock,
      caches: createCaches(clock),
    } as Partial<Context> as Context
  }

  async function sentOf(ctx: Context, query: object = {}) {
    const app = await ctx.store.apps.get(newApp().id)
    const asked = funnelQuery.parse({ from: '2026-11-18', to: '2026-11-19', ...query })
    const question = resolveFunnel(ctx, authorize(VIEWER, 'read', app, asked))
    return (await getFunnel(ctx, question, 0)).total?.sent ?? null
  }

  const hold = (store: Store, n: number, fetchedAt: number) =>
    store.windows.save(answer({ ...YESTERDAY, fetchedAt, counts: sent(n) }))

  async function open() {
    const store = await storeWithApp(stores)
    clockMs = (MIDNIGHT + 3 * 3_600) * 1_000
    reads = 0
    return store
  }

  test('shares the first reply; the next second has its own', async () => {
    const store = await open()
    await hold(store, 500, MIDNIGHT + 2 * 3_600)
    const ctx = openContext(store)
    expect(await Promise.all([sentOf(ctx), sentOf(ctx)])).toEqual([500, 500])
    clockMs += 999
    expect(await sentOf(ctx)).toBe(500)
    expect(reads).toBe(1)
    clockMs += 1
    expect(await sentOf(ctx)).toBe(500)
    expect(reads).toBe(2)
  })

  test('is not shared with another query, or with another process', async () => {
    const store = await open()
    await hold(store, 500, MIDNIGHT + 2 * 3_600)
    const ctx = openContext(store)
    await sentOf(ctx)
    expect(await sentOf(ctx, { source: 'chat' })).toBeNull()
    expect(await sentOf(openContext(store))).toBe(500)
    expect(reads).toBe(3)
  })

  test('sees at once what another process has stored', async () => {
    const store = await open()
    const other = createStore(await stores.again(), realClock)
    await hold(store, 500, MIDNIGHT + 3_600)
    const ctx = openContext(store)
    expect(await sentOf(ctx)).toBe(500)
    await hold(other, 600, MIDNIGHT + 2 * 3_600)
    expect(await sentOf(ctx)).toBe(600)
    await hold(store, 700, MIDNIGHT + 2 * 3_600 + 60)
    expect(await sentOf(ctx)).toBe(700)
  })

  test('is not shared while the reply is not fresh', async () => {
    const ctx = openContext(await open())
    expect([await sentOf(ctx), await sentOf(ctx)]).toEqual([null, null])
    expect(reads).toBe(2)
  })
})
