import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { ENDPOINTS, type Endpoint } from '@/lib/contract/sources'
import type { Db } from '@/lib/store/engine/open'
import { createLanes } from '@/lib/store/lanes/lanes'
import { describeStores } from '@/lib/store/testing/database'
import { addApp, changeApp } from '@/lib/store/testing/lanes'
import { realClock } from '@/lib/testing/clock'
import { PRIORITIES } from './entry'
import type { Gateway, Priority } from './gateway'
import {
  asking,
  fakeUpstream,
  gatewayOn,
  question,
  refusal,
  type Seen,
  upstreamApp,
  withoutLease,
} from './testing/gateway-env'
import { systemTimers } from './timers'

const SPACING = 40
const SIX = ENDPOINTS.filter((endpoint) => endpoint !== 'query_online_status')

/** Pairs of one lane that were closer than the spacing, or in flight together. */
function tooClose(seen: Seen[], spacing: number, laneOf = (one: Seen) => `${one.appId} ${one.question.endpoint}`) {
  const lanes = groups(seen, laneOf)
  return [...lanes.values()].flatMap((calls) => {
    const sorted = calls.sort((a, b) => a.start - b.start)
    return sorted.slice(1).flatMap((call, i) => {
      const gap = call.start - (sorted[i]?.end ?? Number.POSITIVE_INFINITY)
      return gap < spacing ? [{ lane: laneOf(call), gap }] : []
    })
  })
}

function groups(seen: Seen[], laneOf: (one: Seen) => string): Map<string, Seen[]> {
  const all = new Map<string, Seen[]>()
  for (const one of seen) all.set(laneOf(one), [...(all.get(laneOf(one)) ?? []), one])
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
    const change = { question: question(n, any(of.endpoints)), keep: () => pause(Math.random() * 8) }
    await any(gateways).ask(asking(n, any(of.priorities ?? PRIORITIES), change)).done
  })
}

const slowish = async () => {
  await pause(Math.random() * 25)
  return undefined
}

describeStores('the gap between calls', ({ open, again }) => {
  test('is kept in every lane under a random load, also with timers that fire early', async () => {
    const db = await open()
    await addApp(db)
    const upstream = fakeUpstream(systemTimers, slowish)
    const early = (ms: number, wake: AbortSignal) => systemTimers.sleep(ms * (0.3 + Math.random()), wake)
    const gateway = gatewayOn(db, { timpush: upstream.timpush, timers: { ...systemTimers, sleep: early } })
    await Promise.all(load([gateway], 60, { endpoints: SIX }))
    expect(upstream.seen).toHaveLength(60)
    expect(tooClose(upstream.seen, SPACING)).toEqual([])
  })

  test('is kept by two replicas on one database', async () => {
    const db = await open()
    await addApp(db)
    const upstream = fakeUpstream(systemTimers, slowish)
    const replicas = [
      gatewayOn(db, { timpush: upstream.timpush, owner: 'one' }),
      gatewayOn(await again(), { timpush: upstream.timpush, owner: 'two' }),
    ]
    const endpoints = ['normal_push_loss', 'normal_push_trace'] as const
    await Promise.all(load(replicas, 50, { endpoints, priorities: ['single', 'bulk'] }))
    expect(upstream.seen).toHaveLength(50)
    expect(tooClose(upstream.seen, SPACING)).toEqual([])
  })

  test('broken twin: without the lease two replicas are caught calling at once', async () => {
    const db = await open()
    await addApp(db)
    const upstream = fakeUpstream(systemTimers, slowish)
    const reckless = async (owner: string) => {
      const own = await again()
      return gatewayOn(own, { timpush: upstream.timpush, owner, lanes: withoutLease(createLanes(own, realClock)) })
    }
    const replicas = [await reckless('one'), await reckless('two')]
    await Promise.all(load(replicas, 20, { endpoints: ['normal_push_loss'] }))
    expect(tooClose(upstream.seen, SPACING)).not.toEqual([])
  })

  test('is kept after a process died in mid-call: its lease is waited for, and one spacing more', async () => {
    const db = await open()
    await addApp(db)
    const dying = fakeUpstream(systemTimers, () => new Promise(() => undefined))
    const leaseMs = 1_000
    gatewayOn(db, { timpush: dying.timpush, owner: 'dead', leaseMs }).ask(asking(1))
    await expect.poll(() => dying.seen.length, { timeout: 10_000 }).toBe(1)
    const upstream = fakeUpstream(systemTimers)
    const gateway = gatewayOn(await again(), { timpush: upstream.timpush, owner: 'next', leaseMs })
    await Promise.all([1, 2, 3].map((n) => gateway.ask(asking(n)).done))
    // A call may start when a tenth of its lease is over, not later.
    const [last] = dying.seen
    const [first] = upstream.seen
    expect((first?.start ?? 0) - (last?.start ?? 0)).toBeGreaterThanOrEqual(0.9 * leaseMs + SPACING)
    expect(tooClose(upstream.seen, SPACING)).toEqual([])
  })

  test('of one second is one second from the end of a call to the next start', async () => {
    const db = await open()
    await addApp(db)
    const upstream = fakeUpstream(systemTimers, slowish)
    const gateway = gatewayOn(db, { timpush: upstream.timpush, spacingMs: 1_000 })
    await Promise.all([1, 2, 3, 4].map((n) => gateway.ask(asking(n, 'single')).done))
    expect(tooClose(upstream.seen, 1_000)).toEqual([])
  })

  test('holds over all lanes of an app once they are merged, the online status apart', async () => {
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
      return gatewayOn(own, { timpush: upstream.timpush, owner, lanes: { ...lanes, acquire } })
    }
    const replicas = [replica(db, 'one'), replica(await again(), 'two')]
    await Promise.all(load(replicas, 40, { endpoints: ENDPOINTS, priorities: ['bulk'] }))
    expect(upstream.seen).toHaveLength(40)
    expect(tooClose(upstream.seen, SPACING)).toEqual([])
    const after = upstream.seen.filter((one) => one.start >= shared && one.question.endpoint !== 'query_online_status')
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
    const gateway = gatewayOn(db, { timpush: upstream.timpush, spacingMs: 20, random: Math.random })
    await Promise.allSettled(load([gateway], 50, { endpoints: SIX }))
    expect(upstream.seen.length).toBeGreaterThan(40)
    expect(tooClose(upstream.seen, 20)).toEqual([])
  })
})

