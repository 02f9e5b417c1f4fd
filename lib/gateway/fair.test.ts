import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { MAX_WAITING_PER_PRINCIPAL } from './dispatcher'
import type { Priority, Ticket } from './gateway'
import type { GatewayRequest } from './queued-request'
import { openFakeClockEnv, outcomeOf } from './testing/fake-clock-env'
import { question, refusal, requestFor } from './testing/gateway-env'
import { PATIENCE_MS } from './waiters'

/** One call and the gap after it, on the fake upstream. */
const CALL_MS = 1_201

let env: Awaited<ReturnType<typeof openFakeClockEnv>>

beforeEach(async () => {
  env = await openFakeClockEnv()
})

afterEach(() => env.close())

function ask(
  principal: string,
  n: number,
  { priority = 'single', signal, ...change }: Partial<GatewayRequest> & { signal?: AbortSignal } = {},
): Ticket {
  const waiter = { principal, ...(signal ? { signal } : {}) }
  return env.gateway.request(requestFor(n, priority, { waiter, ...change }))
}

const collect = (n: number, priority: Priority = 'fill') => env.gateway.request(requestFor(n, priority))
const served = () => env.starts().map(([, n]) => n)

/** Keeps one request of the collector in the queue, as the collector does while something is due. */
function collectAlways(first: number): void {
  const next = (n: number): unknown => collect(n).done.then(() => next(n + 1))
  void next(first)
}

/** Asks new questions in the name of one principal, so that twenty always wait. */
function flood(principal: string, first: number): void {
  const next = (n: number): unknown =>
    ask(principal, n).done.then(
      () => next(n + 20),
      () => next(n),
    )
  for (let i = 0; i < 20; i++) void next(first + i)
}

describe('a request that nobody waits for', () => {
  test('leaves the queue when its client has gone', async () => {
    const gone = new AbortController()
    const tickets = [1, 2, 3].map((n) => ask('person:ann', n, { signal: gone.signal }))
    await env.clock.pass(100)
    gone.abort()
    const other = ask('person:bob', 9)
    expect(other.place()).toBe(1)
    await env.clock.pass(5_000)
    expect(served()).toEqual([1, 9])
    expect(await Promise.all(tickets.map(outcomeOf))).toMatchObject([
      'stored',
      { code: 'unavailable' },
      { code: 'unavailable' },
    ])
  })

  test('leaves it when the client does not come back for the answer', async () => {
    await env.db
      .updateTable('apps')
      .set({ spacing_ms: 3 * PATIENCE_MS })
      .execute()
    for (const n of [1, 2, 3]) ask('person:ann', n)
    await env.clock.pass(PATIENCE_MS / 2)
    ask('person:ann', 3)
    await env.clock.pass(PATIENCE_MS / 2 + 2_000)
    const lanes = await env.gateway.lanes('app')
    expect(lanes.map(({ queue }) => queue).filter((queue) => queue > 0)).toEqual([1])
    await env.clock.pass(2 * PATIENCE_MS)
    expect(served()).toEqual([1])
  })

  test('was never asked when the client had gone before', async () => {
    const ticket = ask('person:ann', 1, { signal: AbortSignal.abort() })
    await env.clock.pass(3_000)
    expect([served(), await outcomeOf(ticket)]).toMatchObject([[], { code: 'unavailable' }])
  })

  test('stays for another person, for the archive, and for a newer request of the same person', async () => {
    collect(0)
    await env.clock.pass(100)
    const gone = new AbortController()
    const again = new AbortController()
    for (const n of [1, 2, 3, 4]) ask('person:ann', n, { signal: gone.signal })
    ask('person:bob', 2)
    collect(3)
    ask('person:ann', 4, { signal: again.signal })
    await env.clock.pass(100)
    gone.abort()
    await env.clock.pass(10_000)
    expect(served()).not.toContain(1)
    expect([...served()].sort()).toEqual([0, 2, 3, 4])
  })

  test('returns to the priority of those who still wait', async () => {
    for (const n of [1, 2]) collect(n, 'newest')
    const gone = new AbortController()
    collect(3)
    ask('person:ann', 3, { signal: gone.signal })
    gone.abort()
    await env.clock.pass(8_000)
    expect(served()).toEqual([1, 2, 3])
  })

  test('does not come back after a failed call', async () => {
    await env.close()
    env = await openFakeClockEnv(() => refusal('transient', 'upstream_timeout'))
    const gone = new AbortController()
    ask('person:ann', 1, { signal: gone.signal })
    await env.clock.pass(100)
    gone.abort()
    await env.clock.pass(20_000)
    expect(served()).toEqual([1])
  })
})

