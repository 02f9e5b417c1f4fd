import { afterEach, describe, expect, test } from 'vitest'
import type { UpstreamError } from '@/lib/timpush/errors'
import { openFakeClockEnv, outcomeOf } from './testing/fake-clock-env'
import { question, refusal, requestFor } from './testing/gateway-env'

type Env = Awaited<ReturnType<typeof openFakeClockEnv>>

const timeout = refusal('transient', 'upstream_timeout')
const tooFast = refusal('slow_down', 'upstream_too_fast', 60018)
const badRequest = refusal('bad_request', 'upstream_bad_request', 90100)

let env: Env

/** Opens an environment whose nth call fails with the nth error, and whose later calls fail with `then`. */
async function failing(errors: (UpstreamError | undefined)[], then?: UpstreamError): Promise<Env> {
  env = await openFakeClockEnv((nth) => (nth <= errors.length ? errors[nth - 1] : then))
  return env
}

afterEach(() => env.close())

const times = () => env.starts().map(([at]) => Number(at))
const subjects = () => env.starts().map(([, subject]) => subject)
const lane = async () => (await env.gateway.lanes('app')).find((one) => one.endpoint === 'normal_push_statistics')

describe('a transient failure', () => {
  test('is retried after a pause with full jitter that grows with every failure', async () => {
    const { gateway, clock } = await failing([timeout, timeout, timeout])
    const ticket = gateway.request(requestFor(1))
    await clock.pass(20_000)
    // The pauses are half of 2, 4 and 8 s after each call of 0.2 s. The gap of 1 s is shorter.
    expect(times()).toEqual([0, 1.201, 3.401, 7.601])
    expect(await outcomeOf(ticket)).toBe('stored')
  })

  test('never pauses a lane for more than a minute', async () => {
    const { build, clock } = await failing([], timeout)
    const gateway = build({ random: () => 0.999999 })
    for (const n of [1, 2]) gateway.request(requestFor(n))
    await clock.pass(900_000)
    const gaps = times()
      .slice(1)
      .map((at, i) => at - (times()[i] ?? 0))
    expect(gaps).toHaveLength(13)
    expect(gaps.slice(0, 5).map(Math.round)).toEqual([2, 4, 8, 16, 32])
    expect(Math.max(...gaps)).toBeLessThan(60.3)
    expect(Math.min(...gaps.slice(5))).toBeGreaterThan(60)
  })

  test('is reported to a person after two retries, to the archive after six', async () => {
    const { gateway, clock } = await failing([], timeout)
    const person = gateway.request(requestFor(1, 'single'))
    await clock.pass(60_000)
    expect([await outcomeOf(person), times().length]).toEqual([timeout, 3])
    const background = gateway.request(requestFor(2, 'fill'))
    await clock.pass(600_000)
    expect([await outcomeOf(background), times().length]).toEqual([timeout, 10])
  })

  test('puts the request behind others of the same priority', async () => {
    env = await openFakeClockEnv((_, asked) => ('from' in asked && asked.from === 3_600 ? timeout : undefined))
    for (const n of [1, 2, 3]) env.gateway.request(requestFor(n))
    await env.clock.pass(4_500)
    expect(subjects()).toEqual([1, 2, 3, 1])
  })

  test('is the lane’s problem until the first success; a request on a paused lane gets a correct estimate', async () => {
    const { gateway, clock } = await failing([timeout, timeout, timeout, timeout])
    gateway.request(requestFor(1))
    await clock.pass(8_000)
    const since = clock.wallMs() - 7_800
    expect(await gateway.problem('app', 'normal_push_statistics')).toEqual({
      code: 'upstream_timeout',
      upstreamCode: null,
      since,
    })
    const late = gateway.request(requestFor(2, 'single'))
    expect(late.place()).toBe(1)
    expect(late.etaMs()).toBeGreaterThan(7_500)
    expect(late.etaMs()).toBeLessThan(8_200)
    expect(await lane()).toMatchObject({ state: 'paused', queue: 2, callsToday: 4, failedToday: 4 })
    expect((await lane())?.pausedUntil).toBeGreaterThan(clock.wallMs() + 7_000)
    await clock.pass(8_200)
    expect(await outcomeOf(late)).toBe('stored')
    expect(await gateway.problem('app', 'normal_push_statistics')).toBeNull()
    expect(await lane()).toMatchObject({ pausedUntil: null, problem: null, failedToday: 4 })
  })

  test('is retried at once when an administrator resumes the app', async () => {
    const { build, clock } = await failing([timeout, timeout, timeout, timeout, timeout, timeout])
    const gateway = build({ random: () => 0.9 })
    gateway.request(requestFor(1))
    await clock.pass(40_000)
    const before = times().length
    await gateway.resume('app')
    await clock.pass(5)
    expect(times().length).toBe(before + 1)
  })
})

