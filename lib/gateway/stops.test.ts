import { afterEach, describe, expect, test } from 'vitest'
import type { UpstreamError } from '@/lib/timpush/errors'
import { openFakeClockEnv, outcomeOf } from './testing/fake-clock-env'
import { question, refusal, requestFor } from './testing/gateway-env'

type Env = Awaited<ReturnType<typeof openFakeClockEnv>>

const expired = refusal('renew_signature', 'upstream_expired_signature', 70001)
const wrongKey = refusal('credential', 'upstream_credential', 70009)
const notOn = refusal('not_enabled', 'upstream_not_enabled', 90045)

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

describe('an expired signature', () => {
  test('is renewed once, and its request goes first in the next slot', async () => {
    const { gateway, clock, forgotten } = await failing([expired])
    for (const n of [1, 2]) gateway.request(requestFor(n))
    await clock.pass(5_000)
    expect(forgotten).toEqual(['app'])
    expect(subjects()).toEqual([1, 1, 2])
    expect((await lane())?.problem).toBeNull()
  })

  test('that is refused again stops the app', async () => {
    const { gateway, clock } = await failing([], expired)
    const tickets = [1, 2].map((n) => gateway.request(requestFor(n)))
    await clock.pass(60_000)
    expect(times()).toEqual([0, 1.201])
    expect(await Promise.all(tickets.map(outcomeOf))).toMatchObject([
      { code: 'upstream_expired_signature' },
      { code: 'upstream_expired_signature', kind: 'credential' },
    ])
    expect((await lane())?.state).toBe('stopped')
  })
})

describe('a refused credential', () => {
  test('stops all lanes of the app after one call, until an administrator resumes it', async () => {
    const { gateway, clock } = await failing([wrongKey])
    const first = gateway.request(requestFor(1))
    await clock.pass(100)
    gateway.request(requestFor(9, 'fill', { question: question(9, 'normal_push_trace') }))
    await clock.pass(10)
    const waiting = [2, 3].map((n) => gateway.request(requestFor(n, 'single')))
    await clock.pass(200)
    expect(await Promise.all(waiting.map(outcomeOf))).toMatchObject([{ kind: 'credential' }, { kind: 'credential' }])
    const late = gateway.request(requestFor(4, 'single'))
    const other = gateway.request(requestFor(5, 'single', { question: question(5, 'normal_push_loss') }))
    await clock.pass(10)
    expect(await outcomeOf(first)).toBe(wrongKey)
    for (const ticket of [...waiting, late, other]) {
      expect(await outcomeOf(ticket)).toMatchObject({
        code: 'upstream_credential',
        upstreamCode: 70009,
        kind: 'credential',
      })
    }
    await clock.pass(7_200_000)
    expect(times()).toHaveLength(2)
    const lanes = await gateway.lanes('app')
    expect(lanes.map((one) => one.state)).toEqual(Array(7).fill('stopped'))
    expect(lanes.map((one) => one.problem?.upstreamCode)).toEqual(Array(7).fill(70009))

    await gateway.resume('app')
    const again = gateway.request(requestFor(4, 'single'))
    await clock.pass(1_000)
    expect(await outcomeOf(again)).toBe('stored')
    expect((await lane())?.state).toBe('idle')
  })

  test('fails requests that wait in other lanes at once', async () => {
    const { gateway, clock } = await failing([undefined, wrongKey])
    const loss = (n: number) => gateway.request(requestFor(n, 'newest', { question: question(n, 'normal_push_loss') }))
    const waiting = [loss(1), loss(2)]
    await clock.pass(500)
    gateway.request(requestFor(3))
    await clock.pass(210)
    expect(await Promise.all(waiting.map(outcomeOf))).toMatchObject(['stored', { kind: 'credential' }])
  })

  test('also stops another replica, which makes no call', async () => {
    const { gateway, build, clock } = await failing([], wrongKey)
    gateway.request(requestFor(1))
    await clock.pass(500)
    const ticket = build({ owner: 'two' }).request(requestFor(2, 'single'))
    await clock.pass(10)
    expect(await outcomeOf(ticket)).toMatchObject({ code: 'upstream_credential' })
    expect(times()).toHaveLength(1)
  })
})

describe('a feature that is not enabled', () => {
  test('stops only its endpoint, and is retried after an hour', async () => {
    const isTrace = (asked: { endpoint: string }) => asked.endpoint === 'normal_push_trace'
    env = await openFakeClockEnv((_, asked) => (isTrace(asked) ? notOn : undefined))
    const { gateway, clock } = env
    const trace = (n: number) =>
      gateway.request(requestFor(n, 'single', { question: question(n, 'normal_push_trace') }))
    const tickets = [trace(1), trace(2)]
    await clock.pass(500)
    tickets.push(trace(3), gateway.request(requestFor(4)))
    await clock.pass(1_000)
    const refused = { code: 'upstream_not_enabled', upstreamCode: 90045, kind: 'not_enabled' }
    expect(await Promise.all(tickets.map(outcomeOf))).toMatchObject([refused, refused, refused, 'stored'])
    expect(subjects()).toEqual(['normal_push_trace', 4])
    const stopped = (await gateway.lanes('app')).filter((one) => one.state === 'stopped')
    expect(stopped.map((one) => [one.endpoint, one.problem?.code])).toEqual([
      ['normal_push_trace', 'upstream_not_enabled'],
    ])

    await clock.pass(3_597_000)
    trace(5)
    await clock.pass(1_000)
    expect(subjects()).toHaveLength(2)
    await clock.pass(1_000)
    trace(6)
    await clock.pass(1_000)
    expect(subjects()).toHaveLength(3)
    await gateway.resume('app')
    trace(7)
    await clock.pass(1_000)
    expect(subjects()).toHaveLength(4)
  })
})
