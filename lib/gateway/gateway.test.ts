import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createLanes } from '@/lib/store/lanes/lanes'
import { changeApp } from '@/lib/store/testing/lanes'
import { asking, question, upstreamApp } from './testing/gateway-env'
import { endOf, onFakeClock } from './testing/on-fake-clock'

let world: Awaited<ReturnType<typeof onFakeClock>>
const unheard: unknown[] = []
const hear = (reason: unknown) => unheard.push(reason)

beforeEach(async () => {
  process.on('unhandledRejection', hear)
  world = await onFakeClock()
})

afterEach(async () => {
  await world.close()
  process.off('unhandledRejection', hear)
  expect(unheard).toEqual([])
})

describe('the order of questions', () => {
  test('is strictly by priority, and first come first served inside one', async () => {
    const { gateway, clock, starts } = world
    const asked = ['fill', 'newest', 'bulk', 'settling', 'single', 'fill', 'single', 'newest'] as const
    asked.forEach((priority, n) => void gateway.ask(asking(n, priority)))
    await clock.pass(12_000)
    expect(starts().map(([, n]) => n)).toEqual([4, 6, 2, 1, 7, 3, 0, 5])
  })

  test('a person who comes later is served in the next slot', async () => {
    const { gateway, clock, starts } = world
    for (const n of [1, 2, 3]) gateway.ask(asking(n, 'fill'))
    await clock.pass(1_000)
    gateway.ask(asking(9, 'single'))
    await clock.pass(8_000)
    expect(starts().map(([, n]) => n)).toEqual([1, 9, 2, 3])
  })

  test('a later asker of higher priority lifts the question for everyone, behind those already there', async () => {
    const { gateway, clock, starts } = world
    const fills = [1, 2, 3].map((n) => gateway.ask(asking(n, 'fill')))
    gateway.ask(asking(8, 'single'))
    const same = gateway.ask(asking(3, 'single'))
    gateway.ask(asking(3, 'fill'))
    expect(fills.map((ticket) => ticket.place())).toEqual([3, 4, 2])
    expect(same.place()).toBe(2)
    await clock.pass(8_000)
    expect(starts().map(([, n]) => n)).toEqual([8, 3, 1, 2])
    expect(await endOf(same)).toBe('kept')
  })

  test('holds in one tick also over the endpoints of a merged app', async () => {
    const { gateway, clock, db, starts } = world
    await changeApp(db, { lanes_merged: 1 })
    gateway.ask(asking(0))
    await clock.pass(5_000)
    gateway.ask(asking(1, 'fill'))
    gateway.ask(asking(2, 'single', { question: question(2, 'normal_push_loss') }))
    await clock.pass(3_000)
    expect(starts().map(([, n]) => n)).toEqual([0, 2, 1])
  })

  test('is looked at anew when a person comes while the lane is being told to wait', async () => {
    const { build, clock, db, starts } = world
    const lanes = createLanes(db, clock)
    const acquire: typeof lanes.acquire = async (turn) => {
      if (turn.interactive) return await lanes.acquire(turn)
      await clock.sleep(10, new AbortController().signal)
      return { kind: 'wait', ms: 1_000, held: false }
    }
    const gateway = build({ lanes: { ...lanes, acquire } })
    gateway.ask(asking(1, 'fill'))
    await clock.pass(5)
    gateway.ask(asking(2, 'single'))
    await clock.pass(100)
    expect(starts()).toEqual([[0.01, 2]])
  })

  test('lanes of endpoints and apps do not wait for one another', async () => {
    const { gateway, clock, starts } = world
    gateway.ask(asking(1))
    gateway.ask(asking(2, 'fill', { question: question(2, 'normal_push_loss') }))
    await clock.pass(100)
    expect(starts()).toHaveLength(2)
  })

  test('the online status has its own lane with twenty calls a second', async () => {
    const { gateway, clock, starts } = world
    for (const n of [1, 2, 3, 4]) {
      gateway.ask(asking(n, 'single', { question: question(n, 'query_online_status') }))
    }
    await clock.pass(1_100)
    expect(starts()).toHaveLength(4)
  })
})

