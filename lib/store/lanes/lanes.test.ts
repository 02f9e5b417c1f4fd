import { describe, expect, test } from 'vitest'
import type { Db } from '@/lib/store/engine/open'
import { describeStores } from '@/lib/store/testing/database'
import { acquireRequest, addApp, changeApp, elapse, LEASE, SPACING } from '@/lib/store/testing/lanes'
import { realClock } from '@/lib/testing/clock'
import { type Lease, YIELD_MS } from './lane-rows'
import { createLanes, type LaneEnd, type Lanes } from './lanes'

const LANE = 'normal_push_loss'

const FINE: LaneEnd = {
  spacingMs: SPACING,
  failures: 0,
  pauseMs: null,
  stopEndpointMs: null,
  slowDown: false,
  moreInteractive: false,
  problem: null,
  code: 0,
  day: '2026-11-21',
  atMs: 1_795_240_800_000,
}

async function granted(lanes: Lanes, change: Parameters<typeof acquireRequest>[0] = {}): Promise<Lease> {
  const got = await lanes.acquire(acquireRequest(change))
  if (got.kind !== 'granted') throw new Error(`refused: ${JSON.stringify(got)}`)
  return got.lease
}

async function row(db: Db, endpoint: string = LANE) {
  return await db.selectFrom('lanes').selectAll().where('endpoint', '=', endpoint).executeTakeFirstOrThrow()
}

async function waits(lanes: Lanes, change: Parameters<typeof acquireRequest>[0] = {}): Promise<number> {
  const got = await lanes.acquire(acquireRequest(change))
  if (got.kind !== 'wait') throw new Error(`not a wait: ${JSON.stringify(got)}`)
  return got.ms
}

/** Expects at most this wait, and hardly less: half a spacing allows for a busy machine. */
function within(ms: number, most: number): void {
  expect(ms).toBeLessThanOrEqual(most)
  expect(ms).toBeGreaterThan(most - SPACING / 2)
}

