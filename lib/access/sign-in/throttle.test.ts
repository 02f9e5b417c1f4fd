import { expect, test } from 'vitest'
import { accessEnv } from '@/lib/access/testing/access-env'
import { describeStores } from '@/lib/store/testing/database'
import { clearAttempts, countAttempt, refundAttempt, TooManyAttempts } from './throttle'

const limit = { subject: 'a-hash', free: 3 }

describeStores('the throttle', ({ open, again }) => {
  /** Returns the milliseconds to wait, or 0 if the attempt was accepted. */
  const attempt = async (deps: Parameters<typeof countAttempt>[0]) => {
    try {
      await countAttempt(deps, limit)
      return 0
    } catch (error) {
      if (error instanceof TooManyAttempts) return error.retryAfterMs
      throw error
    }
  }

  test('free attempts cause no wait, then the wait doubles up to 15 minutes', async () => {
    const { deps, advance } = accessEnv(await open())
    for (let i = 0; i < 3; i += 1) expect(await attempt(deps)).toBe(0)
    const waits: number[] = []
    for (let i = 0; i < 13; i += 1) {
      const wait = await attempt(deps)
      waits.push(wait / 1_000)
      advance(wait / 1_000 - 0.001)
      expect(await attempt(deps)).toBe(1)
      advance(0.001)
      expect(await attempt(deps)).toBe(0)
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900])
  })

  test('a refused attempt does not make the wait longer', async () => {
    const { deps } = accessEnv(await open())
    for (let i = 0; i < 3; i += 1) await attempt(deps)
    for (let i = 0; i < 20; i += 1) expect(await attempt(deps)).toBe(1_000)
  })

  test('of 500 concurrent attempts on two replicas, only the free ones are accepted', async () => {
    const { deps } = accessEnv(await open())
    const other = { ...accessEnv(await again()).deps, clock: deps.clock }
    const ends = await Promise.all(Array.from({ length: 500 }, (_, i) => attempt(i % 2 ? deps : other)))
    expect(ends.filter((wait) => wait === 0)).toHaveLength(3)
  })

  test('a day without attempts clears the count, an hour does not', async () => {
    const { deps, advance } = accessEnv(await open())
    for (let i = 0; i < 3; i += 1) await attempt(deps)
    advance(3_600)
    expect(await attempt(deps)).toBe(0)
    expect(await attempt(deps)).toBe(2_000)
    advance(24 * 3_600)
    for (let i = 0; i < 3; i += 1) expect(await attempt(deps)).toBe(0)
  })

  test('clearing removes all attempts, a refund removes one', async () => {
    const { deps, db } = accessEnv(await open())
    for (let i = 0; i < 3; i += 1) await attempt(deps)
    await refundAttempt(deps, limit)
    expect(await db.selectFrom('sign_in_failures').select('failures').execute()).toEqual([{ failures: 2 }])
    expect(await attempt(deps)).toBe(0)
    expect(await attempt(deps)).toBe(1_000)
    await clearAttempts(deps, limit)
    expect(await attempt(deps)).toBe(0)
  })

  test('subjects are counted separately, and old ones are deleted', async () => {
    const { deps, db, advance } = accessEnv(await open())
    for (let i = 0; i < 3; i += 1) await attempt(deps)
    await countAttempt(deps, { subject: 'other', free: 3 })
    advance(25 * 3_600)
    await countAttempt(deps, { subject: 'third', free: 3 })
    expect(await db.selectFrom('sign_in_failures').select('subject').execute()).toEqual([{ subject: 'third' }])
  })
})
