import { expect, test } from 'vitest'
import { accessOn } from '@/lib/access/testing/access-env'
import { describeStores } from '@/lib/store/testing/database'
import { forgetTurn, forgiveTurn, TooMany, takeTurn } from './throttle'

const turn = { subject: 'a-hash', free: 3 }

describeStores('the throttle', ({ open, again }) => {
  /** Milliseconds to wait, or 0 where the attempt was let through. */
  const attempt = async (deps: Parameters<typeof takeTurn>[0]) => {
    try {
      await takeTurn(deps, turn)
      return 0
    } catch (error) {
      if (error instanceof TooMany) return error.retryAfterMs
      throw error
    }
  }

  test('the free ones are free, then the wait doubles up to 15 minutes', async () => {
    const { deps, pass } = accessOn(await open())
    for (let i = 0; i < 3; i += 1) expect(await attempt(deps)).toBe(0)
    const waits: number[] = []
    for (let i = 0; i < 13; i += 1) {
      const wait = await attempt(deps)
      waits.push(wait / 1_000)
      pass(wait / 1_000 - 0.001)
      expect(await attempt(deps)).toBe(1)
      pass(0.001)
      expect(await attempt(deps)).toBe(0)
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900])
  })

  test('a refused attempt does not make the wait longer', async () => {
    const { deps } = accessOn(await open())
    for (let i = 0; i < 3; i += 1) await attempt(deps)
    for (let i = 0; i < 20; i += 1) expect(await attempt(deps)).toBe(1_000)
  })

  test('of 500 at the same moment, on two replicas, only the free ones pass', async () => {
    const { deps } = accessOn(await open())
    const other = { ...accessOn(await again()).deps, clock: deps.clock }
    const ends = await Promise.all(Array.from({ length: 500 }, (_, i) => attempt(i % 2 ? deps : other)))
    expect(ends.filter((wait) => wait === 0)).toHaveLength(3)
  })

  test('a day of quiet forgets, an hour does not', async () => {
    const { deps, pass } = accessOn(await open())
    for (let i = 0; i < 3; i += 1) await attempt(deps)
    pass(3_600)
    expect(await attempt(deps)).toBe(0)
    expect(await attempt(deps)).toBe(2_000)
    pass(24 * 3_600)
    for (let i = 0; i < 3; i += 1) expect(await attempt(deps)).toBe(0)
  })

  test('proof forgets all, forgiveness one', async () => {
    const { deps, db } = accessOn(await open())
    for (let i = 0; i < 3; i += 1) await attempt(deps)
    await forgiveTurn(deps, turn)
    expect(await db.selectFrom('sign_in_failures').select('failures').execute()).toEqual([{ failures: 2 }])
    expect(await attempt(deps)).toBe(0)
    expect(await attempt(deps)).toBe(1_000)
    await forgetTurn(deps, turn)
    expect(await attempt(deps)).toBe(0)
  })

  test('subjects do not wait for each other, and old ones are cleared away', async () => {
    const { deps, db, pass } = accessOn(await open())
    for (let i = 0; i < 3; i += 1) await attempt(deps)
    await takeTurn(deps, { subject: 'other', free: 3 })
    pass(25 * 3_600)
    await takeTurn(deps, { subject: 'third', free: 3 })
    expect(await db.selectFrom('sign_in_failures').select('subject').execute()).toEqual([{ subject: 'third' }])
  })
})
