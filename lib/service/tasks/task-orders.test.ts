import { beforeEach, expect, test, vi } from 'vitest'
import { authorize } from '@/lib/access/authorize'
import { createCaches } from '@/lib/service/read/caches'
import type { Store } from '@/lib/store/store'
import { describeStores } from '@/lib/store/testing/database'
import { answer, appRow, DAY, HOUR, newApp, storeWithApp } from '@/lib/store/testing/rows'
import { clockAt } from '@/lib/testing/clock'
import { readRates, readReasonTitles, warmOrders } from './task-orders'

const APP = appRow(newApp().id)
const NOW = Date.parse('2026-11-19T04:00:00Z') / 1_000
const QUESTION = { app: APP, reporting: { splits: [], delivery: () => 'reported' as const } }

describeStores('what campaigns are ordered by', (stores) => {
  let store: Store
  let nowS: number
  const context = () => {
    const clock = clockAt(() => nowS)
    return { store, clock, caches: createCaches(clock) }
  }
  beforeEach(async () => {
    store = await storeWithApp(stores)
    nowS = NOW
  })

  async function sent(taskId: string, days: number, delivered: number): Promise<void> {
    const sentAt = NOW - days * DAY
    await store.tasks.register({ appId: APP.id, taskId, sentAt, knownBy: 'api', createdAt: sentAt })
    const total = { sendable: 1_000, sent: 1_000, delivered, clicked: 0 }
    const counts = { total, rows: [{ ...total, vendor: 'xiaomi' as const, channel: 'offline' as const }] }
    const life = { task: taskId, from: sentAt, to: sentAt + 30 * DAY, life: true, fetchedAt: NOW - HOUR + delivered }
    await store.windows.save(answer({ ...life, counts }))
  }

  test('is read again after half a minute where a campaign grows, and hardly ever where it is settled', async () => {
    await sent('grows', 3, 100)
    await sent('ends', 31, 100)
    await sent('settled', 40, 100)
    const ctx = context()
    const delivered = async () => {
      const rates = await readRates(ctx, QUESTION, await store.tasks.keys(APP.id, {}))
      return Object.fromEntries(Array.from(rates, ([taskId, one]) => [taskId, one?.delivered]))
    }
    expect(await delivered()).toEqual({ grows: 100, ends: 100, settled: 100 })
    for (const [taskId, days] of [['grows', 3] as const, ['ends', 31] as const, ['settled', 40] as const])
      await sent(taskId, days, 200)
    nowS += 30
    expect(await delivered()).toEqual({ grows: 100, ends: 100, settled: 100 })
    nowS += 1
    expect(await delivered()).toEqual({ grows: 200, ends: 200, settled: 100 })
  })

  test('is read again at once where a campaign has another sending time', async () => {
    await sent('moved', 40, 100)
    const ctx = context()
    const rate = async () => (await readRates(ctx, QUESTION, await store.tasks.keys(APP.id, {}))).get('moved')
    expect((await rate())?.delivered).toBe(100)
    const known = await store.tasks.get(APP.id, 'moved')
    if (!known) throw new Error('not registered')
    await store.tasks.put(APP.id, 'moved', () => ({ ...known, sentAt: NOW - 41 * DAY }))
    expect(await rate()).toBeNull()
  })

  test('is computed in the background once in ten minutes when the list is opened, and then reads nothing', async () => {
    await sent('a', 3, 100)
    const ctx = context()
    const scoped = authorize(
      { kind: 'token', id: 'pm', name: 'pm', role: 'viewer', apps: [APP.id] },
      'read',
      await store.apps.get(APP.id),
      {},
    )
    const keys = vi.spyOn(store.tasks, 'keys')
    warmOrders(ctx, scoped)
    warmOrders(ctx, scoped)
    await vi.waitFor(() => expect([ctx.caches.topReasons.size, ctx.caches.turns.size]).toEqual([1, 0]))
    expect([ctx.caches.taskRates.size, ctx.caches.tagChanges.size]).toEqual([1, 1])
    const lives = vi.spyOn(store.windows, 'lives')
    await readReasonTitles(ctx, QUESTION, await store.tasks.keys(APP.id, {}))
    expect(lives).not.toHaveBeenCalled()
    expect(keys).toHaveBeenCalledTimes(2)
    nowS += 601
    warmOrders(ctx, scoped)
    await vi.waitFor(() => expect(keys).toHaveBeenCalledTimes(3))
    await vi.waitFor(() => expect(ctx.caches.turns.size).toBe(0))
  })
})
