import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createLanes } from '@/lib/store/lanes/lanes'
import { openFakeClockEnv, outcomeOf } from './testing/fake-clock-env'
import { requestFor } from './testing/gateway-env'

let env: Awaited<ReturnType<typeof openFakeClockEnv>>
beforeEach(async () => {
  env = await openFakeClockEnv()
})

afterEach(() => env.close())

describe('faulty clocks and stores', () => {
  test('a lease that aged before the call is given back and acquired again', async () => {
    const { gateway, clock, starts } = env
    const stalls = [1_500, 0]
    const satisfied = async () => {
      await clock.sleep(stalls.shift() ?? 0, new AbortController().signal)
      return false
    }
    gateway.request(requestFor(1, 'single', { satisfied }))
    await clock.pass(1_499)
    expect(starts()).toEqual([])
    await clock.pass(2_000)
    expect(starts()).toEqual([[1.5, 1]])
    expect(stalls).toEqual([])
  })

  test('a wall clock set forward makes no call early', async () => {
    const { gateway, clock, starts } = env
    for (const n of [1, 2]) gateway.request(requestFor(n))
    await clock.pass(300)
    clock.jumped = 3_600_000
    gateway.request(requestFor(3, 'single'))
    await clock.pass(3_000)
    expect(starts().map(([at]) => at)).toEqual([0, 1.2, 2.401])
  })

  test('a wall clock set back by an hour delays a call by one lease and one spacing at most', async () => {
    const { gateway, clock, starts } = env
    for (const n of [1, 2]) gateway.request(requestFor(n))
    await clock.pass(300)
    clock.jumped = -3_600_000
    await clock.pass(14_000)
    expect(starts()).toHaveLength(2)
    expect(Number(starts()[1]?.[0])).toBeLessThan(12.5)
  })

  test('a store that fails for a while delays the call but loses no request', async () => {
    const { build, clock, db, starts } = env
    const lanes = createLanes(db, clock)
    const warned: string[] = []
    let broken = true
    const acquire: typeof lanes.acquire = (turn) =>
      broken ? Promise.reject(new Error('gone away')) : lanes.acquire(turn)
    const log = { warn: (_: object, text: string) => void warned.push(text) }
    const ticket = build({ lanes: { ...lanes, acquire }, log }).request(requestFor(1, 'single'))
    await clock.pass(2_500)
    broken = false
    await clock.pass(1_500)
    expect(starts()).toHaveLength(1)
    expect([await outcomeOf(ticket), warned.length]).toEqual(['stored', 3])
  })

  test('a store that fails after a call blocks the lane for one lease but loses no answer', async () => {
    const { build, clock, db, starts } = env
    const lanes = createLanes(db, clock)
    let broken = true
    const release: typeof lanes.release = (lease, end) =>
      broken ? Promise.reject(new Error('gone away')) : lanes.release(lease, end)
    const gateway = build({ lanes: { ...lanes, release } })
    const tickets = [1, 2].map((n) => gateway.request(requestFor(n)))
    await clock.pass(1_000)
    broken = false
    await clock.pass(11_500)
    expect(await Promise.all(tickets.map(outcomeOf))).toEqual(['stored', 'stored'])
    expect(Number(starts()[1]?.[0])).toBeGreaterThan(11)
  })
})
