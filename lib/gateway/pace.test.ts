import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { changeApp } from '@/lib/store/testing/lanes'
import { openFakeClockEnv } from './testing/fake-clock-env'
import { question, refusal, requestFor } from './testing/gateway-env'

type Env = Awaited<ReturnType<typeof openFakeClockEnv>>

const tooFast = refusal('slow_down', 'upstream_too_fast', 60018)
const usedUp = refusal('credential', 'upstream_quota', 60028)

let env: Env
/** The error of the nth call. */
let fails: Record<number, typeof tooFast>

beforeEach(async () => {
  fails = {}
  env = await openFakeClockEnv((nth) => fails[nth])
})
afterEach(() => env.close())

const times = () => env.starts().map(([at]) => Number(at))
const spacing = async (endpoint: string) =>
  (await env.gateway.lanes('app')).find((one) => one.endpoint === endpoint)?.spacingMs
const ask = (...all: number[]) => {
  for (const n of all) env.gateway.request(requestFor(n))
}

describe('the pace an administrator sets', () => {
  test('applies to the current gap, and its reset applies at once', async () => {
    const { gateway, clock } = env
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

  test('set during a call applies after that call', async () => {
    const { gateway, clock } = env
    ask(1, 2)
    await clock.pass(100)
    await gateway.pace('app', 5_000)
    await clock.pass(4_000)
    expect(times()).toEqual([0])
    await clock.pass(2_000)
    expect(times()).toEqual([0, 5.201])
  })

  test('is never faster than the server’s spacing and does not affect the online status', async () => {
    const { gateway, clock } = env
    await gateway.pace('app', 20)
    ask(1, 2)
    await clock.pass(3_000)
    expect(times()).toEqual([0, 1.201])
    await gateway.pace('app', 9_000)
    expect(await spacing('normal_push_trace')).toBe(9_000)
    expect(await spacing('query_online_status')).toBe(50)
  })

  test('is the spacing that a slowed lane returns to', async () => {
    const { gateway, clock } = env
    await gateway.pace('app', 3_000)
    fails = { 1: tooFast }
    ask(1)
    await clock.pass(1_000)
    expect(await spacing('normal_push_statistics')).toBe(6_000)
    ask(...Array.from({ length: 12 }, (_, i) => i + 2))
    await clock.pass(120_000)
    expect(await spacing('normal_push_statistics')).toBe(3_000)
  })

  test('reaches other replicas; a pace of sixty seconds is not mistaken for a clock set back', async () => {
    const { gateway, clock, build } = env
    const other = build({ owner: 'two' })
    ask(1)
    await clock.pass(300)
    await gateway.pace('app', 60_000)
    other.request(requestFor(2))
    await clock.pass(59_000)
    expect(times()).toEqual([0])
    await clock.pass(2_000)
    expect(times()).toEqual([0, 60.201])
  })
})

describe('slow-down answers although the spacing was kept', () => {
  test('are reported with their time, and the lanes stay merged until an administrator separates them', async () => {
    const { gateway, clock, db } = env
    fails = { 1: tooFast, 2: tooFast }
    gateway.request(requestFor(1))
    gateway.request(requestFor(2, 'newest', { question: question(2, 'normal_push_loss') }))
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

describe('an exhausted quota', () => {
  test('stops the app until shortly after midnight at its offset', async () => {
    const { gateway, clock, db } = env
    fails = { 1: usedUp }
    ask(1)
    await clock.pass(1_000)
    const { stopped_code, stopped_until } = await db.selectFrom('apps').selectAll().executeTakeFirstOrThrow()
    expect(stopped_code).toBe('upstream_quota')
    // The fake clock starts at 16:00 on 21 November, +08:00.
    expect(new Date(Number(stopped_until) * 1_000).toISOString()).toBe('2026-11-21T16:05:00.000Z')
    expect(await gateway.problem('app', 'normal_push_trace')).toMatchObject({
      code: 'upstream_quota',
      until: Date.parse('2026-11-21T16:05:00Z'),
    })
  })

  test('is the only stop that ends without an administrator', async () => {
    const { clock, db, gateway } = env
    fails = { 1: refusal('credential', 'upstream_credential', 70009) }
    ask(1)
    await clock.pass(1_000)
    expect(await gateway.problem('app', 'normal_push_trace')).not.toHaveProperty('until')
    await changeApp(db, { stopped_code: null })
  })
})
