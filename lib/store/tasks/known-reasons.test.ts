import { expect, test } from 'vitest'
import { describeStores } from '@/lib/store/testing/database'
import { storeWithApp, T0 } from '@/lib/store/testing/rows'

const KEY = { appId: '1400000001', source: 'task', stage: 'post_send', code: '16' } as const
const one = { ...KEY, until: T0, note: 'key is being renewed', baseCount: 700, baseDays: 7 }

describeStores('known reasons', (stores) => {
  test('are listed until their day, by source; marking one again replaces it', async () => {
    const { knownReasons } = await storeWithApp(stores)
    await knownReasons.put({ ...one, note: 'first' })
    await knownReasons.put(one)
    await knownReasons.put({ ...one, stage: 'ready_to_send', baseCount: null, baseDays: 0 })
    const ask = (source: 'task' | 'chat', nowS: number) => knownReasons.list({ appId: KEY.appId, source, nowS })
    expect((await ask('task', T0 - 1)).find(({ stage }) => stage === 'post_send')).toEqual(one)
    expect(await ask('task', T0 - 1)).toHaveLength(2)
    expect([await ask('task', T0), await ask('chat', T0 - 1)]).toEqual([[], []])
    expect([await knownReasons.remove(KEY), await knownReasons.remove(KEY)]).toEqual([true, false])
    expect(await ask('task', T0 - 1)).toHaveLength(1)
  })
})
