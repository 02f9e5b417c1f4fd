import { expect, test } from 'vitest'
import { authorize } from '@/lib/access/authorize'
import type { KnownPrincipal } from '@/lib/access/principal'
import { createArchive } from '@/lib/archive/archive'
import { funnelQuery } from '@/lib/contract/funnel'
import { lossesQuery, lossesReply } from '@/lib/contract/losses'
import type { LossRecord, LossRow } from '@/lib/contract/records'
import type { Metric } from '@/lib/contract/sources'
import type { Context } from '@/lib/service/context'
import { createCaches } from '@/lib/service/read/caches'
import { resolveFunnel, resolveLosses } from '@/lib/service/read/resolve-question'
import type { Store } from '@/lib/store/store'
import { describeStores } from '@/lib/store/testing/database'
import { DAY, HOUR, storeWithApp, T0 } from '@/lib/store/testing/rows'
import { clockAt } from '@/lib/testing/clock'
import type { Question } from '@/lib/timpush/question'
import { getLosses } from './get-losses'
import { getTopReasons } from './get-top-reasons'

const NOW = T0 + 40 * DAY + 12 * HOUR
const PM: KnownPrincipal = { kind: 'token', id: 'pm', name: 'pm', role: 'viewer', apps: ['1400000001'] }

/** A gateway that never answers, so that replies come from stored windows. It records its requests. */
function silent(store: Store) {
  const asked: Question[] = []
  const ticket = { done: new Promise<void>(() => undefined), place: () => 2, etaMs: () => 2_000 }
  const gateway = {
    request({ question }: { question: Question }) {
      asked.push(question)
      return ticket
    },
    problem: async () => null,
  }
  const clock = clockAt(NOW)
  const archive = createArchive({ store, gateway: gateway as never, clock })
  const ctx = { store, gateway, archive, clock, caches: createCaches(clock), upstreamApp: (app: object) => app }
  return { ctx: ctx as unknown as Context, asked }
}

async function ask(ctx: Context, query: Record<string, string | string[]>) {
  const app = await ctx.store.apps.get('1400000001')
  const scoped = authorize(PM, 'read', app, lossesQuery.parse(query))
  return lossesReply.parse(await getLosses(ctx, resolveLosses(ctx, scoped), 0))
}

const row = (stage: LossRow['stage'], vendor: LossRow['vendor'], code: string, count: number): LossRow => ({
  stage,
  vendor,
  channel: vendor && 'offline',
  code,
  text: '',
  count,
})

const CODES = [
  row('ready_to_send', null, '-1', 90),
  row('post_send', null, '16', 231),
  row('post_send', 'xiaomi', '16', 231),
]

interface Held {
  metric: Metric
  from: number
  to: number
  task?: string
  rows?: LossRow[]
  absent?: LossRecord['absent']
  life?: boolean
}

async function hold(store: Store, ...all: Held[]) {
  const total = { sendable: 1_000, sent: 900, delivered: 700, clicked: 0 }
  const counts = { total, rows: [{ ...total, vendor: 'xiaomi' as const, channel: 'offline' as const }] }
  await store.windows.saveAll(
    all.map(({ metric, from, to, task = '', rows = CODES, absent = [], life = false }) => ({
      ...{ appId: '1400000001', source: 'task', metric, task, from, to, absent },
      ...{ fetchedAt: NOW - 30, raw: '{}', unreadable: 0, kept: true, life },
      ...(metric === 'loss' ? { counts: null, losses: rows } : { counts, losses: null }),
    })),
  )
}

/** Returns both metrics of a span. */
const pair = (from: number, to: number, more: Partial<Held> = {}): Held[] =>
  (['loss', 'statistics'] as const).map((metric) => ({ metric, from, to, ...more }))
const list = (from: number, count: number, step: number, more: Partial<Held> = {}): Held[] =>
  Array.from({ length: count }, (_, i) => pair(from + i * step, from + (i + 1) * step, more)).flat()
/** Returns midnight at the app's offset, so many days ago. */
const midnight = (days: number) => T0 + 40 * DAY - 8 * HOUR - days * DAY

