import { beforeEach, describe, expect, test } from 'vitest'
import { authorize } from '@/lib/access/authorize'
import { createArchive } from '@/lib/archive/archive'
import { readSumCheck } from '@/lib/archive/sum-check'
import { type FunnelQuery, funnelQuery, funnelReply } from '@/lib/contract/funnel'
import { HORIZON } from '@/lib/contract/limits'
import type { Gateway } from '@/lib/gateway/gateway'
import type { GatewayRequest } from '@/lib/gateway/queued-request'
import { upstreamApp } from '@/lib/gateway/testing/gateway-env'
import { earliestAskable } from '@/lib/report/range/windows'
import type { Context } from '@/lib/service/context'
import { createCaches } from '@/lib/service/read/caches'
import { resolveFunnel } from '@/lib/service/read/resolve-question'
import type { Store } from '@/lib/store/store'
import { describeStores } from '@/lib/store/testing/database'
import { answer, DAY, HOUR, newApp, sent, storeWithApp } from '@/lib/store/testing/rows'
import { clockAt } from '@/lib/testing/clock'
import { getFunnel } from './get-funnel'

/** Midday of a Thursday in the app's zone, UTC+8. */
const NOW = Date.parse('2026-11-19T04:03:20Z') / 1_000
const MIDNIGHT = Date.parse('2026-11-18T16:00:00Z') / 1_000
const VIEWER = { kind: 'token', id: 't', name: 't', role: 'viewer', apps: ['*'] } as const
/** Longer than a test may take: a reply that waits for a call fails the test. */
const WAIT_MS = 60_000

