import { beforeEach, expect, test } from 'vitest'
import { authorize } from '@/lib/access/authorize'
import type { KnownPrincipal } from '@/lib/access/principal'
import { type Archive, createArchive } from '@/lib/archive/archive'
import { type FunnelQuery, funnelQuery, funnelReply } from '@/lib/contract/funnel'
import type { Gateway } from '@/lib/gateway/gateway'
import type { GatewayRequest } from '@/lib/gateway/queued-request'
import { upstreamApp } from '@/lib/gateway/testing/gateway-env'
import type { Context } from '@/lib/service/context'
import { createCaches } from '@/lib/service/read/caches'
import { resolveFunnel } from '@/lib/service/read/resolve-question'
import type { Store } from '@/lib/store/store'
import { describeStores } from '@/lib/store/testing/database'
import { answer, DAY, HOUR, newApp, sent, storeWithApp } from '@/lib/store/testing/rows'
import { clockAt } from '@/lib/testing/clock'
import { UpstreamError } from '@/lib/timpush/errors'
import { getFunnel } from './get-funnel'

/** Midday of a Thursday in the app's zone, UTC+8. */
const NOW = Date.parse('2026-11-19T04:03:20Z') / 1_000
const MIDNIGHT = Date.parse('2026-11-18T16:00:00Z') / 1_000
const VIEWER: KnownPrincipal = {
  kind: 'person',
  id: '1',
  name: 'Kim',
  email: 'pm@example.com',
  grants: [{ app: '*', role: 'viewer' }],
  sessionIdHash: 'h',
}

