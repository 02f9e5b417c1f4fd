import { beforeEach, expect, test } from 'vitest'
import { authorize } from '@/lib/access/authorize'
import type { KnownPrincipal } from '@/lib/access/principal'
import { createArchive } from '@/lib/archive/archive'
import { funnelQuery } from '@/lib/contract/funnel'
import type { Gateway, Ticket, Waiter } from '@/lib/gateway/gateway'
import { TooManyRequests } from '@/lib/gateway/gateway'
import { upstreamApp } from '@/lib/gateway/testing/gateway-env'
import type { Context } from '@/lib/service/context'
import { getFunnel } from '@/lib/service/funnel/get-funnel'
import type { Store } from '@/lib/store/store'
import { describeStores } from '@/lib/store/testing/database'
import { newApp, storeWithApp } from '@/lib/store/testing/rows'
import { clockAt } from '@/lib/testing/clock'
import { createCaches } from './caches'
import { resolveFunnel } from './resolve-question'

const ANN: KnownPrincipal = { kind: 'token', id: 'ann', name: 'ann', role: 'viewer', apps: ['*'] }
const BOB: KnownPrincipal = { ...ANN, id: 'bob' }
const NOW = Date.parse('2026-11-18T16:00:00Z') / 1_000

describeStores('a reader', (stores) => {
  let store: Store
  let waiters: (Waiter | null)[]
  let ctx: Context
  let done: () => Promise<never>

  beforeEach(async () => {
    store = await storeWithApp(stores)
    waiters = []
    done = () => new Promise<never>(() => undefined)
    const request: Gateway['request'] = ({ waiter }): Ticket => {
      waiters.push(waiter)
      const ended = done()
      ended.catch(() => undefined)
      return { done: ended, place: () => 1, etaMs: () => 1_000 }
    }
    const gateway = { request, problem: async () => null } as Partial<Gateway> as Gateway
    const clock = clockAt(NOW)
    ctx = {
      store,
      gateway,
      archive: createArchive({ store, gateway, clock }),
      upstreamApp: () => upstreamApp('1400000001'),
      clock,
      caches: createCaches(clock),
    } as Partial<Context> as Context
  })

  async function ask(principal: KnownPrincipal, waitMs: number, signal?: AbortSignal, task: string[] = []) {
    const query = funnelQuery.parse({ source: 'task', from: '2026-11-17', to: '2026-11-18', task })
    const own = signal ? { ...ctx, signal } : ctx
    const scoped = authorize(principal, 'read', await store.apps.get(newApp().id), query)
    return await getFunnel(own, resolveFunnel(own, scoped), waitMs)
  }

  test('waits in the own name while the answer is not stored, also for what somebody else asks', async () => {
    await Promise.all([ask(ANN, 1), ask(BOB, 1)])
    const names = new Set(waiters.map((waiter) => waiter?.principal))
    expect(names).toEqual(new Set(['token:ann', 'token:bob']))
  })

  test('hands on when the client has gone', async () => {
    const { signal } = new AbortController()
    await ask(ANN, 1, signal)
    expect(waiters.length).toBeGreaterThan(0)
    expect(waiters.every((waiter) => waiter?.signal === signal)).toBe(true)
  })

  test('who waits for too much is refused with the time to come back; a page shows what is stored', async () => {
    done = () => Promise.reject(new TooManyRequests(2_500))
    await expect(ask(ANN, 1_000)).rejects.toMatchObject({ code: 'too_many', retryAfterMs: 2_500 })
    await expect(ask(ANN, 1_000, undefined, ['a', 'b'])).rejects.toMatchObject({ code: 'too_many' })
    expect(await ask(ANN, 0)).toMatchObject({ total: null, freshness: { state: 'pending' } })
  })
})
