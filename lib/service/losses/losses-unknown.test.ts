import { expect, test } from 'vitest'
import { authorize } from '@/lib/access/authorize'
import type { KnownPrincipal } from '@/lib/access/principal'
import { createArchive } from '@/lib/archive/archive'
import { funnelQuery, funnelReply } from '@/lib/contract/funnel'
import { lossesQuery, lossesReply } from '@/lib/contract/losses'
import type { LossRow, VendorCounts } from '@/lib/contract/records'
import type { Vendor } from '@/lib/contract/vendors'
import type { Context } from '@/lib/service/context'
import { getFunnel } from '@/lib/service/funnel/get-funnel'
import { createCaches } from '@/lib/service/read/caches'
import { resolveFunnel, resolveLosses } from '@/lib/service/read/resolve-question'
import type { Store } from '@/lib/store/store'
import { describeStores } from '@/lib/store/testing/database'
import { answer, DAY, HOUR, newApp, storeWithApp, T0 } from '@/lib/store/testing/rows'
import { clockAt } from '@/lib/testing/clock'
import { getLosses } from './get-losses'
import { getTopReasons } from './get-top-reasons'

const NOW = T0 + 40 * DAY + 12 * HOUR
const PM: KnownPrincipal = { kind: 'token', id: 'pm', name: 'pm', role: 'viewer', apps: [newApp().id] }
/** Midnight at the app's offset, so many days ago. */
const midnight = (days: number) => T0 + 40 * DAY - 8 * HOUR - days * DAY

/** Opens the verbs on a store, with a Tencent that never answers. */
function verbs(store: Store) {
  const ticket = { done: new Promise<void>(() => undefined), place: () => 1, etaMs: () => 1_000 }
  const gateway = { request: () => ticket, problem: async () => null } as never
  const clock = clockAt(NOW)
  const archive = createArchive({ store, gateway, clock })
  const parts = { store, gateway, archive, clock, caches: createCaches(clock), upstreamApp: (app: object) => app }
  const ctx = parts as unknown as Context
  const app = () => store.apps.get(newApp().id)
  return {
    async losses(query: object) {
      const scoped = authorize(PM, 'read', await app(), lossesQuery.parse(query))
      return lossesReply.parse(await getLosses(ctx, resolveLosses(ctx, scoped), 0))
    },
    async funnel(query: object) {
      const scoped = authorize(PM, 'read', await app(), funnelQuery.parse(query))
      return funnelReply.parse(await getFunnel(ctx, resolveFunnel(ctx, scoped), 0))
    },
    async top(query: object) {
      const scoped = authorize(PM, 'read', await app(), funnelQuery.parse(query))
      return getTopReasons(ctx, resolveFunnel(ctx, scoped))
    },
  }
}

type Row = [vendor: Vendor, sendable: number, sent: number, delivered: number]
const rowsOf = (rows: Row[]): VendorCounts[] =>
  rows.map(([vendor, sendable, sent, delivered]) => ({
    vendor,
    channel: 'offline',
    sendable,
    sent,
    delivered,
    clicked: 0,
  }))
const countsOf = (rows: Row[], vendorRows = rowsOf(rows)) => {
  const sum = (at: 1 | 2 | 3) => rows.reduce((all, row) => all + row[at], 0)
  return { total: { sendable: sum(1), sent: sum(2), delivered: sum(3), clicked: 0 }, rows: vendorRows }
}
const lost = (vendor: Vendor | null, code: string, count: number): LossRow => ({
  ...{ stage: 'post_send', vendor, channel: vendor && 'offline', code, text: '', count },
})