describe('place and estimate', () => {
  test('count from the next call; the estimate is when the answer comes', async () => {
    const { gateway, clock } = world
    const tickets = [1, 2, 3, 4].map((n) => gateway.ask(asking(n)))
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

  test('of a call in flight is what is left of the usual time', async () => {
    const { gateway, clock } = world
    const ticket = gateway.ask(asking(1))
    await clock.pass(150)
    expect([ticket.place(), ticket.etaMs()]).toEqual([null, 150])
  })
})

describe('an answer', () => {
  test('is kept before the lane is free and before anyone is told', async () => {
    const { gateway, clock, starts } = world
    const kept: string[] = []
    const keep = async () => {
      await clock.sleep(5_000, new AbortController().signal)
      kept.push(`${clock.monotonicMs()}`)
    }
    const first = gateway.ask(asking(1, 'single', { keep }))
    const second = gateway.ask(asking(2, 'single'))
    await clock.pass(5_100)
    expect([await endOf(first), second.place()]).toEqual(['open', 1])
    await clock.pass(1_200)
    expect(kept).toEqual(['5200'])
    expect(await endOf(first)).toBe('kept')
    expect(starts().map(([at]) => at)).toEqual([0, 6.201])
  })

  test('that could not be kept is the failure of its askers; the lane goes on and has no problem', async () => {
    const { gateway, clock } = world
    const full = new Error('disk full')
    const first = gateway.ask(asking(1, 'single', { keep: () => Promise.reject(full) }))
    const second = gateway.ask(asking(2, 'single'))
    await clock.pass(3_000)
    expect([await endOf(first), await endOf(second)]).toEqual([full, 'kept'])
    expect(await gateway.problem('app', 'normal_push_statistics')).toBeNull()
    expect((await gateway.lanes('app')).map((lane) => lane.failedToday)).toEqual(Array(7).fill(0))
  })

  test('held meanwhile is asked for after the lease was taken: no call, and the slot is not spent', async () => {
    const { gateway, clock, starts } = world
    gateway.ask(asking(1))
    const held = gateway.ask(asking(2, 'newest', { satisfied: async () => true }))
    gateway.ask(asking(3))
    await clock.pass(2_000)
    expect(await endOf(held)).toBe('satisfied')
    expect(starts()).toEqual([
      [0, 1],
      [1.202, 3],
    ])
  })

  test('one asker who accepts nothing held makes it a call for everyone', async () => {
    const { gateway, clock, starts } = world
    const easy = gateway.ask(asking(1, 'single', { satisfied: async () => true }))
    gateway.ask(asking(1, 'single'))
    await clock.pass(1_000)
    expect(starts()).toHaveLength(1)
    expect(await endOf(easy)).toBe('kept')
  })

  test('asked for again after it came is a new call', async () => {
    const { gateway, clock, starts } = world
    for (let i = 0; i < 2; i++) {
      gateway.ask(asking(1))
      await clock.pass(2_000)
    }
    expect(starts()).toHaveLength(2)
  })

  test('is not asked for when looking whether it is held fails', async () => {
    const { gateway, clock, starts } = world
    const broken = new Error('no database')
    const ticket = gateway.ask(asking(1, 'single', { satisfied: () => Promise.reject(broken) }))
    await clock.pass(3_000)
    expect([await endOf(ticket), starts()]).toEqual([broken, []])
  })
})

describe('two replicas', () => {
  test('background of one yields to a person who waits at the other', async () => {
    const { build, clock, starts } = world
    const [one, two] = [build({ owner: 'one' }), build({ owner: 'two' })]
    for (let n = 10; n < 16; n++) one.ask(asking(n, 'fill'))
    await clock.pass(100)
    for (let n = 1; n <= 3; n++) two.ask(asking(n, 'single'))
    await clock.pass(16_000)
    expect(starts().map(([, n]) => n)).toEqual([10, 1, 2, 3, 11, 12, 13, 14, 15])
  })

  test('keep yielding while the person waits for many seconds', async () => {
    const { build, clock, db, starts } = world
    const lanes = createLanes(db, clock)
    const release: typeof lanes.release = async (lease, end) => {
      const twice = await lanes.release(lease, end)
      await clock.sleep(9, new AbortController().signal) // The way back from the database.
      return twice
    }
    const [one, two] = [build({ owner: 'one', lanes: { ...lanes, release } }), build({ owner: 'two' })]
    one.ask(asking(0))
    await clock.pass(2_000)
    await db.updateTable('lanes').set({ spacing_ms: 8_000 }).execute()
    one.ask(asking(1))
    await clock.pass(500)
    two.ask(asking(2, 'fill'))
    await clock.pass(200)
    one.ask(asking(3, 'single'))
    await clock.pass(20_000)
    expect(starts()).toEqual([
      [0, 0],
      [2, 1],
      [10.209, 3],
      [18.41, 2],
    ])
  })
})

describe('the end', () => {
  test('of the server: what is in flight is kept, what waits is refused, nothing new is called', async () => {
    const { gateway, clock, starts } = world
    const tickets = [1, 2].map((n) => gateway.ask(asking(n)))
    await clock.pass(100)
    let ended = false
    void gateway.stop().then(() => {
      ended = true
    })
    const late = gateway.ask(asking(3, 'single'))
    expect(ended).toBe(false)
    await clock.pass(5_000)
    expect(ended).toBe(true)
    expect(starts()).toHaveLength(1)
    expect(await endOf(tickets[0] as (typeof tickets)[0])).toBe('kept')
    expect(await Promise.all([tickets[1] as (typeof tickets)[0], late].map(endOf))).toMatchObject([
      { code: 'unavailable' },
      { code: 'unavailable' },
    ])
    expect((await gateway.lanes('app')).find((lane) => lane.callsToday > 0)?.state).toBe('idle')
  })

  test('of the server does not wait for a pause', async () => {
    const { gateway, clock } = world
    for (const n of [1, 2]) gateway.ask(asking(n))
    await clock.pass(500)
    let ended = false
    void gateway.stop().then(() => {
      ended = true
    })
    await clock.pass(0)
    expect(ended).toBe(true)
  })

  test('of an app: its questions are refused', async () => {
    const { gateway, clock, db, starts } = world
    const never = gateway.ask(asking(1, 'single', { app: upstreamApp('nobody') }))
    const tickets = [1, 2].map((n) => gateway.ask(asking(n)))
    await clock.pass(100)
    await changeApp(db, { removed_at: 1 })
    await clock.pass(2_000)
    expect(await endOf(never)).toMatchObject({ code: 'not_found' })
    expect(await Promise.all(tickets.map(endOf))).toMatchObject(['kept', { code: 'not_found' }])
    expect(starts()).toHaveLength(1)
    expect(await gateway.lanes('app')).toEqual([])
  })
})
