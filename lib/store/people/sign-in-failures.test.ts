import { expect, test } from 'vitest'
import { describeStores } from '@/lib/store/testing/database'
import { type FailureRow, signInFailures } from './sign-in-failures'

const row = (failures: number, over: Partial<FailureRow> = {}): FailureRow => ({
  subject: 'hash',
  failures,
  last_at_ms: 1_763_600_000_000 + failures,
  blocked_until_ms: 1_763_600_001_000,
  ...over,
})

describeStores('sign-in failures', ({ open, again }) => {
  test('a count is written only if it is unchanged since it was read', async () => {
    const store = signInFailures(await open())
    expect(await store.get('hash')).toBeNull()
    expect(await store.replace(null, row(1))).toBe(true)
    expect(await store.replace(null, row(7))).toBe(false)
    expect(await store.replace(row(9), row(7))).toBe(false)
    expect(await store.replace(row(1), row(2))).toBe(true)
    expect(await store.get('hash')).toEqual(row(2))
  })

  test('of many concurrent writes in two processes, each count is written once', async () => {
    const db = await open()
    const stores = [signInFailures(db), signInFailures(await again())]
    const all = (before: FailureRow | null, after: FailureRow) =>
      Promise.all(Array.from({ length: 20 }, (_, i) => stores[i % 2]?.replace(before, after)))
    expect((await all(null, row(1))).filter(Boolean)).toHaveLength(1)
    expect((await all(row(1), row(2))).filter(Boolean)).toHaveLength(1)
    expect(await db.selectFrom('sign_in_failures').selectAll().execute()).toEqual([row(2)])
  })

  test('a refunded attempt unblocks the subject and never counts below zero', async () => {
    const store = signInFailures(await open())
    await store.replace(null, row(1))
    await store.takeBack('hash', 5)
    await store.takeBack('hash', 9)
    await store.takeBack('unknown', 9)
    expect(await store.get('hash')).toEqual(row(0, { last_at_ms: row(1).last_at_ms, blocked_until_ms: 5 }))
  })

  test('one subject is removed, or all older ones', async () => {
    const store = signInFailures(await open())
    await store.replace(null, row(1, { subject: 'a', last_at_ms: 10 }))
    await store.replace(null, row(1, { subject: 'b', last_at_ms: 20 }))
    await store.replace(null, row(1, { subject: 'c', last_at_ms: 30 }))
    await store.remove('c')
    await store.removeOlder(20)
    expect([await store.get('a'), (await store.get('b'))?.subject, await store.get('c')]).toEqual([null, 'b', null])
  })
})
