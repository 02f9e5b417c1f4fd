import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { changeApp } from '@/lib/store/testing/lanes'
import { asking, question, refusal } from './testing/gateway-env'
import { onFakeClock } from './testing/on-fake-clock'

type World = Awaited<ReturnType<typeof onFakeClock>>

const tooFast = refusal('slow_down', 'upstream_too_fast', 60018)
const usedUp = refusal('credential', 'upstream_quota', 60028)

let world: World
/** What the nth call fails with. */
let fails: Record<number, typeof tooFast>

beforeEach(async () => {
  fails = {}
  world = await onFakeClock((nth) => fails[nth])
})
afterEach(() => world.close())

const times = () => world.starts().map(([at]) => Number(at))
const spacing = async (endpoint: string) =>
  (await world.gateway.lanes('app')).find((one) => one.endpoint === endpoint)?.spacingMs
const ask = (...all: number[]) => {
  for (const n of all) world.gateway.ask(asking(n))
}

describe('“use at most every n s”', () => {
  test('holds from the gap that runs on, and ends at once', async () => {
    const { gateway, clock } = world
    ask(1, 2, 3, 4)
    await clock.pass(1_500)
    expect(times()).toEqual([0, 1.201])
    await gateway.pace('app', 5_000)
    await clock.pass(5_600)
    expect(times()).toEqual([0, 1.201, 6.402])
    await clock.pass(2_000)
    await gateway.pace('app', null)
    await clock.pass(1_000)
    expect(times()).toHaveLength(4)
    expect(times()[3]).toBeLessThan(9.2)
  })

  test('that is set while a call is under way holds after it', async () => {
    const { gateway, clock } = world
    ask(1, 2)
    await clock.pass(100)
    await gateway.pace('app', 5_000)
    await clock.pass(4_000)
    expect(times()).toEqual([0])
    await clock.pass(2_000)
    expect(times()).toEqual([0, 5.201])
  })

  test('is never faster than the server’s own pace, and leaves the lane apart alone', async () => {
    const { gateway, clock } = world
    await gateway.pace('app', 20)
    ask(1, 2)
    await clock.pass(3_000)
    expect(times()).toEqual([0, 1.201])
    await gateway.pace('app', 9_000)
    expect(await spacing('normal_push_trace')).toBe(9_000)
    expect(await spacing('query_online_status')).toBe(50)
  })

  test('is what a lane that was slowed down eases back to', async () => {
    const { gateway, clock } = world
    await gateway.pace('app', 3_000)
    fails = { 1: tooFast }
    ask(1)
    await clock.pass(1_000)
    expect(await spacing('normal_push_statistics')).toBe(6_000)
    ask(...Array.from({ length: 12 }, (_, i) => i + 2))
    await clock.pass(120_000)
    expect(await spacing('normal_push_statistics')).toBe(3_000)
  })

  test('reaches other replicas, also at sixty seconds, which is no clock that was set back', async () => {
    const { gateway, clock, build } = world
    const other = build({ owner: 'two' })
    ask(1)
    await clock.pass(300)
    await gateway.pace('app', 60_000)
    other.ask(asking(2))
    await clock.pass(59_000)
    expect(times()).toEqual([0])
    await clock.pass(2_000)
    expect(times()).toEqual([0, 60.201])
  })
})

describe('slow-downs although the spacing was kept', () => {
  test('are told with their time, and the lanes are one until they are parted', async () => {
    const { gateway, clock, db } = world
    fails = { 1: tooFast, 2: tooFast }
    gateway.ask(asking(1))
    gateway.ask(asking(2, 'newest', { question: question(2, 'normal_push_loss') }))
    await clock.pass(10_000)
    const lanes = await gateway.lanes('app')
    const started = clock.wallMs() - 10_000
    const slowed = lanes.flatMap(({ slowedAt }) => (slowedAt === null ? [] : slowedAt - started))
    expect(slowed.length).toBeGreaterThan(0)
    expect(Math.max(...slowed)).toBeLessThan(3_000)
    const merged = async () =>
      (await db.selectFrom('apps').select('lanes_merged').executeTakeFirstOrThrow()).lanes_merged
    expect(await merged()).toBe(1)
    await gateway.separate('app')
    expect(await merged()).toBe(0)
  })
})

describe('a quota that is used up', () => {
  test('stops the app until a little after midnight at its offset', async () => {
    const { gateway, clock, db } = world
    fails = { 1: usedUp }
    ask(1)
    await clock.pass(1_000)
    const { stopped_code, stopped_until } = await db.selectFrom('apps').selectAll().executeTakeFirstOrThrow()
    expect(stopped_code).toBe('upstream_quota')
    // The clock of this test stands at 16:00 of 21 November, at +08:00.
    expect(new Date(Number(stopped_until) * 1_000).toISOString()).toBe('2026-11-21T16:05:00.000Z')
    expect(await gateway.problem('app', 'normal_push_trace')).toMatchObject({
      code: 'upstream_quota',
      until: Date.parse('2026-11-21T16:05:00Z'),
    })
  })

  test('is the only stop that ends by itself', async () => {
    const { clock, db, gateway } = world
    fails = { 1: refusal('credential', 'upstream_credential', 70009) }
    ask(1)
    await clock.pass(1_000)
    expect(await gateway.problem('app', 'normal_push_trace')).not.toHaveProperty('until')
    await changeApp(db, { stopped_code: null })
  })
})
