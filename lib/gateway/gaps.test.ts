import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { ENDPOINTS, type Endpoint } from '@/lib/contract/sources'
import type { Db } from '@/lib/store/engine/open'
import { createLanes } from '@/lib/store/lanes/lanes'
import { describeStores } from '@/lib/store/testing/database'
import { addApp, changeApp } from '@/lib/store/testing/lanes'
import { realClock } from '@/lib/testing/clock'
import type { Gateway, Priority } from './gateway'
import { PRIORITIES } from './queued-request'
import {
  createTestGateway,
  fakeUpstream,
  question,
  type RecordedCall,
  refusal,
  requestFor,
  upstreamApp,
  withoutLease,
} from './testing/gateway-env'
import { systemTimers } from './timers'

const SPACING = 40
const SIX = ENDPOINTS.filter((endpoint) => endpoint !== 'query_online_status')

/** Returns pairs of calls on one lane that were closer than the spacing, or in flight at the same time. */
function tooClose(
  calls: RecordedCall[],
  spacing: number,
  laneOf = (one: RecordedCall) => `${one.appId} ${one.question.endpoint}`,
) {
  const lanes = groups(calls, laneOf)
  return [...lanes.values()].flatMap((own) => {
    const sorted = own.sort((a, b) => a.start - b.start)
    return sorted.slice(1).flatMap((call, i) => {
      const gap = call.start - (sorted[i]?.end ?? Number.POSITIVE_INFINITY)
      return gap < spacing ? [{ lane: laneOf(call), gap }] : []
    })
  })
}

function groups(calls: RecordedCall[], laneOf: (one: RecordedCall) => string): Map<string, RecordedCall[]> {
  const all = new Map<string, RecordedCall[]>()
  for (const one of calls) all.set(laneOf(one), [...(all.get(laneOf(one)) ?? []), one])
  return all
}

const any = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T

function load(
  gateways: Gateway[],
  calls: number,
  of: { endpoints: readonly Endpoint[]; priorities?: readonly Priority[] },
) {
  return Array.from({ length: calls }, async (_, n) => {
    await pause(Math.random() * 100)
    const change = { question: question(n, any(of.endpoints)), storeAnswer: () => pause(Math.random() * 8) }
    await any(gateways).request(requestFor(n, any(of.priorities ?? PRIORITIES), change)).done
  })
}

const slowish = async () => {
  await pause(Math.random() * 25)
  return undefined
}