describeStores('a range that stored buckets cover', (stores) => {
  let store: Store
  let asked: { question: { from: number; to: number }; priority: string }[]
  /** What the upstream answers to an exact window; null while the call waits. */
  let exact: number | null
  let ended: Promise<unknown>

  beforeEach(async () => {
    store = await storeWithApp(stores)
    asked = []
    exact = null
    ended = Promise.resolve()
  })

  const gateway = {
    request({ question, priority, storeAnswer }: GatewayRequest) {
      if (!('from' in question)) throw new Error('only windows are requested here')
      // Like the real gateway, which makes one call of identical requests.
      const isKnown = asked.some((one) => one.question.from === question.from && one.question.to === question.to)
      if (!isKnown) asked.push({ question: { from: question.from, to: question.to }, priority })
      const total = exact
      if (total === null) return { done: new Promise<never>(() => undefined), place: () => 1, etaMs: () => 1_000 }
      const results = [{ task: '', ...sent(total, 0) }]
      const done = storeAnswer({ kind: 'statistics', results, raw: '{}', quarantined: [] }).then(
        () => 'stored' as const,
      )
      ended = done
      return { done, place: () => null, etaMs: () => null }
    },
    problem: async () => null,
  } as Partial<Gateway> as Gateway

  async function funnel(query: Partial<Record<keyof FunnelQuery, string>>) {
    const ctx = {
      store,
      gateway,
      archive: createArchive({ store, gateway, clock: { dataS: () => NOW } }),
      upstreamApp: () => upstreamApp('1400000001'),
      clock: clockAt(NOW),
      caches: createCaches(clockAt(NOW)),
    } as Partial<Context> as Context
    const app = await store.apps.get(newApp().id)
    const question = resolveFunnel(ctx, authorize(VIEWER, 'read', app, funnelQuery.parse(query)))
    return funnelReply.parse(await getFunnel(ctx, question, WAIT_MS))
  }

  const day = (back: number) => MIDNIGHT - back * DAY
  const hold = (from: number, to: number, n: number, fetchedAt = NOW - 30) =>
    store.windows.save(answer({ from, to, fetchedAt, kept: true, counts: sent(n, 0) }))
  const holdDays = async (first: number, n: number) => {
    for (let back = first; back > 0; back--) await hold(day(back), day(back - 1), n)
  }
  const holdHours = async (from: number, to: number, n: number) => {
    for (let at = from; at < to; at += HOUR) await hold(at, at + HOUR, n)
  }

  describe('that somebody chose', () => {
    test('is answered from days and hours at once, without a call', async () => {
      await holdDays(3, 100)
      await holdHours(day(4) + 5 * HOUR, day(3), 10)
      await holdHours(MIDNIGHT, MIDNIGHT + 7 * HOUR, 1)
      const range = { from: String(day(4) + 5 * HOUR), to: String(MIDNIGHT + 7 * HOUR) }
      for (const interval of ['none', 'day', 'week']) {
        const shown = { interval }
        expect(await funnel({ ...range, ...shown })).toMatchObject({
          total: { sent: 300 + 190 + 7 },
          totalBasis: 'sum',
          asOf: new Date((NOW - 30) * 1_000).toISOString(),
          freshness: { state: 'fresh', retryAfterMs: null },
        })
      }
      expect(asked).toEqual([])
    })

    test('of 90 days, partly beyond the horizon, neither asks for the part that Tencent still answers', async () => {
      await holdDays(90, 10)
      await holdHours(MIDNIGHT, MIDNIGHT + 3 * HOUR, 1)
      const range = { from: String(day(90)), to: String(MIDNIGHT + 3 * HOUR) }
      const whole = { total: { sent: 903 }, totalBasis: 'sum', freshness: { state: 'fresh' } }
      expect(await funnel(range)).toMatchObject({ ...whole, coverage: { held: 93, expected: 93, missing: [] } })
      expect(await funnel({ ...range, interval: 'day' })).toMatchObject({ ...whole, seriesSum: { sent: 903 } })
      expect(asked).toEqual([])
    })

    test('is stale while a refresh of a bucket is due, with the oldest fetch as its time', async () => {
      await hold(day(2), day(1), 100)
      await hold(day(1), MIDNIGHT, 100, MIDNIGHT + 60)
      const reply = await funnel({ from: '2026-11-17', to: '2026-11-19' })
      expect(reply).toMatchObject({ total: { sent: 200 }, asOf: new Date((MIDNIGHT + 60) * 1_000).toISOString() })
      expect(reply.freshness).toMatchObject({ state: 'stale', place: null, problem: null })
      expect(reply.freshness.retryAfterMs).toBeGreaterThanOrEqual(5_000)
      expect(asked).toEqual([])
    })

    test('is compared bucket by bucket with what is stored, without a call: a missing day is a hole', async () => {
      await holdDays(2, 100)
      await hold(day(9), day(8), 70)
      const range = { from: '2026-11-17', to: '2026-11-19', interval: 'day' }
      const reply = await funnel({ ...range, compare: 'weekday' })
      expect(reply.series.map(({ sent: n }) => n)).toEqual([100, 100])
      expect(reply.seriesBefore.map((one) => one && [Date.parse(one.from) / 1_000, one.sent])).toEqual([
        [day(9), 70],
        [day(8), null],
      ])
      expect((await funnel(range)).seriesBefore).toEqual([])
      expect(asked).toEqual([])
    })

    test('is compared by the hour with the same hours, also where the range cuts its first and last hour', async () => {
      await holdHours(day(1), MIDNIGHT, 10)
      await holdHours(day(8), day(7), 7)
      const range = { from: String(day(1) + 12 * 60), to: String(MIDNIGHT - 12 * 60), interval: 'hour' }
      await hold(Number(range.from), Number(range.to), 235)
      const { series, seriesBefore } = await funnel({ ...range, compare: 'weekday' })
      const shifts = series.map(({ from }, i) => (Date.parse(from) - Date.parse(seriesBefore[i]?.from ?? '')) / 1_000)
      expect(shifts).toEqual([Number.NaN, ...Array(22).fill(7 * DAY), Number.NaN])
      expect(seriesBefore[1]).toMatchObject({ sent: 7 })
    })

    test('is not compared by the week where the parts of the weeks differ', async () => {
      await holdDays(40, 100)
      const range = { from: '2026-11-04', to: '2026-11-14', interval: 'week' }
      const { seriesBefore } = await funnel({ ...range, compare: 'previous' })
      expect(seriesBefore).toEqual([null, null])
    })

    test('has an exact total where that is stored and current, and the buckets’ sum beside it', async () => {
      await holdDays(2, 100)
      await hold(day(2), MIDNIGHT, 206)
      const range = { from: '2026-11-17', to: '2026-11-19' }
      expect(await funnel(range)).toMatchObject({ total: { sent: 206 }, totalBasis: 'exact', seriesSum: { sent: 200 } })
      expect(asked).toEqual([])
    })

    test('does without an exact total that nobody refreshes any more', async () => {
      await holdDays(2, 100)
      await hold(day(2), MIDNIGHT, 150, MIDNIGHT + 60)
      expect(await funnel({ from: '2026-11-17', to: '2026-11-19' })).toMatchObject({
        total: { sent: 200 },
        totalBasis: 'sum',
        freshness: { state: 'fresh' },
      })
      expect(asked).toEqual([])
    })

    test.each([
      ['an hour is missing', day(1), MIDNIGHT + 3 * HOUR],
      ['it ends within an hour', day(1), MIDNIGHT + 90 * 60],
    ])('is requested where %s', async (_, from, to) => {
      await holdDays(1, 100)
      await holdHours(MIDNIGHT, MIDNIGHT + 2 * HOUR, 1)
      exact = 100
      await funnel({ from: String(from), to: String(to) })
      expect(asked).toMatchObject([{ question: { from, to }, priority: 'single' }])
    })

    test('is summed from days alone where hours do not add up to days', async () => {
      await store.apps.setByDay(newApp().id, true)
      await holdDays(2, 100)
      expect(await funnel({ from: '2026-11-17', to: '2026-11-19' })).toMatchObject({ total: { sent: 200 } })
      expect(asked).toEqual([])
      await holdHours(MIDNIGHT, MIDNIGHT + HOUR, 1)
      exact = 7
      const to = String(MIDNIGHT + HOUR)
      expect(await funnel({ from: '2026-11-18', to })).toMatchObject({ total: { sent: 7 }, totalBasis: 'exact' })
    })
  })

  describe('of a preset', () => {
    test('is answered at once, while its exact window is fetched behind', async () => {
      await holdDays(7, 100)
      const reply = await funnel({ range: '7d' })
      expect(reply).toMatchObject({ total: { sent: 700 }, totalBasis: 'sum' })
      expect(reply.freshness).toMatchObject({ state: 'stale', place: 1, problem: null })
      expect(asked).toEqual([{ question: { from: day(7), to: MIDNIGHT }, priority: 'bulk' }])
    })

    test.each([
      [700, 'add_up'],
      [800, 'differ'],
    ] as const)('is compared with its exact total of %i afterwards: %s', async (total, verdict) => {
      await holdDays(7, 100)
      exact = total
      expect(await readSumCheck(store.settings, newApp().id)).toBeNull()
      await funnel({ range: '7d' })
      await ended
      await expect.poll(() => readSumCheck(store.settings, newApp().id)).toBe(verdict)
      expect(await funnel({ range: '7d' })).toMatchObject({
        total: { sent: total },
        totalBasis: 'exact',
        seriesSum: { sent: 700 },
        freshness: { state: 'fresh' },
      })
      expect(asked).toHaveLength(1)
    })

    test('beyond the horizon has nothing to fetch behind', async () => {
      await holdDays(30, 10)
      expect(day(30)).toBeLessThan(earliestAskable(HORIZON.statistics, NOW))
      expect(await funnel({ range: '30d' })).toMatchObject({ total: { sent: 300 }, freshness: { state: 'fresh' } })
      expect(asked).toEqual([])
    })
  })

  describe('that is compared', () => {
    test('has the counts of the period before, from what is stored, without a call', async () => {
      await holdDays(8, 100)
      await hold(day(5), day(4), 250)
      const range = { from: String(day(4)), to: String(MIDNIGHT) }
      const { comparison } = await funnel({ ...range, compare: 'previous' })
      expect(comparison).toMatchObject({ held: true, now: { sent: 400 }, before: { sent: 550 } })
      expect([comparison?.from, comparison?.to].map((at) => Date.parse(at ?? '') / 1_000)).toEqual([day(8), day(4)])
      expect((await funnel(range)).comparison).toBeNull()
      expect(asked).toEqual([])
    })

    test('compares nothing while the period before has a gap, and requests nothing for it', async () => {
      await holdDays(7, 100)
      const { comparison } = await funnel({ from: String(day(4)), to: String(MIDNIGHT), compare: 'previous' })
      expect(comparison).toMatchObject({ held: false, now: null, before: null, change: null, vendors: [] })
      expect(asked).toEqual([])
    })

    test('that ends within an hour is compared up to that hour, on both sides', async () => {
      await holdDays(7, 100)
      await holdHours(MIDNIGHT, MIDNIGHT + 12 * HOUR, 10)
      await holdHours(day(7), day(7) + 12 * HOUR, 4)
      exact = 125
      const { comparison } = await funnel({ range: 'today', compare: 'weekday' })
      expect(comparison).toMatchObject({ held: true, now: { sent: 120 }, before: { sent: 48 } })
      expect(Date.parse(comparison?.range.to ?? '') / 1_000).toBe(MIDNIGHT + 12 * HOUR)
    })
  })

  test('an app at an offset of half an hour has days that begin between hours', async () => {
    await store.apps.upsert(newApp({ utcOffsetMin: 330 }))
    const midnight = Date.parse('2026-11-19T00:00:00+05:30') / 1_000
    for (let back = 60; back > 0; back--) await hold(midnight - back * DAY, midnight - (back - 1) * DAY, 5)
    const reply = await funnel({ from: '2026-09-20', to: '2026-11-19' })
    expect(reply).toMatchObject({ total: { sent: 300 }, totalBasis: 'sum', freshness: { state: 'fresh' } })
    expect(asked).toEqual([])
  })
})
