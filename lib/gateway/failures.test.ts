import { afterEach, describe, expect, test } from 'vitest'
import type { UpstreamError } from '@/lib/timpush/errors'
import { asking, question, refusal } from './testing/gateway-env'
import { endOf, onFakeClock } from './testing/on-fake-clock'

type World = Awaited<ReturnType<typeof onFakeClock>>

const timeout = refusal('transient', 'upstream_timeout')
const tooFast = refusal('slow_down', 'upstream_too_fast', 60018)
const badRequest = refusal('bad_request', 'upstream_bad_request', 90100)

let world: World

/** A world whose nth call fails with the nth of these, and whose later calls fail with `then`. */
async function failing(errors: (UpstreamError | undefined)[], then?: UpstreamError): Promise<World> {
  world = await onFakeClock((nth) => (nth <= errors.length ? errors[nth - 1] : then))
  return world
}

afterEach(() => world.close())

const times = () => world.starts().map(([at]) => Number(at))
const subjects = () => world.starts().map(([, subject]) => subject)
const lane = async () => (await world.gateway.lanes('app')).find((one) => one.endpoint === 'normal_push_statistics')

describe('a transient failure', () => {
  test('is tried again after a pause that grows with every failure, by full jitter', async () => {
    const { gateway, clock } = await failing([timeout, timeout, timeout])
    const ticket = gateway.ask(asking(1))
    await clock.pass(20_000)
    // Half of 2, 4 and 8 s after each call of 0.2 s; the gap of 1 s is shorter.
    expect(times()).toEqual([0, 1.201, 3.401, 7.601])
    expect(await endOf(ticket)).toBe('kept')
  })

  test('never pauses a lane for more than a minute', async () => {
    const { build, clock } = await failing([], timeout)
    const gateway = build({ random: () => 0.999999 })
    for (const n of [1, 2]) gateway.ask(asking(n))
    await clock.pass(900_000)
    const gaps = times()
      .slice(1)
      .map((at, i) => at - (times()[i] ?? 0))
    expect(gaps).toHaveLength(13)
    expect(gaps.slice(0, 5).map(Math.round)).toEqual([2, 4, 8, 16, 32])
    expect(Math.max(...gaps)).toBeLessThan(60.3)
    expect(Math.min(...gaps.slice(5))).toBeGreaterThan(60)
  })

  test('reaches a person after two more tries, the archive after six', async () => {
    const { gateway, clock } = await failing([], timeout)
    const person = gateway.ask(asking(1, 'single'))
    await clock.pass(60_000)
    expect([await endOf(person), times().length]).toEqual([timeout, 3])
    const background = gateway.ask(asking(2, 'fill'))
    await clock.pass(600_000)
    expect([await endOf(background), times().length]).toEqual([timeout, 10])
  })

  test('of one question lets its equals go first', async () => {
    world = await onFakeClock((_, asked) => ('from' in asked && asked.from === 3_600 ? timeout : undefined))
    for (const n of [1, 2, 3]) world.gateway.ask(asking(n))
    await world.clock.pass(4_500)
    expect(subjects()).toEqual([1, 2, 3, 1])
  })

  test('stands as the problem until the first success, and a question on a paused lane waits with an honest estimate', async () => {
    const { gateway, clock } = await failing([timeout, timeout, timeout, timeout])
    gateway.ask(asking(1))
    await clock.pass(8_000)
    const since = clock.wallMs() - 7_800
    expect(await gateway.problem('app', 'normal_push_statistics')).toEqual({
      code: 'upstream_timeout',
      upstreamCode: null,
      since,
    })
    const late = gateway.ask(asking(2, 'single'))
    expect(late.place()).toBe(1)
    expect(late.etaMs()).toBeGreaterThan(7_500)
    expect(late.etaMs()).toBeLessThan(8_200)
    expect(await lane()).toMatchObject({ state: 'paused', queue: 2, callsToday: 4, failedToday: 4 })
    expect((await lane())?.pausedUntil).toBeGreaterThan(clock.wallMs() + 7_000)
    await clock.pass(8_200)
    expect(await endOf(late)).toBe('kept')
    expect(await gateway.problem('app', 'normal_push_statistics')).toBeNull()
    expect(await lane()).toMatchObject({ pausedUntil: null, problem: null, failedToday: 4 })
  })

  test('resumed by an administrator is tried at once', async () => {
    const { build, clock } = await failing([timeout, timeout, timeout, timeout, timeout, timeout])
    const gateway = build({ random: () => 0.9 })
    gateway.ask(asking(1))
    await clock.pass(40_000)
    const before = times().length
    await gateway.resume('app')
    await clock.pass(5)
    expect(times().length).toBe(before + 1)
  })
})