describeStores('the funnel over time', (stores) => {
  let store: Store
  let archive: Archive
  /** The requests for statistics, and for losses. */
  let asked: { from: number; to: number; priority: string }[]
  let lossesAsked: { from: number; to: number; priority: string }[]
  let waiting: boolean
  /** Whether the first request is refused as invalid. */
  let refuses: boolean
  /** Whether every total is refused as invalid. Days are not. */
  let refusesTotals: boolean

  beforeEach(async () => {
    store = await storeWithApp(stores)
    archive = createArchive({ store, gateway: gateway as Gateway, clock: { dataS: () => NOW } })
    asked = []
    lossesAsked = []
    waiting = true
    refuses = false
    refusesTotals = false
  })

  /** A lane in which every request waits, or which refuses it at once. */
  const gateway: Pick<Gateway, 'request' | 'problem'> = {
    request({ question, priority }: GatewayRequest) {
      const list = question.endpoint === 'all_member_push_loss' ? lossesAsked : asked
      if ('from' in question) list.push({ from: question.from, to: question.to, priority })
      const place = asked.length
      const wrong = new UpstreamError(question.endpoint, 'upstream_bad_request', 'bad_request', 90100, 'EndTime')
      const isRefused = refuses || (refusesTotals && priority === 'single')
      const error = isRefused ? wrong : new Error('refused')
      const waits = waiting && !isRefused
      const done = waits ? new Promise<never>(() => undefined) : Promise.reject(error)
      refuses = false
      done.catch(() => undefined)
      return { done, place: () => (waits ? place : null), etaMs: () => (waits ? place * 1_000 : null) }
    },
    problem: async () => null,
  }

  function context(): Context {
    const lane = gateway as Gateway
    return {
      store,
      gateway: lane,
      archive,
      upstreamApp: () => upstreamApp('1400000001'),
      clock: clockAt(NOW),
      caches: createCaches(clockAt(NOW)),
      retentionTracesDays: 90,
    } as Partial<Context> as Context
  }

  async function funnel(query: Partial<Record<keyof FunnelQuery, string>>, waitMs = 0) {
    const ctx = context()
    const app = await store.apps.get(newApp().id)
    const scoped = authorize(VIEWER, 'read', app, funnelQuery.parse(query))
    return funnelReply.parse(await getFunnel(ctx, resolveFunnel(ctx, scoped), waitMs))
  }

  const hold = (from: number, to: number, n: number, fetchedAt = NOW - 30) =>
    store.windows.save(answer({ from, to, fetchedAt, counts: sent(n) }))
  const day = (back: number) => MIDNIGHT - back * DAY

  test('inside the horizon the total is the exact window, to which the series need not add up', async () => {
    await hold(day(2), MIDNIGHT, 500)
    await hold(day(2), day(1), 300)
    await hold(day(1), MIDNIGHT, 180)
    const reply = await funnel({ from: '2026-11-17', to: '2026-11-19', interval: 'day' })
    expect(reply.total?.sent).toBe(500)
    expect(reply.totalBasis).toBe('exact')
    expect(reply.series.map((bucket) => bucket.sent)).toEqual([300, 180])
    expect(reply.seriesSum?.sent).toBe(480)
    expect(reply.coverage).toEqual({ held: 2, expected: 2, missing: [] })
    expect(reply.freshness.state).toBe('fresh')
    expect(asked).toEqual([])
  })

  test('missing days are requested with bulk priority, the newest first, with their losses', async () => {
    await hold(day(3), MIDNIGHT, 500)
    await hold(day(2), day(1), 300)
    const reply = await funnel({ from: '2026-11-16', to: '2026-11-19', interval: 'day' })
    expect(asked).toEqual([
      { from: day(1), to: MIDNIGHT, priority: 'bulk' },
      { from: day(3), to: day(2), priority: 'bulk' },
    ])
    expect(lossesAsked).toEqual(asked)
    expect(reply.series.map(({ state, sent }) => [state, sent])).toEqual([
      ['pending', null],
      ['held', 300],
      ['pending', null],
    ])
    expect(reply.freshness).toMatchObject({ state: 'stale', place: 1, etaMs: 2_000, retryAfterMs: 2_000 })
  })

  test('days that a lane refuses stay missing, without waiting', async () => {
    waiting = false
    await hold(day(1), MIDNIGHT, 500)
    const reply = await funnel({ from: '2026-11-17', to: '2026-11-19', interval: 'day' })
    expect(reply.series.map(({ state }) => state)).toEqual(['missing', 'held'])
  })

  test('missing hours are requested with bulk priority, the newest first, with their losses', async () => {
    await hold(MIDNIGHT - 2 * HOUR, MIDNIGHT - HOUR, 40)
    const range = { from: String(MIDNIGHT - 20 * HOUR), to: String(MIDNIGHT), interval: 'hour' }
    const reply = await funnel(range)
    const hours = asked.filter(({ priority }) => priority === 'bulk')
    // Twelve at once: the rest follows when the reader comes back, so that nobody fills a lane.
    const backs = [1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]
    expect(hours.map(({ from, to }) => [(MIDNIGHT - from) / HOUR, (to - from) / HOUR])).toEqual(
      backs.map((back) => [back, 1]),
    )
    expect(lossesAsked).toEqual(hours)
    expect(reply.series.map(({ state }) => state).reverse()).toEqual([
      'pending',
      'held',
      ...Array.from({ length: 11 }, () => 'pending'),
      ...Array.from({ length: 7 }, () => 'missing'),
    ])
    expect(reply.freshness.retryAfterMs).toBeLessThanOrEqual(3_000)
  })

  test('of an hour whose losses are older than seven days only the statistics are requested', async () => {
    const [from, to] = [day(10), day(10) + HOUR]
    await funnel({ from: String(from), to: String(to), interval: 'hour' })
    expect(asked).toContainEqual({ from, to, priority: 'bulk' })
    expect(lossesAsked).toEqual([])
  })

  test('weeks request their days', async () => {
    await funnel({ from: '2026-11-15', to: '2026-11-17', interval: 'week' })
    expect(asked.filter(({ priority }) => priority === 'bulk')).toEqual([
      { from: day(3), to: day(2), priority: 'bulk' },
      { from: day(4), to: day(3), priority: 'bulk' },
    ])
  })

  test('beyond the horizon the total is the sum of stored buckets, and says so', async () => {
    for (const back of [60, 59, 58]) await hold(day(back), day(back - 1), 2 * back, day(back - 3))
    const range = { from: '2026-09-19', to: '2026-09-24' }
    const reply = await funnel({ ...range, interval: 'day' })
    expect(reply.totalBasis).toBe('sum')
    expect(reply.total?.sent).toBe(354)
    expect(reply.series.map(({ state }) => state)).toEqual(['expired', 'held', 'held', 'held', 'expired'])
    expect(reply.coverage).toMatchObject({ held: 3, expected: 5 })
    const alone = await funnel(range)
    expect(alone).toMatchObject({ totalBasis: 'sum', series: [], seriesSum: null, interval: 'none' })
    expect(alone.total?.sent).toBe(354)
    expect(asked).toEqual([])
  })

  test('a range across the horizon uses what covers more time: stored buckets, or the window Tencent still answers', async () => {
    const from = { from: '2026-10-18', to: '2026-11-19', interval: 'day' }
    const cut = Date.parse('2026-10-20T05:00:00Z') / 1_000
    await hold(cut, MIDNIGHT, 1_000)
    for (let back = 20; back > 0; back--) await hold(day(back), day(back - 1), 10)
    expect(await funnel(from)).toMatchObject({ totalBasis: 'cut', total: { sent: 1_000 } })
    for (let back = 32; back > 20; back--) await hold(day(back), day(back - 1), 10, day(back - 2))
    expect(await funnel(from)).toMatchObject({ totalBasis: 'sum', total: { sent: 320 } })
  })

  test('a range that was fetched in time stays exact', async () => {
    await hold(day(60), day(50), 778, day(49))
    expect(await funnel({ from: '2026-09-20', to: '2026-09-30' })).toMatchObject({
      totalBasis: 'exact',
      total: { sent: 778 },
      freshness: { state: 'fresh' },
    })
  })

  test('buckets have vendors only on request', async () => {
    await hold(day(1), MIDNIGHT, 180)
    const range = { from: '2026-11-18', to: '2026-11-19', interval: 'day' }
    expect((await funnel(range)).series[0]).not.toHaveProperty('vendors')
    expect((await funnel(range)).vendors).not.toEqual([])
    expect((await funnel({ ...range, vendors: '1' })).series[0]?.vendors).toHaveLength(1)
    expect((await funnel({ ...range, vendors: '0' })).vendors).toEqual([])
  })

  test('tasks have no series, since they are counted over their lives', async () => {
    await hold(day(1), MIDNIGHT, 180)
    const reply = await funnel({ from: '2026-11-18', to: '2026-11-19', interval: 'day', task: 'a_b_c' })
    expect(reply).toMatchObject({ series: [], seriesSum: null })
    expect(asked.filter(({ priority }) => priority === 'bulk')).toEqual([])
  })

  test('too many buckets are refused with the field interval', async () => {
    await expect(funnel({ from: '2026-08-01', to: '2026-11-19', interval: 'hour' })).rejects.toMatchObject({
      code: 'bad_range',
      field: 'interval',
    })
  })

  test('a vendor that stopped has the hour of the change, also in later replies, and its row is 0', async () => {
    const hour = (back: number, n: number, delivered: number) => {
      const [from, to] = [MIDNIGHT - back * HOUR, MIDNIGHT - (back - 1) * HOUR]
      return store.windows.save(answer({ from, to, kept: true, fetchedAt: NOW - HOUR, counts: sent(n, delivered) }))
    }
    for (const back of [6, 5, 4]) await hour(back, 300, 200)
    for (const back of [3, 2, 1]) await hour(back, 300, 0)
    await store.windows.save(
      answer({ from: MIDNIGHT - 2 * HOUR, to: MIDNIGHT, fetchedAt: NOW - 30, counts: sent(600, 0) }),
    )
    const reply = await funnel({ from: String(MIDNIGHT - 2 * HOUR), to: String(MIDNIGHT), interval: 'hour' })
    const at = new Date((MIDNIGHT - 3 * HOUR) * 1_000).toISOString()
    const place = { vendor: 'apns', platform: 1, channel: 'offline' }
    expect(reply.receipts).toEqual([{ change: 'stopped', ...place, at, grain: 'hour' }])
    expect(reply.vendors).toMatchObject([{ vendor: 'apns', sent: 600, delivered: 0, delivery: 'reported' }])
    expect(reply.vendors[0]?.rates.delivery).toBe(0)
  })

  test('receipt changes come from days where no hours are stored', async () => {
    const delivered: Record<number, number> = { 40: 0, 39: 0, 38: 250, 3: 250, 2: 0, 1: 250 }
    for (const [back, arrived] of Object.entries(delivered)) {
      const [from, to] = [day(Number(back)), day(Number(back) - 1)]
      await store.windows.save(answer({ from, to, kept: true, fetchedAt: to + DAY, counts: sent(500, arrived) }))
    }
    const { receipts } = await funnel({ from: '2026-09-30', to: '2026-11-19' })
    expect(receipts.map(({ change, at, grain }) => [change, (Date.parse(at) / 1_000 - MIDNIGHT) / DAY, grain])).toEqual(
      [
        ['began', -38, 'day'],
        ['stopped', -2, 'day'],
        ['resumed', -1, 'day'],
      ],
    )
  })

  test('an app without hours gets days, and the reply says so', async () => {
    await hold(day(1), MIDNIGHT, 180)
    const range = { from: '2026-11-18', to: '2026-11-19', interval: 'hour' }
    expect(await funnel(range)).toMatchObject({ interval: 'hour', hourly: true })
    await store.apps.setByDay(newApp().id, true)
    const reply = await funnel(range)
    expect(reply).toMatchObject({ interval: 'day', hourly: false, series: [{ sent: 180 }] })
  })

  test('a refused total keeps its problem while days are fetched, and is final once nothing is under way', async () => {
    const query = { from: '2026-11-17T10:00:00Z', to: '2026-11-18T16:00:00Z', interval: 'day' }
    refusesTotals = true
    const filling = await funnel(query, 1_000)
    expect(filling.freshness).toMatchObject({ state: 'stale', problem: { code: 'upstream_bad_request' } })
    expect(filling.freshness.retryAfterMs).toBeGreaterThan(0)
    waiting = false
    const { freshness } = await funnel(query, 1_000)
    expect(freshness).toMatchObject({ state: 'final', retryAfterMs: null, problem: { code: 'upstream_bad_request' } })
  })

  test('a range that Tencent refuses is requested by half, and the reply says so', async () => {
    refuses = true
    const range = { from: '2026-11-05', to: '2026-11-19' }
    expect(await funnel(range, 1_000)).toMatchObject({ total: null, freshness: { state: 'pending', problem: null } })
    expect([...new Set(asked.map(({ from }) => (MIDNIGHT - from) / DAY))]).toEqual([14, 7])
    await hold(day(7), MIDNIGHT, 700)
    expect(await funnel(range)).toMatchObject({
      totalBasis: 'halved',
      total: { sent: 700 },
      coverage: { held: 1, expected: 2, missing: [{ state: 'missing', to: new Date(day(7) * 1_000).toISOString() }] },
    })
  })
})