describeStores('a lane', ({ open, again }) => {
  async function fresh(): Promise<{ db: Db; lanes: Lanes }> {
    const db = await open()
    await addApp(db)
    return { db, lanes: createLanes(db, realClock) }
  }

  describe('lease', () => {
    test('has one owner, also when two processes send twenty requests at once', async () => {
      const { db, lanes } = await fresh()
      const other = createLanes(await again(), realClock)
      const asked = Array.from({ length: 20 }, (_, i) =>
        (i % 2 ? other : lanes).acquire(acquireRequest({ owner: `${i}` })),
      )
      const got = await Promise.all(asked)
      expect(got.filter((one) => one.kind === 'granted')).toHaveLength(1)
      expect(got.filter((one) => one.kind === 'wait')).toHaveLength(19)
      expect((await row(db)).owner).not.toBeNull()
    })

    test('of a live owner is not given away; the next call starts one spacing after its end', async () => {
      const { db, lanes } = await fresh()
      const lease = await granted(lanes)
      within(await waits(lanes, { owner: 'two' }), LEASE + SPACING + 1)
      await elapse(db, LEASE - SPACING)
      within(await waits(lanes, { owner: 'two' }), 2 * SPACING + 1)
      await lanes.release(lease, FINE)
      within(await waits(lanes, { owner: 'two' }), SPACING + 1)
      await elapse(db, SPACING + 1)
      expect((await granted(lanes, { owner: 'two' })).owner).toBe('two')
    })

    test('of a crashed owner expires first, plus one spacing', async () => {
      const { db, lanes } = await fresh()
      await granted(lanes, { owner: 'dead' })
      await elapse(db, LEASE + 1)
      within(await waits(lanes), SPACING)
      await elapse(db, SPACING)
      expect((await granted(lanes)).owner).toBe('one')
    })

    test("that expired can't end the lease of its new owner", async () => {
      const { db, lanes } = await fresh()
      const lost = await granted(lanes, { owner: 'stalled' })
      await elapse(db, LEASE + SPACING + 1)
      await granted(lanes, { owner: 'two' })
      await lanes.release(lost, FINE)
      await lanes.giveBack(lost)
      expect((await row(db)).owner).toBe('two')
      within(await waits(lanes), LEASE + SPACING + 1)
    })

    test('that is given back frees the lane at once and counts as no call', async () => {
      const { db, lanes } = await fresh()
      await lanes.giveBack(await granted(lanes))
      expect(await row(db)).toMatchObject({ owner: null, last_call_at_ms: null })
      await granted(lanes)
    })

    test('keeps a spacing that slow-downs increased, and the failures so far', async () => {
      const { db, lanes } = await fresh()
      await lanes.release(await granted(lanes), { ...FINE, spacingMs: 4 * SPACING, failures: 3 })
      await elapse(db, 4 * SPACING + 1)
      expect(await granted(lanes)).toMatchObject({ spacingMs: 4 * SPACING, failures: 3 })
      within(await waits(lanes), LEASE + 4 * SPACING + 1)
    })

    test('reserved far ahead because the clock was set back costs one lease and spacing, not the hour', async () => {
      const { db, lanes } = await fresh()
      await lanes.release(await granted(lanes), { ...FINE, pauseMs: 500 })
      await elapse(db, -7_200_000)
      await lanes.acquire(acquireRequest())
      within(await waits(lanes), LEASE + SPACING + 1)
    })
  })

  describe('pause and yield', () => {
    test('a paused lane gives no lease until the pause is over', async () => {
      const { db, lanes } = await fresh()
      await lanes.release(await granted(lanes), { ...FINE, pauseMs: 3 * SPACING, failures: 4 })
      within(await waits(lanes), 3 * SPACING)
      within(await waits(lanes, { interactive: true }), 3 * SPACING)
      await elapse(db, 3 * SPACING)
      expect((await granted(lanes)).failures).toBe(4)
    })

    test('background work yields to an interactive caller of another process, until it is served or gives up', async () => {
      const { db, lanes } = await fresh()
      const other = createLanes(await again(), realClock)
      await lanes.release(await granted(lanes), FINE)
      await elapse(db, SPACING + 1)
      await other.stamp('app', LANE)
      expect(await waits(lanes)).toBeLessThanOrEqual(YIELD_MS)
      await other.release(await granted(other, { owner: 'other', interactive: true }), FINE)
      await elapse(db, SPACING + 1)
      await lanes.release(await granted(lanes), FINE)

      await elapse(db, SPACING + 1)
      await other.stamp('app', LANE)
      await waits(lanes)
      await elapse(db, YIELD_MS + 1)
      await granted(lanes)
    })

    test('an interactive caller that must wait leaves a stamp, and so does a served one with others behind it', async () => {
      const { db, lanes } = await fresh()
      await granted(lanes, { owner: 'other' })
      await waits(lanes, { interactive: true })
      expect((await row(db)).interactive_at_ms).not.toBeNull()
      await elapse(db, LEASE + SPACING + 1)
      const several = { interactive: true, moreInteractive: true }
      await lanes.release(await granted(lanes, several), { ...FINE, moreInteractive: true })
      expect((await row(db)).interactive_at_ms).not.toBeNull()
      await elapse(db, SPACING + 1)
      await granted(lanes, { interactive: true })
      expect((await row(db)).interactive_at_ms).toBeNull()
    })
  })

  describe('problems', () => {
    const unreachable = { code: 'upstream_unreachable', upstreamCode: null } as const
    const failed: LaneEnd = { ...FINE, failures: 1, pauseMs: 100, problem: unreachable }

    test('are in the row from the first failure until the first success', async () => {
      const { db, lanes } = await fresh()
      await lanes.release(await granted(lanes), failed)
      const since = (await row(db)).problem_since_ms
      await elapse(db, SPACING + 101)
      await lanes.release(await granted(lanes), {
        ...failed,
        problem: { code: 'upstream_internal', upstreamCode: 90102 },
      })
      expect(await row(db)).toMatchObject({
        problem_code: 'upstream_internal',
        problem_upstream_code: 90102,
        problem_since_ms: since,
      })
      await elapse(db, SPACING + 101)
      await lanes.release(await granted(lanes), { ...FINE, problem: undefined })
      expect((await row(db)).problem_code).toBe('upstream_internal')
      await elapse(db, SPACING + 101)
      await lanes.release(await granted(lanes), FINE)
      expect(await row(db)).toMatchObject({ problem_code: null, problem_upstream_code: null, problem_since_ms: null })
    })

    test('a feature that is off stops only its endpoint, for an hour', async () => {
      const { db, lanes } = await fresh()
      const problem = { code: 'upstream_not_enabled', upstreamCode: 90045 } as const
      await lanes.release(await granted(lanes), { ...FINE, stopEndpointMs: 3_600_000, problem })
      await elapse(db, 3_500_000)
      expect(await lanes.acquire(acquireRequest())).toEqual({ kind: 'stopped', whole: false, problem })
      await granted(lanes, { lane: 'normal_push_trace', endpoint: 'normal_push_trace' })
      await elapse(db, 100_001)
      await granted(lanes)
    })
  })

  describe('of an app', () => {
    const credential = { code: 'upstream_credential', upstreamCode: 70009 } as const

    test('that is stopped gives no process a lease until the stop is cleared', async () => {
      const { db, lanes } = await fresh()
      const other = createLanes(await again(), realClock)
      await changeApp(db, { stopped_code: credential.code, stopped_upstream_code: 70009, stopped_at: 1_700_000_000 })
      expect(await other.acquire(acquireRequest())).toEqual({ kind: 'stopped', whole: true, problem: credential })
      expect((await lanes.states('app'))?.stopped).toEqual({ ...credential, sinceMs: 1_700_000_000_000 })
      await changeApp(db, { stopped_code: null, stopped_upstream_code: null, stopped_at: null })
      await granted(lanes)
    })

    test('that was removed or never existed is reported as gone', async () => {
      const { db, lanes } = await fresh()
      expect(await lanes.acquire(acquireRequest({ appId: 'nobody' }))).toEqual({ kind: 'gone' })
      await lanes.giveBack(await granted(lanes))
      await changeApp(db, { removed_at: 1 })
      expect(await lanes.acquire(acquireRequest())).toEqual({ kind: 'gone' })
      expect(await lanes.states('app')).toBeNull()
    })

    test('clearing ends pauses, stops and problems; the gap to the last call stays', async () => {
      const { db, lanes } = await fresh()
      const problem = { code: 'upstream_not_enabled', upstreamCode: 90045 } as const
      await lanes.release(await granted(lanes), { ...FINE, failures: 2, stopEndpointMs: 3_600_000, problem })
      await lanes.clearProblems('app')
      expect(await row(db)).toMatchObject({ failures: 0, paused_until_ms: null, problem_code: null })
      within(await waits(lanes), SPACING + 1)
    })
  })

  describe('when lanes are merged', () => {
    const shared = { lane: '*', endpoint: 'normal_push_loss' } as const
    const slow: LaneEnd = { ...FINE, slowDown: true }

    test('two slow-downs of an app within a minute are noticed, also on two lanes', async () => {
      const { db, lanes } = await fresh()
      const trace = { lane: 'normal_push_trace', endpoint: 'normal_push_trace' } as const
      expect(await lanes.release(await granted(lanes), slow)).toBe(false)
      await elapse(db, 40_000)
      expect(await lanes.release(await granted(lanes, trace), slow)).toBe(true)
      await elapse(db, 61_000)
      expect(await lanes.release(await granted(lanes), slow)).toBe(false)
    })

    test("slow-downs of the online status don't count for the other lanes", async () => {
      const { db, lanes } = await fresh()
      const online = { lane: 'query_online_status', endpoint: 'query_online_status', spacingMs: 50 } as const
      for (let i = 0; i < 2; i++) {
        expect(await lanes.release(await granted(lanes, online), { ...slow, spacingMs: 50 })).toBe(false)
        await elapse(db, 1_000)
      }
      expect(await lanes.release(await granted(lanes), slow)).toBe(false)
      expect(await lanes.release(await granted(lanes, online), { ...slow, spacingMs: 50 })).toBe(false)
    })

    test('single lanes redirect to the shared lane, which waits for calls in flight', async () => {
      const { db, lanes } = await fresh()
      const lease = await granted(lanes)
      await changeApp(db, { lanes_merged: 1 })
      expect(await lanes.acquire(acquireRequest())).toEqual({ kind: 'moved', merged: true })
      within(await waits(lanes, shared), LEASE + SPACING + 1)
      await lanes.release(lease, FINE)
      within(await waits(lanes, shared), SPACING + 1)
      await elapse(db, SPACING + 1)
      expect(await lanes.acquire(acquireRequest())).toEqual({ kind: 'moved', merged: true })
      await granted(lanes, shared)
      const online = { lane: 'query_online_status', endpoint: 'query_online_status' } as const
      await granted(lanes, online)
    })

    test('the problem is stored at the endpoint, the spacing at the shared lane', async () => {
      const { db, lanes } = await fresh()
      await changeApp(db, { lanes_merged: 1 })
      const problem = { code: 'upstream_not_enabled', upstreamCode: 90045 } as const
      await lanes.release(await granted(lanes, shared), { ...FINE, stopEndpointMs: 3_600_000, problem })
      expect(await row(db)).toMatchObject({ problem_code: 'upstream_not_enabled' })
      expect(await row(db, '*')).toMatchObject({ problem_code: null, paused_until_ms: null })
      await elapse(db, SPACING + 1)
      expect(await lanes.acquire(acquireRequest(shared))).toEqual({ kind: 'stopped', whole: false, problem })
      await granted(lanes, { lane: '*', endpoint: 'normal_push_trace' })
    })

    test('after a separation the single lanes wait for the shared one', async () => {
      const { db, lanes } = await fresh()
      await changeApp(db, { lanes_merged: 1 })
      const lease = await granted(lanes, shared)
      await changeApp(db, { lanes_merged: 0 })
      expect(await lanes.acquire(acquireRequest(shared))).toEqual({ kind: 'moved', merged: false })
      within(await waits(lanes), LEASE + SPACING + 1)
      await lanes.release(lease, FINE)
      await elapse(db, SPACING + 1)
      await granted(lanes)
    })
  })
})
