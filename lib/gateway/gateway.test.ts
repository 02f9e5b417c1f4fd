import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createLanes } from '@/lib/store/lanes/lanes'
import { changeApp } from '@/lib/store/testing/lanes'
import { openFakeClockEnv, outcomeOf } from './testing/fake-clock-env'
import { question, requestFor, upstreamApp } from './testing/gateway-env'

let env: Awaited<ReturnType<typeof openFakeClockEnv>>
const unhandled: unknown[] = []
const onUnhandled = (reason: unknown) => unhandled.push(reason)

beforeEach(async () => {
  process.on('unhandledRejection', onUnhandled)
  env = await openFakeClockEnv()
})

afterEach(async () => {
  await env.close()
  process.off('unhandledRejection', onUnhandled)
  expect(unhandled).toEqual([])
})

describe('the order of requests', () => {
  test('is strictly by priority, then first come, first served', async () => {
    const { gateway, clock, starts } = env
    const priorities = ['fill', 'newest', 'bulk', 'settling', 'single', 'fill', 'single', 'newest'] as const
    priorities.forEach((priority, n) => void gateway.request(requestFor(n, priority)))
    await clock.pass(12_000)
    expect(starts().map(([, n]) => n)).toEqual([4, 6, 2, 1, 7, 3, 0, 5])
  })

  test('serves a person who comes later in the next slot', async () => {
    const { gateway, clock, starts } = env
    for (const n of [1, 2, 3]) gateway.request(requestFor(n, 'fill'))
    await clock.pass(1_000)
    gateway.request(requestFor(9, 'single'))
    await clock.pass(8_000)
    expect(starts().map(([, n]) => n)).toEqual([1, 9, 2, 3])
  })

  test('raises a shared request to the highest priority of its callers, behind those already waiting', async () => {
    const { gateway, clock, starts } = env
    const fills = [1, 2, 3].map((n) => gateway.request(requestFor(n, 'fill')))
    gateway.request(requestFor(8, 'single'))
    const same = gateway.request(requestFor(3, 'single'))
    gateway.request(requestFor(3, 'fill'))
    expect(fills.map((ticket) => ticket.place())).toEqual([3, 4, 2])
    expect(same.place()).toBe(2)
    await clock.pass(8_000)
    expect(starts().map(([, n]) => n)).toEqual([8, 3, 1, 2])
    expect(await outcomeOf(same)).toBe('stored')
  })

  test('also holds across the endpoints of a merged app within one tick', async () => {
    const { gateway, clock, db, starts } = env
    await changeApp(db, { lanes_merged: 1 })
    gateway.request(requestFor(0))
    await clock.pass(5_000)
    gateway.request(requestFor(1, 'fill'))
    gateway.request(requestFor(2, 'single', { question: question(2, 'normal_push_loss') }))
    await clock.pass(3_000)
    expect(starts().map(([, n]) => n)).toEqual([0, 2, 1])
  })

  test('is checked again when a person comes while the lane learns that it must wait', async () => {
    const { build, clock, db, starts } = env
    const lanes = createLanes(db, clock)
    const acquire: typeof lanes.acquire = async (turn) => {
      if (turn.interactive) return await lanes.acquire(turn)
      await clock.sleep(10, new AbortController().signal)
      return { kind: 'wait', ms: 1_000, held: false, startedAtMs: null }
    }
    const gateway = build({ lanes: { ...lanes, acquire } })
    gateway.request(requestFor(1, 'fill'))
    await clock.pass(5)
    gateway.request(requestFor(2, 'single'))
    await clock.pass(100)
    expect(starts()).toEqual([[0.01, 2]])
  })

  test('applies per lane: endpoints and apps do not wait for each other', async () => {
    const { gateway, clock, starts } = env
    gateway.request(requestFor(1))
    gateway.request(requestFor(2, 'fill', { question: question(2, 'normal_push_loss') }))
    await clock.pass(100)
    expect(starts()).toHaveLength(2)
  })

  test('does not delay the online status, which has its own lane at 20 calls per second', async () => {
    const { gateway, clock, starts } = env
    for (const n of [1, 2, 3, 4]) {
      gateway.request(requestFor(n, 'single', { question: question(n, 'query_online_status') }))
    }
    await clock.pass(1_100)
    expect(starts()).toHaveLength(4)
  })
})

