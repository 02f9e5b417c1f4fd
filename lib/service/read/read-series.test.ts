import { expect, test } from 'vitest'
import { describeStores } from '@/lib/store/testing/database'
import { answer, DAY, HOUR, newApp, sent, storeWithApp } from '@/lib/store/testing/rows'
import { clockAt } from '@/lib/testing/clock'
import { readSeries } from './read-series'
import type { ReaderContext } from './reader'

/** Midnight of a day at UTC+8, the app's offset. */
const MIDNIGHT = Date.parse('2026-11-18T16:00:00Z') / 1_000

describeStores('a series of days', (stores) => {
  test('is read from the roll-up and not from hours', async () => {
    const store = await storeWithApp(stores)
    const app = await store.apps.get(newApp().id)
    if (!app) throw new Error('no app')
    const day = (back: number) => MIDNIGHT - back * DAY
    const kept = (from: number, to: number, n: number) =>
      answer({ from, to, fetchedAt: to + 2 * DAY, kept: true, counts: sent(n) })
    const days = Array.from({ length: 60 }, (_, i) => kept(day(100 - i), day(99 - i), 100 + 2 * i))
    const hours = Array.from({ length: 24 }, (_, i) => kept(day(40) + i * HOUR, day(40) + (i + 1) * HOUR, 10))
    await store.windows.saveAll([...days, ...hours])
    const found: number[] = []
    const { within } = store.windows
    store.windows.within = async (span) => {
      const windows = await within(span)
      found.push(windows.length)
      return windows
    }
    const ctx = { store, clock: clockAt(MIDNIGHT) } as Partial<ReaderContext> as ReaderContext
    const question = { source: 'task', interval: 'day', withVendors: false, requestMissing: false } as const
    const read = (tz: string) => {
      const range = { from: day(100), to: day(39), tz, preset: null }
      return readSeries(ctx, { app, range, ...question })
    }
    const own = await read('Etc/GMT-8')
    expect(own.series.map((bucket) => bucket.sent)).toEqual([...days.map(({ counts }) => counts?.total.sent), 240])
    expect(own.series.every(({ state, final }) => state === 'held' && final)).toBe(true)
    expect(own.sum?.total.sent).toBe(9_780)
    expect(found).toEqual([])
    // Days of another zone are not the app's days. Of these only the 16 hours of the last one are stored.
    const foreign = await read('UTC')
    expect(foreign.coverage.held).toBe(1)
    expect(foreign.series.at(-1)?.sent).toBe(160)
    expect(found).not.toEqual([])
  })
})