describeStores('losses', (stores) => {
  test('reconcile with the funnel of the same window, also where codes exceed the loss', async () => {
    const store = await storeWithApp(stores)
    const { ctx, asked } = silent(store)
    await hold(store, ...pair(NOW - DAY, NOW))
    const reply = await ask(ctx, { range: '24h' })
    expect(asked).toEqual([])
    expect(reply.freshness.state).toBe('fresh')
    expect(reply.stages).toMatchObject([
      { stage: 'ready_to_send', lost: 100, explained: 90, unexplained: 10, notReported: 0 },
      { stage: 'post_send', lost: 200, explained: 231, unexplained: -31, notReported: 0 },
    ])
  })

  test('beyond 7 days request the part that Tencent still answers, with its funnel', async () => {
    const { ctx, asked } = silent(await storeWithApp(stores))
    const reply = await ask(ctx, { range: '30d' })
    const [from, to] = [Date.parse(reply.window.from) / 1_000, Date.parse(reply.window.to) / 1_000]
    expect(to - from).toBeLessThan(7 * DAY)
    expect(asked.map((one) => [one.endpoint, 'from' in one && one.from, 'to' in one && one.to]).sort()).toEqual([
      ['all_member_push_loss', from, to],
      ['all_member_push_statistics', from, to],
    ])
    expect(reply.coverage.missing).toContainEqual({ from: reply.range.from, to: reply.window.from, state: 'expired' })
  })

  test('are pending and null without stored windows, and partly null without the funnel', async () => {
    const store = await storeWithApp(stores)
    const { ctx } = silent(store)
    expect(await ask(ctx, { range: '24h' })).toMatchObject({
      freshness: { state: 'pending', place: 2, etaMs: 2_000 },
      asOf: null,
      stages: [
        { lost: null, reasons: null },
        { lost: null, reasons: null },
      ],
    })
    await hold(store, { metric: 'loss', from: NOW - DAY, to: NOW })
    expect(await ask(ctx, { range: '24h' })).toMatchObject({
      freshness: { state: 'stale' },
      stages: [{ lost: null, explained: 90, unexplained: null }, { lost: null }],
    })
  })

  test('beyond 7 days combine stored days and hours, count none twice, and report gaps', async () => {
    const store = await storeWithApp(stores)
    const { ctx, asked } = silent(store)
    // Nine days: one is stored by hours as well, one by only 23 of its 24 hours, and one not at all.
    const [whole, byHours, gone] = [midnight(4), midnight(9), midnight(8)]
    for (let day = 10; day > 0; day--) {
      const from = midnight(day)
      if (from !== byHours && from !== gone) await hold(store, ...pair(from, from + DAY))
    }
    await hold(store, ...list(whole, 24, HOUR), ...list(byHours, 23, HOUR))
    const reply = await ask(ctx, { from: String(midnight(10)), to: String(midnight(0)) })
    expect(asked).toEqual([])
    expect(reply).toMatchObject({ basis: 'sum', freshness: { state: 'fresh' }, coverage: { held: 215, expected: 240 } })
    const lost = { from: new Date((byHours + 23 * HOUR) * 1_000).toISOString(), state: 'expired' }
    expect(reply.coverage.missing).toEqual([{ ...lost, to: new Date((gone + DAY) * 1_000).toISOString() }])
    const [, after] = reply.stages
    expect(after).toMatchObject({ lost: 31 * 200, explained: 31 * 231, unexplained: -31 * 31 })
    expect(after?.reasons).toMatchObject([{ code: '16', count: 31 * 231, vendors: [{ vendor: 'xiaomi' }] }])
  })

  test('request only the time since the last stored hour if nothing else is missing', async () => {
    const store = await storeWithApp(stores)
    const { ctx, asked } = silent(store)
    await hold(store, ...list(midnight(9), 9, DAY), ...list(midnight(0), 19, HOUR))
    await ask(ctx, { from: String(midnight(9)) })
    const ends = asked.map((one) => ('from' in one ? [one.from, one.to] : null))
    expect(ends).toEqual([
      [midnight(0) + 19 * HOUR, NOW],
      [midnight(0) + 19 * HOUR, NOW],
    ])
  })

  test('skip an hour that lacks an array, instead of counting zero', async () => {
    const store = await storeWithApp(stores)
    const { ctx } = silent(store)
    const absent = (['total', 'vendor'] as const).map((by) => ({ stage: 'post_send' as const, by }))
    await hold(store, ...pair(midnight(9), midnight(8)), ...pair(midnight(8), midnight(7), { absent }))
    const question = { from: String(midnight(9)), to: String(midnight(7)) }
    const reply = await ask(ctx, question)
    expect(reply.coverage).toMatchObject({ held: 24, expected: 48, missing: [{ state: 'expired' }] })
    const only = await ask(ctx, { ...question, from: String(midnight(8)) })
    expect(only.stages[1]).toMatchObject({ explained: null, unexplained: null, reasons: null })
  })

  test('of several tasks are summed, each with its coverage; an unknown task is left out', async () => {
    const store = await storeWithApp(stores)
    const { ctx, asked } = silent(store)
    const everything = (['ready_to_send', 'post_send'] as const).flatMap((stage) =>
      (['total', 'vendor'] as const).map((by) => ({ stage, by })),
    )
    await hold(store, ...pair(NOW - DAY, NOW, { task: 'a' }), ...pair(NOW - DAY, NOW, { task: 'b' }))
    await hold(store, { metric: 'loss', from: NOW - DAY, to: NOW, task: 'c', rows: [], absent: everything })
    const reply = await ask(ctx, { range: '24h', task: ['a,b', 'c', 'a'] })
    expect(asked.map((one) => 'tasks' in one && one.tasks)).toEqual([['c']])
    expect(reply.tasks).toMatchObject([
      { task: 'a', known: true, held: 1, expected: 1 },
      { task: 'b', known: true, held: 1, expected: 1 },
      { task: 'c', known: false },
    ])
    expect(reply.stages[0]).toMatchObject({ lost: 200, explained: 180, reasons: [{ code: '-1', count: 180 }] })
    expect(reply.days).toEqual([])
    const chat = await ask(ctx, { range: '24h', source: 'chat', task: 'a' })
    expect(chat.tasks).toEqual([])
  })

  test('refuse 21 tasks and an unknown comparison, and ignore an empty TaskID', () => {
    const tasks = Array.from({ length: 21 }, (_, i) => `t${i}`)
    expect(lossesQuery.safeParse({ task: tasks.join(',') }).success).toBe(false)
    expect(lossesQuery.safeParse({ compare: 'year' }).success).toBe(false)
    expect(lossesQuery.parse({ task: 'a,,b,' }).task).toEqual(['a', 'b'])
  })

  test('compare a reason with the week before only if both weeks are complete', async () => {
    const store = await storeWithApp(stores)
    const { ctx } = silent(store)
    await hold(store, ...list(midnight(7), 7, DAY), ...list(midnight(14), 6, DAY))
    const change = async () => (await ask(ctx, { compare: 'previous' })).stages[1]?.reasons?.[0]?.change
    expect(await change()).toBeNull()
    const quiet = [row('post_send', null, '16', 31), row('post_send', 'xiaomi', '16', 31)]
    await hold(store, ...pair(midnight(8), midnight(7), { rows: quiet }))
    expect(await change()).toEqual({ count: 200, before: 6 * 231 + 31 })
    expect((await ask(ctx, { compare: 'none' })).comparison).toBeNull()
  })

  test('have a daily trend per code, with a gap for a day that is not stored', async () => {
    const store = await storeWithApp(stores)
    const { ctx } = silent(store)
    await hold(store, ...pair(midnight(2), midnight(1), { rows: [] }), ...pair(midnight(1), midnight(0)))
    const reply = await ask(ctx, { range: 'yesterday' })
    expect(reply.days).toHaveLength(30)
    expect(reply.days.at(-1)).toBe(new Date(midnight(1) * 1_000).toISOString())
    const [course] = reply.stages[1]?.reasons?.[0]?.trend ?? []
    expect(course?.counts.slice(-3)).toEqual([null, 0, 231])
    expect(course?.counts).toHaveLength(30)
  })

  test('have a top reason from stored windows, unless people marked it as known', async () => {
    const store = await storeWithApp(stores)
    const { ctx, asked } = silent(store)
    await hold(store, ...list(midnight(9), 9, DAY))
    const app = await store.apps.get('1400000001')
    const top = async (query: object) =>
      getTopReasons(ctx, resolveFunnel(ctx, authorize(PM, 'read', app, funnelQuery.parse(query))))
    expect(await top({})).toMatchObject({
      ready_to_send: { code: '-1', reason: { key: 'certificate_missing' } },
      post_send: { code: '16', explained: 7 * 231 },
    })
    const key = { appId: '1400000001', source: 'task', stage: 'ready_to_send', code: '-1' } as const
    await store.knownReasons.put({ ...key, until: NOW + DAY, note: '', baseCount: 90, baseDays: 1 })
    expect((await top({})).ready_to_send).toBeNull()
    // Its count has doubled.
    await store.knownReasons.put({ ...key, until: NOW + DAY, note: '', baseCount: 90, baseDays: 2 })
    expect((await top({})).ready_to_send).not.toBeNull()
    expect(await top({ task: 'a' })).toEqual({ ready_to_send: null, post_send: null })
    expect(await top({ range: 'today' })).toEqual({ ready_to_send: null, post_send: null })
    expect(asked).toEqual([])
  })

  test('of a task begin with its sending, however long the range is', async () => {
    const store = await storeWithApp(stores)
    const { ctx, asked } = silent(store)
    const sentAt = midnight(20)
    await store.tasks.register({ appId: '1400000001', taskId: 'old', sentAt, knownBy: 'import', createdAt: NOW })
    const life = (metric: Metric, days: number) => ({
      ...{ metric, from: sentAt, to: sentAt + days * DAY, task: 'old', life: true },
    })
    await hold(store, life('loss', 7), life('statistics', 30))
    const range = { from: String(midnight(25)), to: String(midnight(0)) }
    const whole = {
      stages: [
        { lost: 100, explained: 90 },
        { lost: 200, explained: 231 },
      ],
    }
    expect(await ask(ctx, { task: 'old', ...range })).toMatchObject({
      ...{ basis: 'sum', coverage: { held: 168, expected: 168, missing: [] }, freshness: { state: 'fresh' } },
      ...whole,
    })
    expect(await ask(ctx, { task: 'old' })).toMatchObject({
      ...{ basis: 'exact', tasks: [{ known: true, held: 1, expected: 1 }], comparison: null, ...whole },
      range: { from: new Date(sentAt * 1_000).toISOString(), preset: null },
    })
    expect(asked.filter(({ endpoint }) => endpoint === 'all_member_push_loss')).toEqual([])
  })
})
