import { expect, test } from 'vitest'
import { describeStores } from '@/lib/store/testing/database'
import { answer, DAY, HOUR, sent, storeWithApp, T0 } from '@/lib/store/testing/rows'

/** Midnight at the app's offset, +08:00. */
const MIDNIGHT = T0 - 8 * HOUR
const APP = '1400000001'
const days = { appId: APP, source: 'task' as const, from: 0, to: 2 ** 40 }
const hour = (n: number, count: number) => {
  const from = MIDNIGHT + n * HOUR
  return answer({ from, to: from + HOUR, fetchedAt: from + 2 * HOUR, counts: sent(count), kept: true })
}
const day = (count: number, fetchedAt = MIDNIGHT + 2 * DAY) =>
  answer({ from: MIDNIGHT, to: MIDNIGHT + DAY, fetchedAt, counts: sent(count), kept: true })

describeStores('the days', ({ open }) => {
  test('sum their hours and report how much of the day is stored', async () => {
    const store = await storeWithApp({ open })
    await store.windows.saveAll([hour(0, 10), hour(23, 30), hour(24, 1_000)])
    const [first, second] = await store.daily.within(days)
    expect(first).toMatchObject({ day: MIDNIGHT, heldS: 2 * HOUR, asOf: MIDNIGHT + 2 * HOUR, final: false })
    expect(first?.counts.total).toEqual({ sendable: 40, sent: 40, delivered: 20, clicked: null })
    expect(first?.counts.rows).toEqual([
      { vendor: 'apns', channel: 'offline', sendable: 40, sent: 40, delivered: 20, clicked: 0 },
    ])
    expect(second).toMatchObject({ day: MIDNIGHT + DAY, heldS: HOUR })
  })

  test("use the window of the whole day if it was fetched after the day's end, never both", async () => {
    const store = await storeWithApp({ open })
    await store.windows.saveAll([hour(0, 10), day(99), hour(1, 10)])
    expect(await store.daily.within(days)).toMatchObject([{ heldS: DAY, counts: { total: { sent: 99 } } }])
  })

  test('follow a count that is fetched again, higher or lower', async () => {
    const store = await storeWithApp({ open })
    await store.windows.save(hour(0, 10))
    await store.windows.save({ ...hour(0, 8), fetchedAt: MIDNIGHT + 3 * HOUR })
    expect(await store.daily.within(days)).toMatchObject([
      { counts: { total: { sent: 8 } }, asOf: MIDNIGHT + 3 * HOUR },
    ])
  })

  test('ignore windows that are no bucket, no overall total, or without counts', async () => {
    const store = await storeWithApp({ open })
    await store.windows.saveAll([
      { ...hour(0, 10), kept: false },
      { ...hour(1, 10), task: 'one' },
      { ...hour(2, 10), counts: null },
      { ...hour(3, 10), metric: 'loss', counts: null, losses: [] },
    ])
    expect(await store.daily.within(days)).toEqual([])
  })
})

describeStores('the upkeep of windows', ({ open }) => {
  test('prunes windows that are not kept and were last fetched before then, with their raw answers', async () => {
    const store = await storeWithApp({ open })
    const [old, kept, young] = await store.windows.saveAll([
      answer({ fetchedAt: T0 + DAY }),
      answer({ fetchedAt: T0 + DAY, from: T0 - HOUR, to: T0, kept: true }),
      answer({ fetchedAt: T0 + 2 * DAY, from: T0 - 2 * HOUR }),
    ])
    expect(await store.windows.prune(T0 + 2 * DAY)).toBe(1)
    const raw = await Promise.all([old, kept, young].map((one) => store.windows.raw(one?.id ?? 0)))
    expect(raw.map((text) => text !== null)).toEqual([false, true, true])
  })

  test("returns the overall windows of both metrics, and finalizes those that can't be fetched again", async () => {
    const store = await storeWithApp({ open })
    await store.windows.saveAll([
      answer(),
      answer({ metric: 'loss', counts: null, losses: [] }),
      answer({ task: 'one' }),
      answer({ from: T0 - DAY, to: T0 }),
    ])
    await store.windows.close('loss', T0 + 1)
    const span = { from: T0, to: T0 + HOUR, fetchedAt: T0 + HOUR + 60 }
    const found = await store.windows.headers({ appId: APP, source: 'task', from: T0 })
    expect(found.sort((a, b) => (a.metric < b.metric ? -1 : 1))).toEqual([
      { ...span, metric: 'loss', final: true },
      { ...span, metric: 'statistics', final: false },
    ])
  })
})
