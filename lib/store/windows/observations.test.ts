import type { KyselyPlugin } from 'kysely'
import { expect, test } from 'vitest'
import { createStore } from '@/lib/store/store'
import { describeStores } from '@/lib/store/testing/database'
import { answer, DAY, HOUR, newApp, sent, storeWithApp, T0 } from '@/lib/store/testing/rows'
import { realClock } from '@/lib/testing/clock'

const APP = newApp().id
const LIFE = { task: 'a', from: T0, to: T0 + 30 * DAY, life: true, kept: true }

describeStores('observations', (stores) => {
  test('are the counts of each answer for a life, sorted by time', async () => {
    const { windows, observations } = await storeWithApp(stores)
    await windows.saveAll([answer({ ...LIFE, fetchedAt: T0 + 60, counts: sent(5) }), answer({ task: 'b' })])
    await windows.save(answer({ ...LIFE, fetchedAt: T0 + 120, counts: sent(5) }))
    await windows.save(answer({ ...LIFE, fetchedAt: T0 + 90, counts: sent(4) }))
    expect(await observations.of({ appId: APP, task: 'a' })).toEqual([
      { fetchedAt: T0 + 60, counts: sent(5) },
      { fetchedAt: T0 + 90, counts: sent(4) },
      { fetchedAt: T0 + 120, counts: sent(5) },
    ])
    // An exact window is only part of a task, and one without a record is unknown: neither is an observation.
    await windows.save(answer({ ...LIFE, task: 'c', counts: null }))
    await windows.save(answer({ ...LIFE, task: 'd', metric: 'loss', counts: null, losses: [] }))
    for (const task of ['b', 'c', 'd']) expect(await observations.of({ appId: APP, task })).toEqual([])
  })

  test('near a time are found by task, and no other is read', async () => {
    let read = 0
    const countRows: KyselyPlugin = {
      transformQuery: ({ node }) => node,
      transformResult: async ({ result }) => {
        read += result.rows.length
        return result
      },
    }
    const store = createStore((await stores.open()).withPlugin(countRows), realClock)
    await store.apps.upsert(newApp())
    const tasks = Array.from({ length: 120 }, (_, i) => `t${i}`)
    const ages = [HOUR, 2 * HOUR, 3 * HOUR, DAY, 2 * DAY]
    await store.windows.saveAll(
      tasks.flatMap((task, i) =>
        ages.map((age) => answer({ ...LIFE, task, fetchedAt: T0 + age, counts: sent(100 + i) })),
      ),
    )
    read = 0
    const wanted = new Map(tasks.map((task, i) => [task, { at: T0 + 2 * HOUR, within: i === 7 ? HOUR : 60.5 }]))
    const found = await store.observations.near(APP, wanted)
    expect(found.get('t119')).toEqual([{ fetchedAt: T0 + 2 * HOUR, counts: sent(219) }])
    expect(found.get('t7')?.map(({ fetchedAt }) => fetchedAt - T0)).toEqual([HOUR, 2 * HOUR, 3 * HOUR])
    expect([found.size, read]).toEqual([120, 122])
    expect(await store.observations.near(APP, new Map())).toEqual(new Map())
    const within = { from: T0 + 2 * HOUR, to: T0 + DAY }
    const times = await store.observations.times({ appId: APP, tasks: ['t1', 't2'], within })
    expect(times.get('t2')).toEqual([T0 + 2 * HOUR, T0 + 3 * HOUR])
  })

  test('are saved and rolled back with their window', async () => {
    const db = await stores.open()
    const store = createStore(db, realClock)
    await store.apps.upsert(newApp())
    await db.schema.dropTable('observations').execute()
    await expect(store.windows.saveAll([answer(), answer(LIFE)])).rejects.toThrow()
    const span = { appId: APP, source: 'task', metric: 'statistics', from: T0, to: T0 + 31 * DAY } as const
    expect(await store.windows.within({ ...span, task: '' })).toEqual([])
    expect(await store.windows.ofTasks(span)).toEqual([])
  })

  test('are due for tasks sent since then, or registered since then if the sending time is unknown', async () => {
    const store = await storeWithApp(stores)
    await store.apps.upsert(newApp({ id: 'other' }))
    const know = (taskId: string, sentAt: number | null, createdAt: number, appId = APP) =>
      store.tasks.register({ appId, taskId, sentAt, knownBy: 'import', createdAt })
    await know('young', T0, T0)
    await know('old', T0 - 1, T0 + DAY)
    await know('somewhen', null, T0 + 5)
    await know('long-known', null, T0 - 5)
    await know('foreign', T0, T0, 'other')
    const found = await store.observations.subjects({ appId: APP, from: T0 })
    expect(found.sort((a, b) => (a.taskId < b.taskId ? -1 : 1))).toEqual([
      { taskId: 'somewhen', sentAt: null },
      { taskId: 'young', sentAt: T0 },
    ])
    // Task windows are found by their start, separately from the overall totals.
    const { windows } = store
    await windows.saveAll([answer(), answer(LIFE), answer({ ...LIFE, task: 'b', from: T0 + HOUR })])
    await windows.save(answer({ ...LIFE, task: 'c', metric: 'loss', counts: null, losses: [] }))
    const span = { appId: APP, metric: 'statistics', from: T0 + 1 } as const
    expect(await windows.taskHeaders(span)).toEqual([
      { task: 'b', from: T0 + HOUR, to: T0 + 30 * DAY, fetchedAt: answer().fetchedAt, final: false },
    ])
    expect((await windows.ofTasks({ ...span, from: T0, to: T0 + HOUR })).map(({ task }) => task)).toEqual(['a'])
  })
})