describe('asked to slow down', () => {
  test('the spacing doubles, and halves again after ten clean calls', async () => {
    const { gateway, clock } = await failing([tooFast])
    for (let n = 0; n < 14; n++) gateway.ask(asking(n))
    await clock.pass(40_000)
    const gaps = times()
      .slice(1)
      .map((at, i) => Math.round((at - (times()[i] ?? 0)) * 10) / 10)
    expect(gaps).toEqual([...Array(10).fill(2.2), ...Array(4).fill(1.2)])
    expect(subjects().slice(0, 3)).toEqual([0, 0, 1])
  })

  test('again and again it doubles up to sixteen seconds; people hear of it after two more tries', async () => {
    const { gateway, clock } = await failing([], tooFast)
    const person = gateway.ask(asking(0, 'single', { question: question(0, 'query_online_status') }))
    await clock.pass(3_000)
    expect(await endOf(person)).toBe(tooFast)
    gateway.ask(asking(1, 'fill', { question: question(1, 'query_online_status') }))
    await clock.pass(200_000)
    const online = (await gateway.lanes('app')).find((one) => one.endpoint === 'query_online_status')
    expect(online).toMatchObject({ spacingMs: 16_000, failedToday: 10 })
  })

  test('twice within a minute the lanes merge into one; the online status stays apart', async () => {
    const { gateway, clock, db } = await failing([tooFast, tooFast])
    gateway.ask(asking(1))
    await clock.pass(5_000)
    expect(await db.selectFrom('apps').select('lanes_merged').execute()).toEqual([{ lanes_merged: 1 }])
    await clock.pass(20_000)
    const before = times().length
    for (const endpoint of [
      'normal_push_loss',
      'all_member_push_loss',
      'normal_push_trace',
      'query_online_status',
    ] as const) {
      gateway.ask(asking(5, 'newest', { question: question(5, endpoint) }))
    }
    await clock.pass(900)
    expect(times().length - before).toBe(2)
    await clock.pass(3_000)
    expect(times().length - before).toBe(4)
    await gateway.separate('app')
    for (const endpoint of ['normal_push_loss', 'all_member_push_loss', 'normal_push_trace'] as const) {
      gateway.ask(asking(6, 'newest', { question: question(6, endpoint) }))
    }
    await clock.pass(1_200)
    expect(times().length - before).toBe(7)
  })

  test('twice, but minutes apart, they do not', async () => {
    const { gateway, clock, db } = await failing([tooFast, undefined, tooFast])
    gateway.ask(asking(1))
    await clock.pass(70_000)
    gateway.ask(asking(2))
    await clock.pass(10_000)
    expect(await db.selectFrom('apps').select('lanes_merged').execute()).toEqual([{ lanes_merged: 0 }])
  })
})

describe('other failures', () => {
  test('a bad request is never asked again, and the lane goes on without a problem', async () => {
    const { gateway, clock } = await failing([badRequest])
    const tickets = [1, 2].map((n) => gateway.ask(asking(n)))
    await clock.pass(10_000)
    expect(await Promise.all(tickets.map(endOf))).toEqual([badRequest, 'kept'])
    expect(times()).toHaveLength(2)
    expect((await lane())?.problem).toBeNull()
  })

  test('a fault of ours on the way is not asked again, and clears no problem', async () => {
    const bug = new TypeError('undefined is not a function')
    world = await onFakeClock((nth) => {
      if (nth > 1) throw bug
      return timeout
    })
    const ticket = world.gateway.ask(asking(1))
    await world.clock.pass(10_000)
    expect([await endOf(ticket), times().length]).toEqual([bug, 2])
    expect((await lane())?.problem?.code).toBe('upstream_timeout')
  })

  test('calls are counted by day and code', async () => {
    const { gateway, clock, db } = await failing([timeout, badRequest, undefined, tooFast])
    for (const n of [1, 2, 3]) gateway.ask(asking(n))
    await clock.pass(30_000)
    const rows = await db.selectFrom('calls').select(['endpoint', 'day', 'code', 'count']).orderBy('code').execute()
    const common = { endpoint: 'normal_push_statistics', day: '2026-11-21' }
    expect(rows).toEqual([
      { ...common, code: -1, count: 1 },
      { ...common, code: 0, count: 2 },
      { ...common, code: 60018, count: 1 },
      { ...common, code: 90100, count: 1 },
    ])
  })
})
