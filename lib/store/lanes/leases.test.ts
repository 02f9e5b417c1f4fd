import { expect, test } from 'vitest'
import { describeStores } from '@/lib/store/testing/database'
import { acquireRequest, addApp } from '@/lib/store/testing/lanes'
import { realClock } from '@/lib/testing/clock'
import type { AcquireRequest } from './lane-rows'
import { createLanes } from './lanes'
import { COLLECTOR, leases, SERVER } from './leases'

const LONG = 600_000

describeStores('a lease', ({ open, again }) => {
  test('has one owner at a time, and its term grows with each change of the owner', async () => {
    const db = await open()
    const [one, other] = [leases(db, realClock), leases(await again(), realClock)]
    expect(await one.take(COLLECTOR, 'one', LONG)).toBe(1)
    expect(await other.take(COLLECTOR, 'other', LONG)).toBeNull()
    expect(await one.take(COLLECTOR, 'one', LONG)).toBe(1)
    await other.release(COLLECTOR, 'other')
    expect(await other.take(COLLECTOR, 'other', LONG)).toBeNull()
    await one.release(COLLECTOR, 'one')
    expect(await other.take(COLLECTOR, 'other', LONG)).toBe(2)
    expect(await one.take(COLLECTOR, 'one', LONG)).toBeNull()
  })

  test('of a killed process ends by itself', async () => {
    const all = leases(await open(), realClock)
    expect(await all.take(COLLECTOR, 'killed', 0)).toBe(1)
    expect(await all.take(COLLECTOR, 'next', LONG)).toBe(2)
  })

  test('is taken by exactly one of many that ask at once', async () => {
    const db = await open()
    const all = [leases(db, realClock), leases(await again(), realClock)]
    const terms = await Promise.all(
      Array.from({ length: 20 }, (_, i) => all[i % 2]?.take(COLLECTOR, `owner ${i}`, LONG)),
    )
    expect(terms.filter((term) => term !== null)).toEqual([1])
  })

  test('that a clock in the future has written does not last until then', async () => {
    const db = await open()
    const all = leases(db, realClock)
    await all.take(COLLECTOR, 'one', LONG)
    await db
      .updateTable('leases')
      .set({ expires_at_ms: Date.now() + 100 * LONG })
      .execute()
    expect(await all.take(COLLECTOR, 'other', LONG)).toBe(2)
  })

  test('of a server is listed while it is valid', async () => {
    const db = await open()
    const all = leases(db, realClock)
    await all.take(`${SERVER}a`, 'a', LONG)
    await all.take(`${SERVER}b`, 'b', 0)
    await all.take(COLLECTOR, 'a', LONG)
    expect(await all.held(SERVER)).toEqual([`${SERVER}a`])
    await db.updateTable('leases').set({ expires_at_ms: 0 }).where('name', '!=', COLLECTOR).execute()
    expect(await all.held(SERVER)).toEqual([])
    expect(await db.selectFrom('leases').select('name').execute()).toEqual([{ name: COLLECTOR }])
  })

  test('of the collector is checked for each of its calls, and for no other', async () => {
    const db = await open()
    await addApp(db)
    const [lanes, all] = [createLanes(db, realClock), leases(db, realClock)]
    const ask = async (change: Partial<AcquireRequest>) => (await lanes.acquire(acquireRequest(change))).kind
    expect(await ask({ elected: true })).toBe('deposed')
    await all.take(COLLECTOR, 'other', LONG)
    expect(await ask({ elected: true })).toBe('deposed')
    await all.release(COLLECTOR, 'other')
    await all.take(COLLECTOR, 'one', LONG)
    expect(await ask({ elected: true })).toBe('granted')
    expect(await ask({ owner: 'other', lane: 'normal_push_trace', endpoint: 'normal_push_trace' })).toBe('granted')
  })
})