describe('place and estimate', () => {
  test('counts from the next call; the estimate matches when the answer comes', async () => {
    const { gateway, clock } = env
    const tickets = [1, 2, 3, 4].map((n) => gateway.request(requestFor(n)))
    await clock.pass(300)
    expect(tickets.map((ticket) => ticket.place())).toEqual([null, 1, 2, 3])
    const ends: number[] = []
    for (const ticket of tickets) void ticket.done.then(() => ends.push(clock.monotonicMs()))
    const expected = tickets.map((ticket) => clock.monotonicMs() + (ticket.etaMs() ?? 0))
    await clock.pass(6_000)
    expect(ends).toHaveLength(4)
    ends.slice(1).forEach((end, i) => void expect(Math.abs(end - (expected[i + 1] ?? 0))).toBeLessThan(150))
    expect(tickets.map((ticket) => [ticket.place(), ticket.etaMs()])).toEqual(Array(4).fill([null, null]))
  })

  test('of a call in flight is the rest of the usual duration', async () => {
    const { gateway, clock } = env
    const ticket = gateway.request(requestFor(1))
    await clock.pass(150)
    expect([ticket.place(), ticket.etaMs()]).toEqual([null, 150])
  })
})

describe('an answer', () => {
  test('is stored before the lane is free and before any caller is informed', async () => {
    const { gateway, clock, starts } = env
    const kept: string[] = []
    const keep = async () => {
      await clock.sleep(5_000, new AbortController().signal)
      kept.push(`${clock.monotonicMs()}`)
    }
    const first = gateway.request(requestFor(1, 'single', { storeAnswer: keep }))
    const second = gateway.request(requestFor(2, 'single'))
    await clock.pass(5_100)
    expect([await outcomeOf(first), second.place()]).toEqual(['open', 1])
    await clock.pass(1_200)
    expect(kept).toEqual(['5200'])
    expect(await outcomeOf(first)).toBe('stored')
    expect(starts().map(([at]) => at)).toEqual([0, 6.201])
  })

  test('that could not be stored fails its callers; the lane continues without a problem', async () => {
    const { gateway, clock } = env
    const full = new Error('disk full')
    const first = gateway.request(requestFor(1, 'single', { storeAnswer: () => Promise.reject(full) }))
    const second = gateway.request(requestFor(2, 'single'))
    await clock.pass(3_000)
    expect([await outcomeOf(first), await outcomeOf(second)]).toEqual([full, 'stored'])
    expect(await gateway.problem('app', 'normal_push_statistics')).toBeNull()
    expect((await gateway.lanes('app')).map((lane) => lane.failedToday)).toEqual(Array(7).fill(0))
  })

  test('stored in the meantime is found after taking the lease: no call and no used slot', async () => {
    const { gateway, clock, starts } = env
    gateway.request(requestFor(1))
    const held = gateway.request(requestFor(2, 'newest', { satisfied: async () => true }))
    gateway.request(requestFor(3))
    await clock.pass(2_000)
    expect(await outcomeOf(held)).toBe('satisfied')
    expect(starts()).toEqual([
      [0, 1],
      [1.202, 3],
    ])
  })

  test('is fetched for everyone if one caller needs a new one', async () => {
    const { gateway, clock, starts } = env
    const easy = gateway.request(requestFor(1, 'single', { satisfied: async () => true }))
    gateway.request(requestFor(1, 'single'))
    await clock.pass(1_000)
    expect(starts()).toHaveLength(1)
    expect(await outcomeOf(easy)).toBe('stored')
  })

  test('requested again after it arrived is a new call', async () => {
    const { gateway, clock, starts } = env
    for (let i = 0; i < 2; i++) {
      gateway.request(requestFor(1))
      await clock.pass(2_000)
    }
    expect(starts()).toHaveLength(2)
  })

  test('is not fetched when the check of the store fails', async () => {
    const { gateway, clock, starts } = env
    const broken = new Error('no database')
    const ticket = gateway.request(requestFor(1, 'single', { satisfied: () => Promise.reject(broken) }))
    await clock.pass(3_000)
    expect([await outcomeOf(ticket), starts()]).toEqual([broken, []])
  })
})

