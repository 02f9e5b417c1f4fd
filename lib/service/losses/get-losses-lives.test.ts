import { expect, test } from 'vitest'
import { authorize } from '@/lib/access/authorize'
import type { KnownPrincipal } from '@/lib/access/principal'
import { createArchive } from '@/lib/archive/archive'
import { lossesQuery, lossesReply } from '@/lib/contract/losses'
import type { LossRow } from '@/lib/contract/records'
import type { Context } from '@/lib/service/context'
import { createCaches } from '@/lib/service/read/caches'
import { resolveLosses } from '@/lib/service/read/resolve-question'
import type { Store } from '@/lib/store/store'
import { describeStores } from '@/lib/store/testing/database'
import { answer, DAY, HOUR, newApp, storeWithApp, T0 } from '@/lib/store/testing/rows'
import { clockAt } from '@/lib/testing/clock'
import type { Question } from '@/lib/timpush/question'
import { getLosses } from './get-losses'

const SENT = T0 + 10 * HOUR + 900
const FROM = T0 + 10 * HOUR
const PM: KnownPrincipal = { kind: 'token', id: 'pm', name: 'pm', role: 'viewer', apps: [newApp().id] }

const counts = (sent: number, delivered: number) => {
  const total = { sendable: sent + 10, sent, delivered, clicked: 0 }
  return { total, rows: [{ ...total, vendor: 'xiaomi' as const, channel: 'offline' as const }] }
}
const lost = (count: number): LossRow[] =>
  ([null, 'xiaomi'] as const).map((vendor) => ({
    ...{ stage: 'post_send', vendor, channel: vendor && 'offline', code: '16', text: '', count },
  }))

describeStores('the losses of tasks without a range', (stores) => {
  async function losses(store: Store, now: number, task: string, waitMs: number | null = 0, more = {}) {
    const asked: Question[] = []
    const ask = ({ question }: { question: Question }) => {
      asked.push(question)
      return { done: new Promise<never>(() => undefined), place: () => 1, etaMs: () => 1_000 }
    }
    const gateway = { request: ask, problem: async () => null } as never
    const clock = clockAt(() => now)
    const archive = createArchive({ store, gateway, clock })
    const parts = { store, gateway, archive, clock, caches: createCaches(clock), upstreamApp: (app: object) => app }
    const ctx = parts as unknown as Context
    const scoped = authorize(PM, 'read', await store.apps.get(newApp().id), lossesQuery.parse({ task, ...more }))
    return { asked, reply: lossesReply.parse(await getLosses(ctx, resolveLosses(ctx, scoped), waitMs)) }
  }

  const know = (store: Store, taskId: string) =>
    store.tasks.register({ appId: newApp().id, taskId, sentAt: SENT, knownBy: 'import', createdAt: SENT })
  const fetched = (store: Store, task: string, age: number, delivered: number) =>
    store.windows.save(
      answer({
        task,
        from: FROM,
        to: FROM + 30 * DAY,
        life: true,
        counts: counts(500, delivered),
        fetchedAt: SENT + age,
      }),
    )
  const told = (store: Store, task: string, age: number, rows: LossRow[], over = {}) =>
    store.windows.save(
      answer({
        task,
        from: FROM,
        to: FROM + 7 * DAY,
        metric: 'loss',
        counts: null,
        losses: rows,
        ...over,
        fetchedAt: SENT + age,
      }),
    )

  test('cover the life, next to the funnel of the same age', async () => {
    const store = await storeWithApp(stores)
    await know(store, 'a')
    await fetched(store, 'a', 6 * DAY + 23 * HOUR, 400)
    await fetched(store, 'a', 19 * DAY, 480)
    await told(store, 'a', 6 * DAY + 23 * HOUR + 20, lost(100), { final: true })
    const { reply, asked } = await losses(store, SENT + 19.5 * DAY, 'a')
    expect(asked).toEqual([])
    expect(reply).toMatchObject({
      range: { from: new Date(FROM * 1_000).toISOString(), preset: null },
      window: { to: new Date((FROM + 7 * DAY) * 1_000).toISOString() },
      basis: 'exact',
      tasks: [{ task: 'a', known: true, held: 1, expected: 1 }],
      coverage: { held: 1, expected: 1, missing: [] },
      asOf: new Date((SENT + 6 * DAY + 23 * HOUR) * 1_000).toISOString(),
      freshness: { state: 'fresh' },
    })
    expect(reply.stages[1]).toMatchObject({ lost: 100, explained: 100, unexplained: 0 })
    const compared = await losses(store, SENT + 19.5 * DAY, 'a', 0, { compare: 'previous' })
    expect(compared.reply.comparison).toBeNull()
  })

  test('of several tasks are summed; an unknown task is named and left out, one never stored is requested', async () => {
    const store = await storeWithApp(stores)
    const now = SENT + 5 * HOUR
    const absent = (['total', 'vendor'] as const).flatMap((by) =>
      (['ready_to_send', 'post_send'] as const).map((stage) => ({ stage, by })),
    )
    for (const task of ['a', 'b', 'c', 'd']) await know(store, task)
    for (const task of ['a', 'b']) {
      await fetched(store, task, 5 * HOUR - 60, 450)
      await told(store, task, 5 * HOUR - 50, lost(40))
    }
    await told(store, 'c', 5 * HOUR - 50, [], { absent })
    await fetched(store, 'c', 5 * HOUR - 60, 0)
    const { reply, asked } = await losses(store, now, 'a,b,c,d')
    expect(reply.tasks.map(({ task, known }) => [task, known])).toEqual([
      ['a', true],
      ['b', true],
      ['c', false],
      ['d', null],
    ])
    expect(reply.stages[1]).toMatchObject({ lost: 100, explained: 80, unexplained: 20 })
    expect(asked.map((one) => 'tasks' in one && [one.endpoint, one.tasks]).sort()).toEqual([
      ['all_member_push_loss', ['d']],
      ['all_member_push_statistics', ['d']],
    ])
    expect(reply.coverage).toMatchObject({ held: 3, expected: 4 })
    expect((await losses(store, now, 'a,b,c,d', null)).asked).toEqual([])
  })
})
