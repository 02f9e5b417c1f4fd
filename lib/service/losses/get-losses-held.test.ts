import { beforeEach, expect, test } from 'vitest'
import { authorize } from '@/lib/access/authorize'
import { createArchive } from '@/lib/archive/archive'
import { readSumCheck } from '@/lib/archive/sum-check'
import { type LossesQuery, lossesQuery, lossesReply } from '@/lib/contract/losses'
import type { LossRecord, LossRow } from '@/lib/contract/records'
import type { GatewayRequest } from '@/lib/gateway/queued-request'
import type { Context } from '@/lib/service/context'
import { createCaches } from '@/lib/service/read/caches'
import { resolveLosses } from '@/lib/service/read/resolve-question'
import type { Store } from '@/lib/store/store'
import { describeStores } from '@/lib/store/testing/database'
import { answer, DAY, HOUR, newApp, sent, storeWithApp, T0 } from '@/lib/store/testing/rows'
import { clockAt } from '@/lib/testing/clock'
import { getLosses } from './get-losses'

const NOW = T0 + 40 * DAY + 12 * HOUR
const VIEWER = { kind: 'token', id: 't', name: 't', role: 'viewer', apps: ['*'] } as const
/** Longer than a test may take: a reply that waits for a call fails the test. */
const WAIT_MS = 60_000

const codes = (count: number): LossRow[] => [
  { stage: 'post_send', vendor: null, channel: null, code: '16', text: '', count },
  { stage: 'post_send', vendor: 'apns', channel: 'offline', code: '16', text: '', count },
]

describeStores('losses of a range that stored buckets cover', (stores) => {
  let store: Store
  let asked: string[]
  /** The losses with a code that the upstream answers for an exact window; null while the call waits. */
  let exact: number | null

  beforeEach(async () => {
    store = await storeWithApp(stores)
    asked = []
    exact = null
  })

  const gateway = {
    request({ question, priority, storeAnswer }: GatewayRequest) {
      // Like the real gateway, which makes one call of identical requests.
      const request = `${question.endpoint} ${priority}`
      if (!asked.includes(request)) asked.push(request)
      const count = exact
      if (count === null) return { done: new Promise<never>(() => undefined), place: () => 1, etaMs: () => 1_000 }
      const given = { raw: '{}', quarantined: [] }
      const done = storeAnswer(
        question.endpoint === 'all_member_push_loss'
          ? { kind: 'loss', results: [{ task: '', rows: codes(count), absent: [] }], ...given }
          : { kind: 'statistics', results: [{ task: '', ...sent(2_400, 0) }], ...given },
      )
      return { done: done.then(() => 'stored' as const), place: () => null, etaMs: () => null }
    },
    problem: async () => null,
  }

  async function losses(query: Partial<Record<keyof LossesQuery, string>>) {
    const clock = clockAt(NOW)
    const archive = createArchive({ store, gateway: gateway as never, clock })
    const parts = { store, gateway, archive, clock, caches: createCaches(clock), upstreamApp: (app: object) => app }
    const ctx = parts as unknown as Context
    const scoped = authorize(VIEWER, 'read', await store.apps.get(newApp().id), lossesQuery.parse(query))
    return lossesReply.parse(await getLosses(ctx, resolveLosses(ctx, scoped), WAIT_MS))
  }

  const midnight = (days: number) => T0 + 40 * DAY - 8 * HOUR - days * DAY
  async function hold(from: number, to: number, more: { absent?: LossRecord['absent']; fetchedAt?: number } = {}) {
    const span = { from, to, kept: true, fetchedAt: NOW - 30, ...more }
    const loss = { metric: 'loss' as const, counts: null, losses: codes(10) }
    await store.windows.saveAll([answer({ ...span, counts: sent(100, 0) }), answer({ ...span, ...loss })])
  }
  const holdHours = async (from: number, to: number) => {
    for (let at = from; at < to; at += HOUR) await hold(at, at + HOUR)
  }
  const span = (from: number, to: number) => ({ from: String(from), to: String(to) })

  test('come from days and hours at once, without a call', async () => {
    await hold(midnight(2), midnight(1))
    await holdHours(midnight(1), midnight(0) + 5 * HOUR)
    const reply = await losses(span(midnight(2), midnight(0) + 5 * HOUR))
    expect(reply).toMatchObject({
      basis: 'sum',
      coverage: { held: 53, expected: 53, missing: [] },
      freshness: { state: 'fresh', retryAfterMs: null },
      stages: [{ lost: 0 }, { reasons: [{ code: '16', count: 300 }] }],
      difference: null,
    })
    expect(asked).toEqual([])
  })

  test('do not mistake an exact window of a day’s length for a day', async () => {
    await holdHours(midnight(1), midnight(0) + 10 * HOUR)
    await hold(midnight(1) + 90 * 60, midnight(0) + 90 * 60)
    const reply = await losses(span(midnight(1), midnight(0) + 10 * HOUR))
    expect(reply.stages[1]?.reasons).toMatchObject([{ code: '16', count: 340 }])
    expect(asked).toEqual([])
  })

  test('are stale while a refresh of a bucket is due', async () => {
    await hold(midnight(2), midnight(1))
    await hold(midnight(1), midnight(0), { fetchedAt: midnight(0) + 60 })
    const reply = await losses(span(midnight(2), midnight(0)))
    expect(reply.freshness).toMatchObject({ state: 'stale', place: null, problem: null })
    expect(reply.asOf).toBe(new Date((midnight(0) + 60) * 1_000).toISOString())
    expect(asked).toEqual([])
  })

  test('beyond the horizon are final in buckets that were fetched long ago', async () => {
    for (let back = 20; back > 0; back--) {
      await hold(midnight(back), midnight(back - 1), back > 7 ? { fetchedAt: midnight(back - 1) + 60 } : {})
    }
    expect(await losses(span(midnight(20), midnight(0)))).toMatchObject({ basis: 'sum', freshness: { state: 'fresh' } })
    expect(asked).toEqual([])
  })

  test('are requested where a bucket lacks a list', async () => {
    await hold(midnight(2), midnight(1))
    await hold(midnight(1), midnight(0), { absent: [{ stage: 'post_send', by: 'total' }] })
    exact = 20
    await losses(span(midnight(2), midnight(0)))
    expect(asked.sort()).toEqual(['all_member_push_loss single', 'all_member_push_statistics single'])
  })

  test('of a preset have their exact windows fetched behind', async () => {
    await holdHours(midnight(1), midnight(0))
    const reply = await losses({ range: 'yesterday' })
    expect(reply).toMatchObject({ basis: 'sum', freshness: { state: 'stale', place: 1, problem: null } })
    expect(asked.sort()).toEqual(['all_member_push_loss bulk', 'all_member_push_statistics bulk'])
  })

  test.each([
    [240, 'add_up', null],
    [300, 'differ', { exact: 300, sum: 240 }],
  ] as const)('of a preset are compared with the exact %i afterwards: %s', async (count, verdict, difference) => {
    await holdHours(T0 + 39 * DAY, T0 + 40 * DAY)
    exact = count
    await losses({ range: 'yesterday', tz: 'UTC' })
    await expect.poll(() => readSumCheck(store.settings, newApp().id)).toBe(verdict)
    expect(await losses({ range: 'yesterday', tz: 'UTC' })).toMatchObject({
      basis: 'exact',
      difference,
      freshness: { state: 'fresh' },
      stages: [{}, { reasons: [{ count }] }],
    })
    expect(asked).toHaveLength(2)
  })
})