describe('two replicas', () => {
  test('let background work of one yield to a person at the other', async () => {
    const { build, clock, starts } = env
    const [one, two] = [build({ owner: 'one' }), build({ owner: 'two' })]
    for (let n = 10; n < 16; n++) one.request(requestFor(n, 'fill'))
    await clock.pass(100)
    for (let n = 1; n <= 3; n++) two.request(requestFor(n, 'single'))
    await clock.pass(16_000)
    expect(starts().map(([, n]) => n)).toEqual([10, 1, 2, 3, 11, 12, 13, 14, 15])
  })

  test('keep yielding while the person waits for many seconds', async () => {
    const { build, clock, db, starts } = env
    const lanes = createLanes(db, clock)
    const release: typeof lanes.release = async (lease, end) => {
      const twice = await lanes.release(lease, end)
      await clock.sleep(9, new AbortController().signal) // The reply of the database takes time.
      return twice
    }
    const [one, two] = [build({ owner: 'one', lanes: { ...lanes, release } }), build({ owner: 'two' })]
    one.request(requestFor(0))
    await clock.pass(2_000)
    await db.updateTable('lanes').set({ spacing_ms: 8_000 }).execute()
    one.request(requestFor(1))
    await clock.pass(500)
    two.request(requestFor(2, 'fill'))
    await clock.pass(200)
    one.request(requestFor(3, 'single'))
    await clock.pass(20_000)
    expect(starts()).toEqual([
      [0, 0],
      [2, 1],
      [10.209, 3],
      [18.41, 2],
    ])
  })
})

describe('stopping', () => {
  test('the gateway stores answers in flight, fails waiting requests, and makes no new call', async () => {
    const { gateway, clock, starts } = env
    const tickets = [1, 2].map((n) => gateway.request(requestFor(n)))
    await clock.pass(100)
    let ended = false
    void gateway.stop().then(() => {
      ended = true
    })
    const late = gateway.request(requestFor(3, 'single'))
    expect(ended).toBe(false)
    await clock.pass(5_000)
    expect(ended).toBe(true)
    expect(starts()).toHaveLength(1)
    expect(await outcomeOf(tickets[0] as (typeof tickets)[0])).toBe('stored')
    expect(await Promise.all([tickets[1] as (typeof tickets)[0], late].map(outcomeOf))).toMatchObject([
      { code: 'unavailable' },
      { code: 'unavailable' },
    ])
    expect((await gateway.lanes('app')).find((lane) => lane.callsToday > 0)?.state).toBe('idle')
  })

  test('the gateway does not wait for a pause to end', async () => {
    const { gateway, clock } = env
    for (const n of [1, 2]) gateway.request(requestFor(n))
    await clock.pass(500)
    let ended = false
    void gateway.stop().then(() => {
      ended = true
    })
    await clock.pass(0)
    expect(ended).toBe(true)
  })

  test('a removed app fails its requests', async () => {
    const { gateway, clock, db, starts } = env
    const never = gateway.request(requestFor(1, 'single', { app: upstreamApp('nobody') }))
    const tickets = [1, 2].map((n) => gateway.request(requestFor(n)))
    await clock.pass(100)
    await changeApp(db, { removed_at: 1 })
    await clock.pass(2_000)
    expect(await outcomeOf(never)).toMatchObject({ code: 'not_found' })
    expect(await Promise.all(tickets.map(outcomeOf))).toMatchObject(['stored', { code: 'not_found' }])
    expect(starts()).toHaveLength(1)
    expect(await gateway.lanes('app')).toEqual([])
  })
})
