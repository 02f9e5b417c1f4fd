import { expect, test } from 'vitest'
import { createLanes } from '@/lib/store/lanes/lanes'
import { COLLECTOR, leases } from '@/lib/store/lanes/leases'
import { describeStores, type Stores } from '@/lib/store/testing/database'
import { addApp } from '@/lib/store/testing/lanes'
import { realClock } from '@/lib/testing/clock'
import type { UpstreamError } from '@/lib/timpush/errors'
import { createTestGateway, fakeUpstream, question, refusal, requestFor } from './testing/gateway-env'
import { systemTimers } from './timers'

/** Opens two gateways on one database, with an upstream whose nth call ends as `script` says. */
async function two({ open, again }: Stores, script: (nth: number) => UpstreamError | undefined) {
  const db = await open()
  await addApp(db)
  const upstream = fakeUpstream(systemTimers, async (_, nth) => script(nth))
  const { timpush } = upstream
  const one = createTestGateway(db, { timpush, owner: 'one', spacingMs: 20 })
  const other = createTestGateway(await again(), { timpush, owner: 'two', spacingMs: 20 })
  return { db, one, other, recorded: upstream.recorded }
}

describeStores('two replicas share', (stores) => {
  test('a stop for a broken credential, which also survives a restart', async () => {
    const { db, one, other, recorded } = await two(stores, () => refusal('credential', 'upstream_credential', 70009))
    await expect(one.request(requestFor(1)).done).rejects.toMatchObject({ code: 'upstream_credential' })
    const { timpush } = fakeUpstream(systemTimers)
    const restarted = createTestGateway(db, { timpush, owner: 'three' })
    for (const gateway of [one, other, restarted]) {
      await expect(gateway.request(requestFor(2, 'single')).done).rejects.toMatchObject({
        upstreamCode: 70009,
        kind: 'credential',
      })
      const problem = await gateway.problem('app', 'normal_push_trace')
      expect(problem).toMatchObject({ code: 'upstream_credential', upstreamCode: 70009 })
    }
    expect(recorded).toHaveLength(1)
    await other.resume('app')
    expect(await restarted.request(requestFor(3)).done).toBe('stored')
    expect(await one.problem('app', 'normal_push_trace')).toBeNull()
  })

  test('a stop of one endpoint for a disabled feature', async () => {
    const { one, other, recorded } = await two(stores, (nth) =>
      nth === 1 ? refusal('not_enabled', 'upstream_not_enabled', 90045) : undefined,
    )
    await expect(one.request(requestFor(1)).done).rejects.toMatchObject({ code: 'upstream_not_enabled' })
    await expect(other.request(requestFor(2)).done).rejects.toMatchObject({
      code: 'upstream_not_enabled',
      upstreamCode: 90045,
    })
    expect(await other.request(requestFor(2, 'single', { question: question(2, 'normal_push_loss') })).done).toBe(
      'stored',
    )
    expect((await other.lanes('app')).filter((lane) => lane.state === 'stopped').map((lane) => lane.endpoint)).toEqual([
      'normal_push_statistics',
    ])
    expect(recorded).toHaveLength(2)
  })

  test('the merge of lanes after two slow-downs', async () => {
    const { db, one, other, recorded } = await two(stores, (nth) =>
      nth <= 2 ? refusal('slow_down', 'upstream_too_fast', 60018) : undefined,
    )
    expect(await one.request(requestFor(1)).done).toBe('stored')
    const ends = ['normal_push_loss', 'normal_push_trace'] as const
    expect(
      await Promise.all(
        ends.map((endpoint) => other.request(requestFor(2, 'bulk', { question: question(2, endpoint) })).done),
      ),
    ).toEqual(['stored', 'stored'])
    const rows = await db.selectFrom('lanes').select(['endpoint', 'owner']).where('endpoint', '=', '*').execute()
    expect(rows).toEqual([{ endpoint: '*', owner: null }])
    expect(recorded).toHaveLength(5)
  })

  test('the problem of a lane, until one of them succeeds', async () => {
    const { one, other } = await two(stores, (nth) => (nth <= 3 ? refusal('transient', 'upstream_timeout') : undefined))
    await expect(one.request(requestFor(1, 'single')).done).rejects.toMatchObject({ code: 'upstream_timeout' })
    const problem = await other.problem('app', 'normal_push_statistics')
    expect(problem).toMatchObject({ code: 'upstream_timeout', upstreamCode: null })
    expect(Math.abs(Date.now() - (problem?.since ?? 0))).toBeLessThan(60_000)
    expect(await other.request(requestFor(2, 'single')).done).toBe('stored')
    expect(await one.problem('app', 'normal_push_statistics')).toBeNull()
    expect((await one.lanes('app')).find((lane) => lane.callsToday > 0)).toMatchObject({
      callsToday: 4,
      failedToday: 3,
    })
  })

  test('one collector: the calls of another are withdrawn, and readers are served by both', async () => {
    const db = await stores.open()
    await addApp(db)
    const { timpush, recorded } = fakeUpstream(systemTimers)
    const gateways = [db, await stores.again()].map((on, i) =>
      createTestGateway(on, { timpush, owner: `${i}`, spacingMs: 20, electsCollector: true }),
    )
    const held = leases(db, realClock)
    await held.take(COLLECTOR, '0', 60_000)
    const [collects, other] = gateways
    expect(await collects?.request(requestFor(1)).done).toBe('stored')
    await expect(other?.request(requestFor(2)).done).rejects.toMatchObject({ code: 'unavailable' })
    expect(await other?.request(requestFor(3, 'bulk')).done).toBe('stored')
    await held.release(COLLECTOR, '0')
    await held.take(COLLECTOR, '1', 60_000)
    await expect(collects?.request(requestFor(4)).done).rejects.toMatchObject({ code: 'unavailable' })
    expect(await other?.request(requestFor(4)).done).toBe('stored')
    expect(recorded).toHaveLength(3)
  })

  test('one collector: a lease that was taken for a person who then leaves is not used for the archive', async () => {
    const db = await stores.open()
    await addApp(db)
    const { timpush, recorded } = fakeUpstream(systemTimers)
    const lanes = createLanes(db, realClock)
    const left = new AbortController()
    const acquire: typeof lanes.acquire = async (request) => {
      const got = await lanes.acquire(request)
      if (got.kind === 'granted') left.abort()
      return got
    }
    const gateway = createTestGateway(db, {
      timpush,
      lanes: { ...lanes, acquire },
      spacingMs: 20,
      electsCollector: true,
    })
    await leases(db, realClock).take(COLLECTOR, 'another', 60_000)
    const ofPerson = gateway.request(
      requestFor(1, 'single', { waiter: { principal: 'person:ann', signal: left.signal } }),
    )
    const ofArchive = gateway.request(requestFor(2))
    await expect(ofPerson.done).rejects.toThrow()
    await expect(ofArchive.done).rejects.toMatchObject({ code: 'unavailable' })
    expect(recorded).toEqual([])
  })

  test('no answer that comes after the lease: it may be older than what another has stored', async () => {
    const db = await stores.open()
    await addApp(db)
    let pausedMs = 0
    const upstream = fakeUpstream(systemTimers, async (_, nth) => {
      if (nth === 1) pausedMs = 60_000
      return undefined
    })
    const timers = { ...systemTimers, monotonicMs: () => systemTimers.monotonicMs() + pausedMs }
    const gateway = createTestGateway(db, { timpush: upstream.timpush, timers, spacingMs: 20 })
    const stored: number[] = []
    const storeAnswer = async () => void stored.push(upstream.recorded.length)
    expect(await gateway.request(requestFor(1, 'newest', { storeAnswer })).done).toBe('stored')
    expect(stored).toEqual([2])
  })
})