describe('people', () => {
  test('are served in turn within a priority, whatever they are', async () => {
    for (const n of [1, 2, 3, 4]) ask('person:ann', n)
    for (const n of [11, 12]) ask('token:ann', n)
    for (const n of [21]) ask('share:ann', n)
    await env.clock.pass(10_000)
    expect(served()).toEqual([1, 11, 21, 2, 12, 3, 4])
  })

  test('see their place in the order of service', async () => {
    const tickets = [1, 2, 3].map((n) => ask('person:ann', n))
    const other = ask('person:bob', 9)
    expect(tickets.map((ticket) => ticket.place())).toEqual([1, 3, 4])
    expect(other.place()).toBe(2)
    const etas = [...tickets, other].map((ticket) => ticket.etaMs() ?? 0)
    expect(etas).toEqual([...etas].sort((a, b) => a - b).map((_, i, all) => all[[0, 2, 3, 1][i] ?? 0]))
  })

  test('who ask the same question are served at the turn of the first of them', async () => {
    for (const n of [1, 2, 3, 4]) ask('person:ann', n)
    ask('person:bob', 4)
    await env.clock.pass(3_000)
    expect(served()).toEqual([1, 4, 2])
  })

  test('with a list are not passed over for good by those with single questions', async () => {
    ask('person:bob', 900, { priority: 'bulk' })
    flood('person:ann', 100)
    await env.clock.pass(4 * CALL_MS)
    expect(served()).toContain(900)
  })

  test('may wait for sixty answers each; the next request is refused and says when to come back', async () => {
    for (let n = 0; n < MAX_WAITING_PER_PRINCIPAL; n++) ask('person:ann', n)
    const over = ask('person:ann', 900)
    expect(await outcomeOf(over)).toMatchObject({ code: 'too_many', retryAfterMs: expect.any(Number) })
    expect([over.place(), over.etaMs()]).toEqual([null, null])
    expect(await outcomeOf(ask('person:ann', 5))).toBe('open')
    expect(await outcomeOf(ask('person:bob', 901))).toBe('open')
    const loss = question(900, 'normal_push_loss')
    expect(await outcomeOf(ask('person:ann', 900, { question: loss }))).toMatchObject({ code: 'too_many' })
    await env.clock.pass(1_000)
    expect(await outcomeOf(ask('person:ann', 900))).toBe('open')
  })
})

describe('the collector', () => {
  test('makes at least every fourth call of a lane while something is due', async () => {
    flood('person:ann', 1_000)
    flood('person:bob', 2_000)
    collectAlways(1)
    await env.clock.pass(40 * CALL_MS)
    const calls = served().map((n) => Number(n) < 1_000)
    for (let i = 4; i <= calls.length; i++) expect(calls.slice(i - 4, i)).toContain(true)
    expect(calls.filter(Boolean).length).toBeLessThanOrEqual(calls.length / 4 + 1)
  })

  test('takes no more than that, and nothing while people do not wait for it', async () => {
    for (const n of [1, 2, 3]) collect(n)
    await env.clock.pass(100)
    for (const n of [11, 12, 13, 14]) ask('person:ann', n)
    await env.clock.pass(10 * CALL_MS)
    expect(served()).toEqual([1, 11, 12, 13, 2, 14, 3])
  })

  test('goes before everybody with what Tencent is about to forget', async () => {
    flood('person:ann', 1_000)
    await env.clock.pass(100)
    for (const n of [1, 2, 3, 4, 5]) collect(n, 'urgent')
    await env.clock.pass(6 * CALL_MS)
    expect(served().slice(1, 6)).toEqual([1, 2, 3, 4, 5])
  })

  test('gets its share from another process too', async () => {
    flood('person:ann', 1_000)
    await env.clock.pass(100)
    const other = env.build({ owner: 'two' })
    for (let n = 1; n <= 3; n++) other.request(requestFor(n, 'fill'))
    await env.clock.pass(30 * CALL_MS)
    expect(served().filter((n) => Number(n) < 1_000)).toEqual([1, 2, 3])
  })
})
