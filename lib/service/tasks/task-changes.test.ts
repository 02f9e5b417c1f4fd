import { beforeEach, expect, test } from 'vitest'
import { createCaches } from '@/lib/service/read/caches'
import type { Store } from '@/lib/store/store'
import { describeStores } from '@/lib/store/testing/database'
import { answer, appRow, DAY, newApp, storeWithApp } from '@/lib/store/testing/rows'
import { clockAt } from '@/lib/testing/clock'
import { readChanges } from './task-changes'
import { readDifferences } from './task-orders'

const NOW = Date.parse('2026-11-19T04:00:00Z') / 1_000
const SENT = NOW - 3 * DAY
const APP = appRow(newApp().id)
const NO_REPORTING = { splits: [], delivery: () => 'unknown' as const }

describeStores('differences from tags', (stores) => {
  let store: Store
  let reads: string[]
  const context = (over: Partial<Store> = {}) => ({
    store: { ...store, tasks: counted('tasks'), observations: counted('observations'), ...over },
    ...{ clock: clockAt(NOW), caches: createCaches(clockAt(NOW)) },
  })
  beforeEach(async () => {
    store = await storeWithApp(stores)
    reads = []
  })

  /** Notes each read of a table. */
  const counted = <K extends 'tasks' | 'observations'>(table: K): Store[K] =>
    Object.fromEntries(
      Object.entries(store[table]).map(([name, read]) => [
        name,
        (...given: unknown[]) => {
          reads.push(`${table}.${name}`)
          return Reflect.apply(read, store[table], given)
        },
      ]),
    ) as unknown as Store[K]

  /** Registers campaigns that were observed a day after their sending. */
  async function observed(campaigns: { taskId: string; tags: string[]; delivered: number }[]) {
    const task = { appId: APP.id, label: '', note: '', sentAt: SENT, knownBy: 'api' as const, createdAt: SENT }
    for (const { taskId, tags, delivered } of campaigns) {
      await store.tasks.put(APP.id, taskId, () => ({ ...task, taskId, tags }))
      const total = { sendable: 1_000, sent: 1_000, delivered, clicked: 0 }
      const counts = { total, rows: [{ ...total, vendor: 'xiaomi' as const, channel: 'offline' as const }] }
      const life = { task: taskId, from: SENT, to: SENT + 30 * DAY, life: true }
      await store.windows.save(answer({ ...life, counts, fetchedAt: SENT + DAY }))
    }
    return campaigns
  }

  test('are read as often for many tags as for one', async () => {
    const named = (n: number) => Array.from({ length: 8 }, (_, i) => `own ${n} ${i}`)
    const tasks = await observed(
      Array.from({ length: 6 }, (_, n) => ({ taskId: `t${n}`, tags: [...named(n), 'sale'], delivered: 700 })),
    )
    await readChanges(context(), APP, tasks.slice(0, 1))
    const once = reads.splice(0)
    await readChanges(context(), APP, tasks)
    expect(reads.length).toBeLessThanOrEqual(once.length)
    reads = []
    await readDifferences(context(), { app: APP, reporting: NO_REPORTING }, await store.tasks.keys(APP.id, {}))
    expect(reads.filter((read) => read === 'tasks.newestOfTags')).toHaveLength(1)
  })

  test('are those of the first tag that has a median, over the newest campaigns of each tag', async () => {
    const tasks = await observed([
      { taskId: 'a', tags: ['alone', 'sale'], delivered: 700 },
      { taskId: 'b', tags: ['sale'], delivered: 600 },
      { taskId: 'c', tags: ['sale', 'news'], delivered: 500 },
      { taskId: 'd', tags: ['sale'], delivered: 400 },
      { taskId: 'e', tags: ['news'], delivered: 400 },
    ])
    const found = await readChanges(context(), APP, tasks)
    expect(found.get('a')?.change).toMatchObject({ tag: 'sale', age: '24h', median: 0.5 })
    expect(found.get('e')?.change).toBeNull()
    expect((await readChanges(context(), APP, tasks.slice(0, 1))).get('a')?.change).toEqual(found.get('a')?.change)
    const keys = await store.tasks.keys(APP.id, {})
    const many = await readDifferences(context(), { app: APP, reporting: NO_REPORTING }, keys)
    expect([many.get('a'), many.get('e')]).toEqual([found.get('a')?.change?.delivery, null])
  })

  test('are read again after a failure of the database', async () => {
    const [first, ...others] = await observed(
      ['a', 'b', 'c', 'd'].map((taskId) => ({ taskId, tags: ['sale'], delivered: 700 })),
    )
    if (!first) throw new Error('no campaign')
    const ctx = context()
    const { ageWindows } = store.observations
    const busy = async ({ tasks }: { tasks: string[] }) => {
      if (tasks.includes('b')) throw new Error('database is locked')
      return []
    }
    ctx.store.observations.ageWindows = busy
    await expect(readChanges(ctx, APP, [first])).rejects.toThrow('locked')
    ctx.store.observations.ageWindows = ageWindows
    expect((await readChanges(ctx, APP, [first])).get('a')?.change).toMatchObject({ tag: 'sale', delivery: 0 })
    expect(others).toHaveLength(3)
  })
})
