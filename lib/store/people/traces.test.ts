import { expect, test } from 'vitest'
import { describeStores } from '@/lib/store/testing/database'
import { newApp, storeWithApp, T0 } from '@/lib/store/testing/rows'
import type { SealedTrace } from './traces'

const APP = '1400000001'
const trace = (over: Partial<SealedTrace> = {}): SealedTrace => ({
  appId: APP,
  source: 'task',
  keyHash: 'k1',
  personHash: 'p1',
  keySealed: 'sealed key',
  bodySealed: 'sealed body',
  fetchedAt: T0,
  ...over,
})
const KEY = { appId: APP, source: 'task', keyHash: 'k1' } as const

describeStores('traces', (stores) => {
  test('are found by the hash of their key, only in their app and source', async () => {
    const store = await storeWithApp(stores)
    await store.apps.upsert(newApp({ id: 'other' }))
    expect(await store.traces.save(trace())).toBe(true)
    expect(await store.traces.find(KEY)).toEqual({ ...trace(), revision: 1 })
    expect(await store.traces.find({ ...KEY, source: 'chat' })).toBeNull()
    expect(await store.traces.find({ ...KEY, appId: 'other' })).toBeNull()
    expect(await store.traces.find({ ...KEY, keyHash: 'k2' })).toBeNull()
  })

  test('the newest answer of a key stays, even if an older one arrives later', async () => {
    const { traces } = await storeWithApp(stores)
    await traces.save(trace())
    expect(await traces.save(trace({ fetchedAt: T0 + 2, keySealed: 'key 2', bodySealed: 'body 2' }))).toBe(true)
    expect(await traces.save(trace({ fetchedAt: T0 + 1, bodySealed: 'late' }))).toBe(false)
    expect(await traces.find(KEY)).toMatchObject({
      keySealed: 'key 2',
      bodySealed: 'body 2',
      fetchedAt: T0 + 2,
      revision: 2,
    })
  })

  test('a person hash is never removed, so that an erasure finds the trace', async () => {
    const { traces } = await storeWithApp(stores)
    await traces.save(trace({ personHash: null }))
    await traces.save(trace({ fetchedAt: T0 + 1 }))
    await traces.save(trace({ fetchedAt: T0 + 2, personHash: null }))
    expect(await traces.find(KEY)).toMatchObject({ personHash: 'p1', revision: 3 })
  })

  test('of one person are listed newest first', async () => {
    const { traces } = await storeWithApp(stores)
    for (const [i, keyHash] of ['a', 'b', 'c'].entries()) await traces.save(trace({ keyHash, fetchedAt: T0 + (i % 2) }))
    await traces.save(trace({ keyHash: 'd', personHash: 'p2' }))
    expect((await traces.listOfPerson(APP, 'p1', 10)).map(({ keyHash }) => keyHash)[0]).toBe('b')
    expect(await traces.listOfPerson(APP, 'p1', 10)).toHaveLength(3)
    expect(await traces.listOfPerson(APP, 'p1', 2)).toHaveLength(2)
  })

  test('erasing a person removes only their traces', async () => {
    const store = await storeWithApp(stores)
    await store.apps.upsert(newApp({ id: 'other' }))
    const { traces } = store
    await traces.save(trace())
    await traces.save(trace({ keyHash: 'k2', source: 'chat' }))
    await traces.save(trace({ keyHash: 'k3', personHash: 'p2' }))
    await traces.save(trace({ keyHash: 'k4', personHash: null }))
    await traces.save(trace({ appId: 'other' }))
    expect(await traces.erasePerson(APP, 'p1')).toBe(2)
    expect(await traces.erasePerson(APP, 'p1')).toBe(0)
    expect(await traces.find(KEY)).toBeNull()
    expect(await traces.find({ ...KEY, keyHash: 'k3' })).not.toBeNull()
    expect(await traces.find({ ...KEY, keyHash: 'k4' })).not.toBeNull()
    expect(await traces.find({ ...KEY, appId: 'other' })).not.toBeNull()
  })

  test('are pruned if fetched before a second, not at it', async () => {
    const { traces } = await storeWithApp(stores)
    await traces.save(trace({ fetchedAt: T0 - 1 }))
    await traces.save(trace({ keyHash: 'k2' }))
    expect(await traces.pruneBefore(T0)).toBe(1)
    expect(await traces.find(KEY)).toBeNull()
    expect(await traces.find({ ...KEY, keyHash: 'k2' })).not.toBeNull()
  })
})
