import { expect, test } from 'vitest'
import { describeStores } from '@/lib/store/testing/database'
import { answer, DAY, HOUR, newApp, sent, storeWithApp } from '@/lib/store/testing/rows'
import { clockAt } from '@/lib/testing/clock'
import { UpstreamError } from '@/lib/timpush/errors'
import { createCaches } from './caches'
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
    const question = { source: 'task', interval: 'day', requestMissing: false } as const
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

  test('days that Tencent refused are not requested at every poll', async () => {
    const store = await storeWithApp(stores)
    const app = await store.apps.get(newApp().id)
    if (!app) throw new Error('no app')
    let requests = 0
    const find = async () => {
      requests++
      const done = Promise.reject(
        new UpstreamError('all_member_push_statistics', 'upstream_bad_request', 'bad_request', 90100, 'EndTime'),
      )
      return { held: new Map(), states: new Map(), tickets: [{ done, place: () => null, etaMs: () => null }] }
    }
    const clock = clockAt(MIDNIGHT)
    const parts = { store, clock, archive: { find }, caches: createCaches(clock), upstreamApp: () => ({}) }
    const ctx = parts as unknown as ReaderContext
    const range = { from: MIDNIGHT - 3 * DAY, to: MIDNIGHT, tz: 'Etc/GMT-8', preset: null }
    const poll = () => readSeries(ctx, { app, range, source: 'task', interval: 'day', requestMissing: true })
    const { series } = await poll()
    expect(series.map(({ state }) => state)).toEqual(['missing', 'missing', 'missing'])
    // Three days of statistics and their losses.
    expect(requests).toBe(6)
    await poll()
    expect(requests).toBe(6)
  })
})
