import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createLanes } from '@/lib/store/lanes/lanes'
import { asking } from './testing/gateway-env'
import { endOf, onFakeClock } from './testing/on-fake-clock'

let world: Awaited<ReturnType<typeof onFakeClock>>
beforeEach(async () => {
  world = await onFakeClock()
})

afterEach(() => world.close())

describe('clocks and stores that misbehave', () => {
  test('a lease that grew old before the call is given back, and taken anew', async () => {
    const { gateway, clock, starts } = world
    const stalls = [1_500, 0]
    const satisfied = async () => {
      await clock.sleep(stalls.shift() ?? 0, new AbortController().signal)
      return false
    }
    gateway.ask(asking(1, 'single', { satisfied }))
    await clock.pass(1_499)
    expect(starts()).toEqual([])
    await clock.pass(2_000)
    expect(starts()).toEqual([[1.5, 1]])
    expect(stalls).toEqual([])
  })

  test('a wall clock set forward brings no call early', async () => {
    const { gateway, clock, starts } = world
    for (const n of [1, 2]) gateway.ask(asking(n))
    await clock.pass(300)
    clock.jumped = 3_600_000
    gateway.ask(asking(3, 'single'))
    await clock.pass(3_000)
    expect(starts().map(([at]) => at)).toEqual([0, 1.2, 2.401])
  })

  test('a wall clock set back costs one lease and one spacing, not the hour', async () => {
    const { gateway, clock, starts } = world
    for (const n of [1, 2]) gateway.ask(asking(n))
    await clock.pass(300)
    clock.jumped = -3_600_000
    await clock.pass(14_000)
    expect(starts()).toHaveLength(2)
    expect(Number(starts()[1]?.[0])).toBeLessThan(12.5)
  })

  test('a store that fails for a while delays the call and loses no question', async () => {
    const { build, clock, db, starts } = world
    const lanes = createLanes(db, clock)
    const warned: string[] = []
    let broken = true
    const acquire: typeof lanes.acquire = (turn) =>
      broken ? Promise.reject(new Error('gone away')) : lanes.acquire(turn)
    const log = { warn: (_: object, text: string) => void warned.push(text) }
    const ticket = build({ lanes: { ...lanes, acquire }, log }).ask(asking(1, 'single'))
    await clock.pass(2_500)
    broken = false
    await clock.pass(1_500)
    expect(starts()).toHaveLength(1)
    expect([await endOf(ticket), warned.length]).toEqual(['kept', 3])
  })

  test('a store that fails at the end of a call costs the time of a lease, not the answer', async () => {
    const { build, clock, db, starts } = world
    const lanes = createLanes(db, clock)
    let broken = true
    const release: typeof lanes.release = (lease, end) =>
      broken ? Promise.reject(new Error('gone away')) : lanes.release(lease, end)
    const gateway = build({ lanes: { ...lanes, release } })
    const tickets = [1, 2].map((n) => gateway.ask(asking(n)))
    await clock.pass(1_000)
    broken = false
    await clock.pass(11_500)
    expect(await Promise.all(tickets.map(endOf))).toEqual(['kept', 'kept'])
    expect(Number(starts()[1]?.[0])).toBeGreaterThan(11)
  })
})
