import { setImmediate } from 'node:timers/promises'
import { beforeEach, expect, test } from 'vitest'
import { FakeClock } from '@/lib/gateway/testing/fake-clock'
import type { Store } from '@/lib/store/store'
import { describeStores } from '@/lib/store/testing/database'
import { answer, DAY, HOUR, newApp, storeWithApp, T0 } from '@/lib/store/testing/rows'
import { newShare } from '@/lib/store/testing/shares'
import { removeExpired, startUpkeep } from './upkeep'

const APP = newApp().id

describeStores('the upkeep', (stores) => {
  let store: Store
  let clock: FakeClock
  let resumed: string[]

  beforeEach(async () => {
    store = await storeWithApp(stores)
    clock = new FakeClock(T0 * 1_000)
    resumed = []
  })

  const gateway = {
    resume: async (id: string) => {
      resumed.push(id)
      await store.apps.clearStopped(id)
    },
  }
  const start = () => startUpkeep({ store, gateway, clock, timers: clock, retentionTracesDays: 90 })

  async function trace(keyHash: string, daysAgo: number) {
    const fetchedAt = clock.dataS() - daysAgo * DAY
    const sealed = { keySealed: 'k', bodySealed: 'b', personHash: null }
    await store.traces.save({ appId: APP, source: 'task', keyHash, fetchedAt, ...sealed })
  }
  const isHeld = async (keyHash: string) => (await store.traces.find({ appId: APP, source: 'task', keyHash })) !== null

  /** Lets the loop run until the condition holds, however long the store takes. */
  async function until(holds: () => Promise<boolean>) {
    const deadline = Date.now() + 15_000
    while (!(await holds())) {
      if (Date.now() > deadline) throw new Error('the condition did not become true in time')
      await setImmediate()
      await clock.pass(1_000)
    }
  }

  test('deletes look-ups after their retention, even if nobody looks anything up', async () => {
    await trace('oldest', 91)
    await trace('old', 90 - 1 / 48)
    await trace('young', 89)
    const upkeep = start()
    await until(async () => !(await isHeld('oldest')))
    expect([await isHeld('old'), await isHeld('young')]).toEqual([true, true])
    await until(async () => !(await isHeld('old')))
    expect(clock.dataS() - T0).toBeGreaterThanOrEqual(HOUR)
    expect(await isHeld('young')).toBe(true)
    await upkeep.stop()
  })

  test('deletes nothing by a clock that is ahead at the start, and goes on when it is right', async () => {
    await trace('young', 10)
    clock.jumped = 400 * DAY * 1_000
    const upkeep = start()
    await clock.pass(5 * 60_000)
    clock.jumped = 0
    await trace('oldest', 91)
    await until(async () => !(await isHeld('oldest')))
    expect(await isHeld('young')).toBe(true)
    await upkeep.stop()
  })

  test('deletes exact windows a week after their last fetch, keeps buckets, and closes windows beyond the horizon', async () => {
    const hour = { from: T0 - 40 * DAY, to: T0 - 40 * DAY + HOUR }
    await store.windows.save(answer({ ...hour, kept: true, fetchedAt: hour.to + 60 }))
    const exact = { from: T0 - 9 * DAY, to: T0 - 8 * DAY, fetchedAt: T0 - 8 * DAY }
    await store.windows.save(answer(exact))
    await store.windows.save(answer({ ...exact, from: exact.from + HOUR, fetchedAt: T0 - 7 * DAY }))
    await removeExpired({ store, clock, retentionTracesDays: 90 })
    const held = await store.windows.headers({ appId: APP, source: 'task', from: 0 })
    expect(held.map(({ from, final }) => [(from - T0) / HOUR, final])).toEqual([
      [-40 * 24, true],
      [-9 * 24 + 1, false],
    ])
  })

  test('deletes openings of shared links after 90 days', async () => {
    await store.shares.create(newShare({ id: 'a', app_id: APP }))
    const opening = { shareId: 'a', network: null, client: 'Firefox', outcome: 'opened' } as const
    for (const at of [T0 - 90 * DAY - 1, T0 - 90 * DAY]) await store.shares.noteOpening({ ...opening, at })
    await removeExpired({ store, clock, retentionTracesDays: 90 })
    const { items } = await store.shares.openings('a', { limit: 9 })
    expect(items.map(({ at }) => at)).toEqual([T0 - 90 * DAY])
  })

  test('ends a stop whose time is over, and no other', async () => {
    await store.apps.upsert(newApp({ id: 'stopped by hand' }))
    await store.apps.setStopped('stopped by hand', { code: 'upstream_credential', upstreamCode: null, at: T0 })
    await store.apps.setStopped(APP, { code: 'upstream_quota', upstreamCode: 60028, at: T0, until: T0 + HOUR })
    const upkeep = start()
    await until(async () => resumed.length > 0)
    expect(clock.dataS() - T0).toBeGreaterThanOrEqual(HOUR)
    expect(resumed).toEqual([APP])
    expect((await store.apps.get('stopped by hand'))?.stopped).not.toBeNull()
    await upkeep.stop()
  })
})