describeStores('identical questions', ({ open, again }) => {
  test('of two hundred askers are one call', async () => {
    const db = await open()
    await addApp(db)
    const upstream = fakeUpstream(systemTimers, slowish)
    const gateway = gatewayOn(db, { timpush: upstream.timpush })
    let kept = 0
    const keep = async () => void kept++
    const tickets = Array.from({ length: 200 }, () => gateway.ask(asking(7, any(PRIORITIES), { keep })))
    expect(await Promise.all(tickets.map((ticket) => ticket.done))).toEqual(Array(200).fill('kept'))
    expect([upstream.seen.length, kept]).toEqual([1, 1])
  })

  test('of two replicas are one call, and the slot is not spent', async () => {
    const db = await open()
    await addApp(db)
    const upstream = fakeUpstream(systemTimers, slowish)
    const held = new Set<number>()
    const replicas = [
      gatewayOn(db, { ...upstream, owner: 'one' }),
      gatewayOn(await again(), { ...upstream, owner: 'two' }),
    ]
    const ends = await Promise.all(
      [1, 2, 3, 4, 5].flatMap((n) =>
        replicas.map(
          (gateway) =>
            gateway.ask(
              asking(n, 'single', {
                keep: async () => void held.add(n),
                satisfied: async () => held.has(n),
              }),
            ).done,
        ),
      ),
    )
    expect(upstream.seen).toHaveLength(5)
    expect(ends.filter((end) => end === 'satisfied')).toHaveLength(5)
    expect(tooClose(upstream.seen, SPACING)).toEqual([])
  })

  test('of different apps are different questions', async () => {
    const db = await open()
    await addApp(db, 'a')
    await addApp(db, 'b')
    const upstream = fakeUpstream(systemTimers)
    const gateway = gatewayOn(db, { timpush: upstream.timpush })
    await Promise.all(['a', 'b'].map((id) => gateway.ask(asking(1, 'single', { app: upstreamApp(id) })).done))
    expect(upstream.seen.map((one) => one.appId).sort()).toEqual(['a', 'b'])
  })
})