describeStores('losses that are unknown', (stores) => {
  const statistics = (store: Store, from: number, to: number, counts: ReturnType<typeof countsOf>, more = {}) =>
    store.windows.save(answer({ from, to, counts, fetchedAt: Math.max(to + HOUR, NOW - HOUR), ...more }))
  const losses = (store: Store, from: number, to: number, rows: LossRow[], more = {}) =>
    store.windows.save(
      answer({
        metric: 'loss',
        from,
        to,
        counts: null,
        losses: rows,
        fetchedAt: Math.max(to + HOUR, NOW - HOUR),
        ...more,
      }),
    )

  test('of a campaign that was not collected in time are those of its funnel, without reasons', async () => {
    const store = await storeWithApp(stores)
    const sentAt = midnight(9) + 600
    await store.tasks.register({ appId: newApp().id, taskId: 'old', sentAt, knownBy: 'import', createdAt: NOW })
    const from = midnight(9)
    const counts = countsOf([['xiaomi', 12_000, 11_551, 9_057]])
    const life = { task: 'old', life: true, fetchedAt: NOW - 60 }
    await statistics(store, from, from + 30 * DAY, counts, life)
    // Tencent still answers for a later window, in which nothing was sent.
    const zero = countsOf([['xiaomi', 0, 0, 0]], [])
    const later = [Math.ceil((NOW - 7 * DAY + 1) / HOUR) * HOUR, midnight(0)] as const
    for (const span of [later, [later[0] + HOUR, midnight(0)] as const]) {
      await losses(store, ...span, [], { task: 'old', fetchedAt: NOW - 60 })
      await statistics(store, ...span, zero, { task: 'old', fetchedAt: NOW - 60 })
    }
    const { losses: ask, funnel } = verbs(store)
    expect((await funnel({ task: 'old' })).total).toMatchObject({
      sendable: 12_000,
      sent: 11_551,
      cover: { lost: 2_494 },
    })
    for (const range of [{}, { range: '7d' }, { range: '30d' }, { from: String(midnight(10)) }]) {
      const reply = await ask({ task: 'old', ...range })
      expect(reply.coverage.held).toBeLessThan(reply.coverage.expected)
      expect(reply.stages).toMatchObject([
        { lost: 449, explained: 0, unexplained: 449, unavailable: 449 },
        { lost: 2_494, explained: 0, unexplained: 2_494, unavailable: 2_494, notReported: 0 },
      ])
    }
  })

  test('of a range before any losses were collected are those of the funnel', async () => {
    const store = await storeWithApp(stores)
    for (let day = 20; day > 15; day--) {
      await statistics(store, midnight(day), midnight(day - 1), countsOf([['xiaomi', 1_000, 900, 700]]))
    }
    const { losses: ask } = verbs(store)
    const reply = await ask({ from: String(midnight(20)), to: String(midnight(15)) })
    expect(reply.coverage).toMatchObject({ held: 0, expected: 120 })
    expect(reply.stages).toMatchObject([
      { lost: 500, unexplained: 500, unavailable: 500, reasons: null },
      { lost: 1_000, unexplained: 1_000, unavailable: 1_000, reasons: null },
    ])
  })

  test('are not 0 where the statistics name no vendor', async () => {
    const store = await storeWithApp(stores)
    const [from, to] = [NOW - DAY, NOW]
    await statistics(store, from, to, countsOf([['xiaomi', 1_000, 900, 700]], []))
    await losses(store, from, to, [lost(null, '16', 40), lost('xiaomi', '16', 40)])
    const { losses: ask, funnel, top } = verbs(store)
    const [, after] = (await ask({ range: '24h' })).stages
    expect(after).toMatchObject({ lost: null, unexplained: null, notReported: null })
    expect(after?.vendors).toMatchObject([{ vendor: 'xiaomi', lost: null, unexplained: null }])
    expect((await funnel({ range: '24h' })).total?.cover).toMatchObject({ lost: null, notReported: null, share: null })
    expect((await top({ range: '24h' })).ready_to_send).toBeNull()
  })
})

describeStores('losses of ranges with the same windows', (stores) => {
  /** HUAWEI's receipts begin 12 days ago. Losses are stored of the last six days. */
  async function receiptsBegan(store: Store) {
    const day = async (n: number, metric: 'statistics' | 'loss') => {
      const huawei = n > 12 ? 0 : 300
      const counts = countsOf([
        ['xiaomi', 1_000, 900, 700],
        ['huawei', 500, 400, huawei],
      ])
      const rows = [lost('xiaomi', '16', 60), lost('huawei', '80000000', 90), lost('fcm', 'UNREGISTERED', 500)]
      const span = { from: midnight(n), to: midnight(n - 1), fetchedAt: NOW - HOUR, kept: true }
      const loss = { metric, counts: null, losses: rows }
      await store.windows.save(answer({ ...span, ...(metric === 'loss' ? loss : { metric, counts }) }))
    }
    for (let n = 29; n > 0; n--) await day(n, 'statistics')
    for (let n = 6; n > 0; n--) await day(n, 'loss')
  }

  test('are equal, and the vendor rows add up to them', async () => {
    const store = await storeWithApp(stores)
    await receiptsBegan(store)
    const { losses: ask } = verbs(store)
    const [week, month] = [await ask({ range: '7d' }), await ask({ range: '30d' })]
    expect([week.coverage.held, month.coverage.held]).toEqual([144, 144])
    expect(month.stages).toEqual(week.stages)
    expect(week.stages[1]).toMatchObject({ lost: 6 * 300, explained: 6 * 150, unexplained: 6 * 150 })
    for (const { vendors, ...stage } of week.stages) {
      for (const key of ['lost', 'explained', 'unexplained', 'notReported'] as const) {
        expect(vendors.reduce((sum, row) => sum + (row[key] ?? 0), 0)).toBe(stage[key])
      }
    }
  })

  test('count the codes of reporting vendors in shares, sums and the top reason', async () => {
    const store = await storeWithApp(stores)
    await receiptsBegan(store)
    const { losses: ask, top } = verbs(store)
    const [, after] = (await ask({ range: '7d' })).stages
    expect(after?.reasons).toMatchObject([
      { code: '80000000', count: 540, explained: 540, share: 540 / 1_800, cumulative: 1_440 / 1_800 },
      { code: '16', explained: 360, cumulative: 1 },
      { code: 'UNREGISTERED', count: 3_000, explained: 0, share: null, cumulative: null },
    ])
    expect(after?.top).toMatchObject({ code: '80000000', explained: 540 })
    const unexplained = (after?.unexplained ?? Number.NaN) / (after?.lost ?? Number.NaN)
    expect((await top({ range: '7d' })).post_send).toEqual({ ...after?.top, unexplained })
  })
})