describe('a slow-down answer', () => {
  test('doubles the spacing, which halves again after ten calls without a slow-down', async () => {
    const { gateway, clock } = await failing([tooFast])
    for (let n = 0; n < 14; n++) gateway.request(requestFor(n))
    await clock.pass(40_000)
    const gaps = times()
      .slice(1)
      .map((at, i) => Math.round((at - (times()[i] ?? 0)) * 10) / 10)
    expect(gaps).toEqual([...Array(10).fill(2.2), ...Array(4).fill(1.2)])
    expect(subjects().slice(0, 3)).toEqual([0, 0, 1])
  })

  test('repeated, doubles the spacing up to sixteen seconds; a person gets the error after two retries', async () => {
    const { gateway, clock } = await failing([], tooFast)
    const person = gateway.request(requestFor(0, 'single', { question: question(0, 'query_online_status') }))
    await clock.pass(3_000)
    expect(await outcomeOf(person)).toBe(tooFast)
    gateway.request(requestFor(1, 'fill', { question: question(1, 'query_online_status') }))
    await clock.pass(200_000)
    const online = (await gateway.lanes('app')).find((one) => one.endpoint === 'query_online_status')
    expect(online).toMatchObject({ spacingMs: 16_000, failedToday: 10 })
  })

  test('twice within a minute merges the lanes into one; the online status keeps its own', async () => {
    const { gateway, clock, db } = await failing([tooFast, tooFast])
    gateway.request(requestFor(1))
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
      gateway.request(requestFor(5, 'newest', { question: question(5, endpoint) }))
    }
    await clock.pass(900)
    expect(times().length - before).toBe(2)
    await clock.pass(3_000)
    expect(times().length - before).toBe(4)
    await gateway.separate('app')
    for (const endpoint of ['normal_push_loss', 'all_member_push_loss', 'normal_push_trace'] as const) {
      gateway.request(requestFor(6, 'newest', { question: question(6, endpoint) }))
    }
    await clock.pass(1_200)
    expect(times().length - before).toBe(7)
  })

  test('twice, but minutes apart, does not merge the lanes', async () => {
    const { gateway, clock, db } = await failing([tooFast, undefined, tooFast])
    gateway.request(requestFor(1))
    await clock.pass(70_000)
    gateway.request(requestFor(2))
    await clock.pass(10_000)
    expect(await db.selectFrom('apps').select('lanes_merged').execute()).toEqual([{ lanes_merged: 0 }])
  })
})

describe('other failures', () => {
  test('a bad request is never retried and leaves the lane without a problem', async () => {
    const { gateway, clock } = await failing([badRequest])
    const tickets = [1, 2].map((n) => gateway.request(requestFor(n)))
    await clock.pass(10_000)
    expect(await Promise.all(tickets.map(outcomeOf))).toEqual([badRequest, 'stored'])
    expect(times()).toHaveLength(2)
    expect((await lane())?.problem).toBeNull()
  })

  test('an internal error during the call is not retried and does not clear the lane’s problem', async () => {
    const bug = new TypeError('undefined is not a function')
    env = await openFakeClockEnv((nth) => {
      if (nth > 1) throw bug
      return timeout
    })
    const ticket = env.gateway.request(requestFor(1))
    await env.clock.pass(10_000)
    expect([await outcomeOf(ticket), times().length]).toEqual([bug, 2])
    expect((await lane())?.problem?.code).toBe('upstream_timeout')
  })

  test('calls are counted per day and code', async () => {
    const { gateway, clock, db } = await failing([timeout, badRequest, undefined, tooFast])
    for (const n of [1, 2, 3]) gateway.request(requestFor(n))
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
