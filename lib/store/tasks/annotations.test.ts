import { expect, test } from 'vitest'
import { describeStores } from '@/lib/store/testing/database'
import { DAY, newApp, storeWithApp, T0 } from '@/lib/store/testing/rows'

const APP = '1400000001'
const NOTE = { id: 'n1', appId: APP, source: null, at: T0, text: 'New SDK', author: 'person:a', createdAt: T0 } as const

describeStores('annotations', (stores) => {
  test('are listed within a half-open span, in order of time', async () => {
    const { annotations } = await storeWithApp(stores)
    for (const [id, at] of [
      ['late', T0 + DAY],
      ['last', T0 + DAY - 1],
      ['first', T0],
      ['early', T0 - 1],
    ] as const)
      await annotations.add({ ...NOTE, id, at })
    const found = await annotations.within({ appId: APP, from: T0, to: T0 + DAY })
    expect(found.map(({ id }) => id)).toEqual(['first', 'last'])
    expect(found[0]).toEqual({ ...NOTE, id: 'first' })
  })

  test('of one source are listed with those of both', async () => {
    const { annotations } = await storeWithApp(stores)
    await annotations.add(NOTE)
    await annotations.add({ ...NOTE, id: 'n2', source: 'chat' })
    const ask = async (source?: 'task' | 'chat') =>
      (await annotations.within({ appId: APP, source, from: T0, to: T0 + 1 })).map(({ id }) => id)
    expect([await ask('task'), await ask('chat'), await ask()]).toEqual([['n1'], ['n1', 'n2'], ['n1', 'n2']])
  })

  test('change and go only within their app', async () => {
    const { annotations, apps } = await storeWithApp(stores)
    await apps.upsert(newApp({ id: 'other' }))
    await annotations.add(NOTE)
    const to = { source: 'task', at: T0 + 60, text: 'Newer SDK' } as const
    await annotations.change({ appId: 'other', id: 'n1' }, to)
    expect([await annotations.get(APP, 'n1'), await annotations.get('other', 'n1')]).toEqual([NOTE, null])
    await annotations.change(NOTE, to)
    expect(await annotations.get(APP, 'n1')).toEqual({ ...NOTE, ...to })
    expect(await annotations.remove('other', 'n1')).toBe(false)
    expect([await annotations.remove(APP, 'n1'), await annotations.remove(APP, 'n1')]).toEqual([true, false])
  })
})
