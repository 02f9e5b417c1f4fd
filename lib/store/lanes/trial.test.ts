import { expect, test } from 'vitest'
import type { Db } from '@/lib/store/engine/open'
import { describeStores } from '@/lib/store/testing/database'
import { acquireRequest, addApp, changeApp, elapse, LEASE, SPACING } from '@/lib/store/testing/lanes'
import { realClock } from '@/lib/testing/clock'
import { createLanes, type LaneEnd, type Lanes } from './lanes'

const OF_TRIAL: LaneEnd = {
  spacingMs: SPACING,
  failures: 0,
  pauseMs: undefined,
  stopEndpointMs: null,
  slowDown: false,
  moreInteractive: false,
  problem: undefined,
  code: 70_009,
  day: '2026-11-21',
  atMs: 1_795_240_800_000,
}

describeStores('a trial of other credentials', ({ open }) => {
  async function fresh(): Promise<{ db: Db; lanes: Lanes }> {
    const db = await open()
    await addApp(db)
    return { db, lanes: createLanes(db, realClock) }
  }

  const kindOf = async (lanes: Lanes, trial: boolean) => (await lanes.acquire(acquireRequest({ trial }))).kind

  test('is called while the app is stopped, with the same spacing', async () => {
    const { db, lanes } = await fresh()
    await changeApp(db, { stopped_code: 'upstream_credential', stopped_at: 1 })
    expect(await kindOf(lanes, false)).toBe('stopped')
    expect(await kindOf(lanes, true)).toBe('granted')
    expect(await kindOf(lanes, true)).toBe('wait')
    await elapse(db, LEASE + SPACING + 1)
    expect(await kindOf(lanes, true)).toBe('granted')
  })

  test('is called while the endpoint is stopped, and leaves that stop as it is', async () => {
    const { db, lanes } = await fresh()
    const first = await lanes.acquire(acquireRequest())
    if (first.kind !== 'granted') throw new Error('refused')
    const problem = { code: 'upstream_not_enabled', upstreamCode: 90_045 } as const
    await lanes.release(first.lease, { ...OF_TRIAL, pauseMs: null, stopEndpointMs: 10 * LEASE, problem })
    await elapse(db, SPACING + 1)
    expect(await kindOf(lanes, false)).toBe('stopped')
    const got = await lanes.acquire(acquireRequest({ trial: true }))
    if (got.kind !== 'granted') throw new Error('refused')
    await lanes.release(got.lease, OF_TRIAL)
    await elapse(db, SPACING + 1)
    expect(await kindOf(lanes, false)).toBe('stopped')
  })

  test('is refused for an app that was removed', async () => {
    const { db, lanes } = await fresh()
    await changeApp(db, { removed_at: 1 })
    expect(await kindOf(lanes, true)).toBe('gone')
  })
})
