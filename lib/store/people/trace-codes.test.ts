import { expect, test } from 'vitest'
import { describeStores } from '@/lib/store/testing/database'
import { storeWithApp, T0 } from '@/lib/store/testing/rows'

const KEY = { appId: '1400000001', source: 'chat' } as const

describeStores('codes of kept traces', (stores) => {
  test('point to the latest trace, are replaced with its answer, and are deleted with it', async () => {
    const { traces, traceCodes } = await storeWithApp(stores)
    const keep = (keyHash: string, fetchedAt: number) =>
      traces.save({ ...KEY, keyHash, personHash: 'p', keySealed: `key of ${keyHash}`, bodySealed: 'b', fetchedAt })
    await keep('old', T0)
    await keep('new', T0 + 60)
    await traceCodes.set({ ...KEY, keyHash: 'old' }, [{ vendor: 'oppo', code: '16' }])
    await traceCodes.set({ ...KEY, keyHash: 'new' }, [
      { vendor: 'xiaomi', code: '16' },
      { vendor: 'xiaomi', code: '16' },
    ])
    const newest = (code: string, source: 'chat' | 'task' = 'chat') => traceCodes.newest({ ...KEY, source, code })
    expect(await newest('16')).toEqual({
      vendor: 'xiaomi',
      keyHash: 'new',
      keySealed: 'key of new',
      fetchedAt: T0 + 60,
    })
    expect([await newest('17'), await newest('16', 'task')]).toEqual([null, null])
    await traceCodes.set({ ...KEY, keyHash: 'new' }, [])
    expect((await newest('16'))?.vendor).toBe('oppo')
    await traces.erasePerson(KEY.appId, 'p')
    expect(await newest('16')).toBeNull()
  })
})
