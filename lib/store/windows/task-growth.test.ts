import { expect, test } from 'vitest'
import { describeStores } from '@/lib/store/testing/database'
import { answer, DAY, HOUR, newApp, sent, storeWithApp, T0 } from '@/lib/store/testing/rows'

const APP = newApp().id
const LIFE = { from: T0, to: T0 + 30 * DAY, life: true, kept: true }

describeStores('the growth of tasks', (stores) => {
  test('is read by task and time', async () => {
    const { windows, observations, apps } = await storeWithApp(stores)
    await apps.upsert(newApp({ id: 'other' }))
    const observe = (task: string, age: number, n: number, appId = APP) =>
      windows.save(answer({ ...LIFE, appId, task, fetchedAt: T0 + age, counts: sent(n) }))
    await observe('a', HOUR, 4)
    await observe('a', 2 * HOUR, 8)
    await observe('b', HOUR, 6)
    await observe('a', 3 * HOUR, 99, 'other')
    expect(await observations.times({ appId: APP, tasks: ['a', 'b', 'unknown'] })).toEqual(
      new Map([
        ['a', [T0 + HOUR, T0 + 2 * HOUR]],
        ['b', [T0 + HOUR]],
      ]),
    )
    const picks = [
      { task: 'a', fetchedAt: T0 + 2 * HOUR },
      { task: 'b', fetchedAt: T0 + HOUR },
    ]
    expect(await observations.at(APP, picks)).toEqual([
      { ...picks[1], counts: sent(6) },
      { ...picks[0], counts: sent(8) },
    ])
  })

  test('has windows that are kept for good and were fetched after their end', async () => {
    const { windows, observations } = await storeWithApp(stores)
    const day = { from: T0, to: T0 + DAY, fetchedAt: T0 + 2 * DAY }
    await windows.saveAll([
      answer({ ...LIFE, task: 'a', fetchedAt: T0 + DAY }),
      answer({ ...day, task: 'a', kept: true, counts: sent(7) }),
      answer({ ...day, task: 'b' }),
      answer({ ...day, task: 'c', kept: true, counts: null }),
      answer({ ...day, task: 'd', kept: true, metric: 'loss', counts: null, losses: [] }),
      answer({ ...day, task: 'e', kept: true, fetchedAt: T0 + HOUR }),
    ])
    expect(await observations.ageWindows({ appId: APP, tasks: ['a', 'b', 'c', 'd', 'e'] })).toEqual([
      { task: 'a', ...day, counts: sent(7) },
    ])
    expect(await observations.ageWindows({ appId: APP, tasks: [] })).toEqual([])
  })
})
