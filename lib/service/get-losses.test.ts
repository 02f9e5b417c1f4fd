import { expect, test } from 'vitest'
import { authorize } from '@/lib/access/authorize'
import type { KnownPrincipal } from '@/lib/access/principal'
import { createArchive } from '@/lib/archive/archive'
import { lossesQuery, lossesReply } from '@/lib/contract/losses'
import type { LossRow } from '@/lib/contract/records'
import type { Metric } from '@/lib/contract/sources'
import type { Store } from '@/lib/store/store'
import { describeStores } from '@/lib/store/testing'
import { DAY, HOUR, storeWithApp, T0 } from '@/lib/store/testing-rows'
import type { Question } from '@/lib/timpush/question'
import type { Context } from './context'
import { getLosses } from './get-losses'

const NOW = T0 + 40 * DAY + 12 * HOUR
const PM: KnownPrincipal = { kind: 'token', id: 'pm', name: 'pm', role: 'viewer', app: '1400000001' }

/** A gateway that never answers, so that what is held is what is read; it notes what it was asked. */
function silent(store: Store) {
  const asked: Question[] = []
  const ticket = { done: new Promise<void>(() => undefined), place: () => 2, etaMs: () => 2_000 }
  const gateway = {
    ask({ question }: { question: Question }) {
      asked.push(question)
      return ticket
    },
    problem: async () => null,
  }
  const archive = createArchive({ store, gateway: gateway as never, now: () => NOW })
  const ctx = { store, gateway, archive, now: () => NOW * 1_000, upstreamApp: (app: object) => app }
  return { ctx: ctx as unknown as Context, asked }
}

async function ask(ctx: Context, query: Record<string, string>) {
  const app = await ctx.store.apps.get('1400000001')
  const scoped = authorize(PM, 'read', app, lossesQuery.parse(query))
  return lossesReply.parse(await getLosses(ctx, scoped, 0))
}

const row = (stage: LossRow['stage'], vendor: LossRow['vendor'], code: string, count: number): LossRow => ({
  stage,
  vendor,
  channel: vendor && 'offline',
  code,
  text: '',
  count,
})

async function hold(store: Store, metric: Metric, from: number, to: number) {
  const total = { sendable: 1_000, sent: 900, delivered: 700, clicked: 0 }
  await store.windows.saveAll([
    {
      appId: '1400000001',
      source: 'task',
      metric,
      task: '',
      from,
      to,
      fetchedAt: NOW - 30,
      raw: '{}',
      unreadable: 0,
      absent: [],
      counts: metric === 'statistics' ? { total, rows: [{ ...total, vendor: 'xiaomi', channel: 'offline' }] } : null,
      losses:
        metric === 'loss'
          ? [
              row('ready_to_send', null, '-1', 90),
              row('post_send', null, '16', 231),
              row('post_send', 'xiaomi', '16', 231),
            ]
          : null,
    },
  ])
}

describeStores('losses', (stores) => {
  test('losses and funnel of one window are reconciled, also where codes exceed the loss', async () => {
    const store = await storeWithApp(stores)
    const { ctx, asked } = silent(store)
    for (const metric of ['loss', 'statistics'] as const) await hold(store, metric, NOW - DAY, NOW)
    const reply = await ask(ctx, { range: '24h' })
    expect(asked).toEqual([])
    expect(reply.freshness.state).toBe('fresh')
    expect(reply.stages).toMatchObject([
      { stage: 'ready_to_send', lost: 100, explained: 90, unexplained: 10, notReported: 0 },
      { stage: 'post_send', lost: 200, explained: 231, unexplained: -31, notReported: 0 },
    ])
  })

  test('a range beyond 7 days is asked for the part Tencent still tells, funnel and losses alike', async () => {
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

  test('with nothing held it is pending and unknown; with the losses alone the rest is unknown', async () => {
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
    await hold(store, 'loss', NOW - DAY, NOW)
    expect(await ask(ctx, { range: '24h' })).toMatchObject({
      freshness: { state: 'stale' },
      stages: [{ lost: null, explained: 90, unexplained: null }, { lost: null }],
    })
  })
})