describeStores('the gap between calls', ({ open, again }) => {
  test('is kept in every lane under random load, even when timers fire early', async () => {
    const db = await open()
    await addApp(db)
    const upstream = fakeUpstream(systemTimers, slowish)
    const early = (ms: number, wake: AbortSignal) => systemTimers.sleep(ms * (0.3 + Math.random()), wake)
    const gateway = createTestGateway(db, { timpush: upstream.timpush, timers: { ...systemTimers, sleep: early } })
    await Promise.all(load([gateway], 60, { endpoints: SIX }))
    expect(upstream.recorded).toHaveLength(60)
    expect(tooClose(upstream.recorded, SPACING)).toEqual([])
  })

  test('is kept by two replicas on one database', async () => {
    const db = await open()
    await addApp(db)
    const upstream = fakeUpstream(systemTimers, slowish)
    const replicas = [
      createTestGateway(db, { timpush: upstream.timpush, owner: 'one' }),
      createTestGateway(await again(), { timpush: upstream.timpush, owner: 'two' }),
    ]
    const endpoints = ['normal_push_loss', 'normal_push_trace'] as const
    await Promise.all(load(replicas, 50, { endpoints, priorities: ['single', 'bulk'] }))
    expect(upstream.recorded).toHaveLength(50)
    expect(tooClose(upstream.recorded, SPACING)).toEqual([])
  })

  test('is violated without the lease, and this check detects it', async () => {
    const db = await open()
    await addApp(db)
    const upstream = fakeUpstream(systemTimers, slowish)
    const reckless = async (owner: string) => {
      const own = await again()
      return createTestGateway(own, {
        timpush: upstream.timpush,
        owner,
        lanes: withoutLease(createLanes(own, realClock)),
      })
    }
    const replicas = [await reckless('one'), await reckless('two')]
    await Promise.all(load(replicas, 20, { endpoints: ['normal_push_loss'] }))
    expect(tooClose(upstream.recorded, SPACING)).not.toEqual([])
  })

  test('is kept after a process died during a call: the next call waits for its lease plus one spacing', async () => {
    const db = await open()
    await addApp(db)
    const dying = fakeUpstream(systemTimers, () => new Promise(() => undefined))
    const leaseMs = 1_000
    createTestGateway(db, { timpush: dying.timpush, owner: 'dead', leaseMs }).request(requestFor(1))
    await expect.poll(() => dying.recorded.length, { timeout: 10_000 }).toBe(1)
    const upstream = fakeUpstream(systemTimers)
    const gateway = createTestGateway(await again(), { timpush: upstream.timpush, owner: 'next', leaseMs })
    await Promise.all([1, 2, 3].map((n) => gateway.request(requestFor(n)).done))
    // A call starts within the first tenth of its lease.
    const [last] = dying.recorded
    const [first] = upstream.recorded
    expect((first?.start ?? 0) - (last?.start ?? 0)).toBeGreaterThanOrEqual(0.9 * leaseMs + SPACING)
    expect(tooClose(upstream.recorded, SPACING)).toEqual([])
  })

  test('counts from the end of a call to the start of the next', async () => {
    const db = await open()
    await addApp(db)
    const upstream = fakeUpstream(systemTimers, slowish)
    const gateway = createTestGateway(db, { timpush: upstream.timpush, spacingMs: 1_000 })
    await Promise.all([1, 2, 3, 4].map((n) => gateway.request(requestFor(n, 'single')).done))
    expect(tooClose(upstream.recorded, 1_000)).toEqual([])
  })

  test('spans all lanes of an app after a merge, except the online status', async () => {
    const db = await open()
    await addApp(db)
    const upstream = fakeUpstream(systemTimers, async (_, nth) => {
      if (nth === 6) await changeApp(db, { lanes_merged: 1 })
      return await slowish()
    })
    let shared = Number.POSITIVE_INFINITY
    const replica = (own: Db, owner: string) => {
      const lanes = createLanes(own, realClock)
      const acquire: typeof lanes.acquire = async (turn) => {
        const got = await lanes.acquire(turn)
        if (got.kind === 'granted' && got.lease.lane === '*') shared = Math.min(shared, performance.now())
        return got
      }
      return createTestGateway(own, { timpush: upstream.timpush, owner, lanes: { ...lanes, acquire } })
    }
    const replicas = [replica(db, 'one'), replica(await again(), 'two')]
    await Promise.all(load(replicas, 40, { endpoints: ENDPOINTS, priorities: ['bulk'] }))
    expect(upstream.recorded).toHaveLength(40)
    expect(tooClose(upstream.recorded, SPACING)).toEqual([])
    const after = upstream.recorded.filter(
      (one) => one.start >= shared && one.question.endpoint !== 'query_online_status',
    )
    expect(after.length).toBeGreaterThan(5)
    expect(tooClose(after, SPACING, () => 'shared')).toEqual([])
  })

  test('is kept while the upstream fails at random and lanes pause and slow down', async () => {
    const db = await open()
    await addApp(db)
    const upstream = fakeUpstream(systemTimers, async () => {
      await pause(Math.random() * 10)
      return Math.random() < 0.15 ? refusal('transient', 'upstream_timeout') : undefined
    })
    const gateway = createTestGateway(db, { timpush: upstream.timpush, spacingMs: 20, random: Math.random })
    await Promise.allSettled(load([gateway], 50, { endpoints: SIX }))
    expect(upstream.recorded.length).toBeGreaterThan(40)
    expect(tooClose(upstream.recorded, 20)).toEqual([])
  })
})

describeStores('identical requests', ({ open, again }) => {
  test('of two hundred callers share one call', async () => {
    const db = await open()
    await addApp(db)
    const upstream = fakeUpstream(systemTimers, slowish)
    const gateway = createTestGateway(db, { timpush: upstream.timpush })
    let kept = 0
    const keep = async () => void kept++
    const tickets = Array.from({ length: 200 }, () =>
      gateway.request(requestFor(7, any(PRIORITIES), { storeAnswer: keep })),
    )
    expect(await Promise.all(tickets.map((ticket) => ticket.done))).toEqual(Array(200).fill('stored'))
    expect([upstream.recorded.length, kept]).toEqual([1, 1])
  })

  test('of two replicas share one call and do not use up a slot', async () => {
    const db = await open()
    await addApp(db)
    const upstream = fakeUpstream(systemTimers, slowish)
    const held = new Set<number>()
    const replicas = [
      createTestGateway(db, { timpush: upstream.timpush, owner: 'one' }),
      createTestGateway(await again(), { timpush: upstream.timpush, owner: 'two' }),
    ]
    const ends = await Promise.all(
      [1, 2, 3, 4, 5].flatMap((n) =>
        replicas.map(
          (gateway) =>
            gateway.request(
              requestFor(n, 'single', {
                storeAnswer: async () => void held.add(n),
                satisfied: async () => held.has(n),
              }),
            ).done,
        ),
      ),
    )
    expect(upstream.recorded).toHaveLength(5)
    expect(ends.filter((end) => end === 'satisfied')).toHaveLength(5)
    expect(tooClose(upstream.recorded, SPACING)).toEqual([])
  })

  test('of different apps are separate calls', async () => {
    const db = await open()
    await addApp(db, 'a')
    await addApp(db, 'b')
    const upstream = fakeUpstream(systemTimers)
    const gateway = createTestGateway(db, { timpush: upstream.timpush })
    await Promise.all(['a', 'b'].map((id) => gateway.request(requestFor(1, 'single', { app: upstreamApp(id) })).done))
    expect(upstream.recorded.map((one) => one.appId).sort()).toEqual(['a', 'b'])
  })
})
