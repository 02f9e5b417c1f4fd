import { expect, test } from 'vitest'
import { describeStores, type Stores } from '@/lib/store/testing/database'
import { newApp, storeWithApp, T0 } from '@/lib/store/testing/rows'
import type { SavedView } from './saved-views'

const APP = '1400000001'
const VIEW: SavedView = {
  ...{ id: 'v1', personId: 'ana', appId: APP, name: 'Week', page: 'overview', query: 'source=task&range=7d' },
  ...{ createdAt: T0, start: false },
}
const MANY = 50

async function household(stores: Pick<Stores, 'open'>) {
  const store = await storeWithApp(stores)
  await store.apps.upsert(newApp({ id: 'other', sdkAppId: 1_400_000_002 }))
  const admin = { person: { id: 'boss', email: 'boss@example.com', name: 'boss', created_at: 1 } }
  await store.people.create({ ...admin, grants: [{ app_id: '*', role: 'admin' }] })
  for (const id of ['ana', 'ben'])
    await store.people.create({ person: { id, email: `${id}@example.com`, name: id, created_at: 1 }, grants: [] })
  return store
}

describeStores('saved views', (stores) => {
  test('are listed for their person alone, oldest first', async () => {
    const { savedViews } = await household(stores)
    await savedViews.add({ ...VIEW, id: 'late', createdAt: T0 + 1 }, MANY)
    await savedViews.add(VIEW, MANY)
    await savedViews.add({ ...VIEW, id: 'bens', personId: 'ben' }, MANY)
    expect((await savedViews.list('ana')).map(({ id }) => id)).toEqual(['v1', 'late'])
    expect(await savedViews.get('ana', 'v1')).toEqual(VIEW)
    expect(await savedViews.get('ana', 'bens')).toBeNull()
  })

  test('are limited per app', async () => {
    const { savedViews } = await household(stores)
    expect(await savedViews.add(VIEW, 1)).toBe(true)
    expect(await savedViews.add({ ...VIEW, id: 'v2' }, 1)).toBe(false)
    expect(await savedViews.add({ ...VIEW, id: 'v2', appId: 'other' }, 1)).toBe(true)
    expect(await savedViews.list('ana')).toHaveLength(2)
  })

  test('have one start page at most', async () => {
    const { savedViews } = await household(stores)
    await savedViews.add({ ...VIEW, start: true }, MANY)
    await savedViews.add({ ...VIEW, id: 'v2', start: true }, MANY)
    await savedViews.add({ ...VIEW, id: 'bens', personId: 'ben', start: true }, MANY)
    const starts = async () => (await savedViews.list('ana')).filter(({ start }) => start).map(({ id }) => id)
    expect(await starts()).toEqual(['v2'])
    await savedViews.change(VIEW, { name: 'Seven days', start: true })
    expect([await starts(), (await savedViews.start('ana'))?.name]).toEqual([['v1'], 'Seven days'])
    await savedViews.change(VIEW, { start: false })
    expect([await savedViews.start('ana'), (await savedViews.start('ben'))?.id]).toEqual([null, 'bens'])
  })

  test('go one by one, with their person, and with their app', async () => {
    const { savedViews, withdrawals, apps } = await household(stores)
    for (const [id, personId, appId] of [
      ['a1', 'ana', APP],
      ['a2', 'ana', 'other'],
      ['a3', 'ana', 'other'],
      ['b1', 'ben', APP],
    ] as const)
      await savedViews.add({ ...VIEW, id, personId, appId, start: true }, MANY)
    await savedViews.remove({ id: 'a3' })
    expect([(await savedViews.list('ana')).length, await savedViews.start('ana')]).toEqual([2, null])
    await apps.erase('other')
    expect((await savedViews.list('ana')).map(({ id }) => id)).toEqual(['a1'])
    expect(await withdrawals.remove('ana', 9)).toBe('done')
    expect([await savedViews.list('ana'), (await savedViews.list('ben')).length]).toEqual([[], 1])
  })
})
