import { expect, test } from 'vitest'
import type { Db } from '@/lib/store/engine/open'
import { describeStores } from '@/lib/store/testing/database'
import { secondFactors } from './second-factors'

const CONFIRMED = { pending: 'p1', sealed: 's1', step: 100, at: 5, codeHashes: ['a', 'b', 'c'] }

async function withPerson(db: Db) {
  const person = { id: 'kim', email: 'kim@example.com', name: 'Kim', password_hash: 'h', created_at: 1 }
  await db.insertInto('people').values(person).execute()
  return secondFactors(db)
}

async function confirmed(db: Db) {
  const store = await withPerson(db)
  await store.ensureKey('kim', 'key')
  await store.setPending('kim', 'p1')
  expect(await store.confirm('kim', CONFIRMED)).toBe(true)
  return store
}

describeStores('second factors', ({ open, again }) => {
  test('a person has none at first, and an unknown person is null', async () => {
    const store = await withPerson(await open())
    const nothing = { dataKey: null, sealed: null, pending: null, confirmedAt: null, recoveryCodesLeft: 0 }
    expect(await store.get('kim')).toEqual({ hasPassword: true, ...nothing })
    expect(await store.get('nobody')).toBeNull()
  })

  test('a started set-up leaves what is on as it is until it is confirmed', async () => {
    const store = await confirmed(await open())
    await store.setPending('kim', 'p2')
    expect(await store.get('kim')).toMatchObject({ sealed: 's1', pending: 'p2', recoveryCodesLeft: 3 })
    expect(await store.confirm('kim', { ...CONFIRMED, pending: 'p1', sealed: 's2' })).toBe(false)
    expect(await store.get('kim')).toMatchObject({ sealed: 's1', pending: 'p2', recoveryCodesLeft: 3 })
    expect(await store.confirm('kim', { ...CONFIRMED, pending: 'p2', sealed: 's2', codeHashes: ['d'] })).toBe(true)
    expect(await store.get('kim')).toMatchObject({ sealed: 's2', pending: null, recoveryCodesLeft: 1 })
  })

  test('the first data key stays, also when two processes bring one', async () => {
    const store = await withPerson(await open())
    const other = secondFactors(await again())
    const keys = await Promise.all([store.ensureKey('kim', 'one'), other.ensureKey('kim', 'two')])
    expect(new Set(keys).size).toBe(1)
    expect((await store.get('kim'))?.dataKey).toBe(keys[0])
  })

  test('a step is used once and never an earlier one, over two processes', async () => {
    const store = await confirmed(await open())
    const stores = [store, secondFactors(await again())]
    expect(await store.takeStep('kim', 100)).toBe(false)
    const used = await Promise.all(Array.from({ length: 20 }, (_, i) => stores[i % 2]?.takeStep('kim', 101)))
    expect(used.filter(Boolean)).toHaveLength(1)
    expect([await store.takeStep('kim', 100), await store.takeStep('kim', 102)]).toEqual([false, true])
  })

  test('a recovery code is used once, over two processes', async () => {
    const store = await confirmed(await open())
    const stores = [store, secondFactors(await again())]
    const used = await Promise.all(Array.from({ length: 20 }, (_, i) => stores[i % 2]?.takeRecoveryCode('kim', 'a', 7)))
    expect(used.filter(Boolean)).toHaveLength(1)
    expect(await store.takeRecoveryCode('other', 'b', 7)).toBe(false)
    expect((await store.get('kim'))?.recoveryCodesLeft).toBe(2)
  })

  test('removing deletes secrets and codes, and says whether there was a second factor', async () => {
    const db = await open()
    const store = await confirmed(db)
    expect([await store.remove('kim'), await store.remove('kim')]).toEqual([true, false])
    expect(await store.get('kim')).toMatchObject({ dataKey: null, sealed: null, recoveryCodesLeft: 0 })
    expect(await db.selectFrom('recovery_codes').selectAll().execute()).toEqual([])
  })
})
