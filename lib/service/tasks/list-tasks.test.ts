import { beforeEach, expect, test } from 'vitest'
import { authorize } from '@/lib/access/authorize'
import type { KnownPrincipal } from '@/lib/access/principal'
import { createArchive } from '@/lib/archive/archive'
import { funnelQuery } from '@/lib/contract/funnel'
import type { LossRow } from '@/lib/contract/records'
import { type TasksReply, tasksQuery, tasksReply, tasksRequest } from '@/lib/contract/tasks'
import type { Vendor } from '@/lib/contract/vendors'
import { upstreamApp } from '@/lib/gateway/testing/gateway-env'
import type { Context } from '@/lib/service/context'
import { getFunnel } from '@/lib/service/funnel/get-funnel'
import { createCaches } from '@/lib/service/read/caches'
import { resolveFunnel } from '@/lib/service/read/resolve-question'
import type { Store } from '@/lib/store/store'
import { describeStores } from '@/lib/store/testing/database'
import { answer, DAY, HOUR, newApp, storeWithApp } from '@/lib/store/testing/rows'
import { clockAt } from '@/lib/testing/clock'
import { listTasks } from './list-tasks'
import { tasksCsv } from './tasks-csv'

const NOW = Date.parse('2026-11-19T04:03:20Z') / 1_000
const VIEWER: KnownPrincipal = { kind: 'token', id: 'pm', name: 'pm', role: 'viewer', apps: [newApp().id] }

interface Sent {
  sent: number
  delivered: number
  clicked?: number
  vendor?: Vendor
}

describeStores('the campaign list', (stores) => {
  let store: Store
  let ctx: Context

  beforeEach(async () => {
    store = await storeWithApp(stores)
    const clock = clockAt(NOW)
    const gateway = { problem: async () => null } as never
    const archive = createArchive({ store, gateway, clock })
    ctx = {
      ...{ store, gateway, archive, clock, caches: createCaches(clock), upstreamApp: () => upstreamApp(newApp().id) },
    } as unknown as Context
  })

  const know = (taskId: string, sentAt: number | null = NOW - 3 * DAY) =>
    store.tasks.register({ appId: newApp().id, taskId, sentAt, knownBy: 'import', createdAt: NOW - DAY })
  const lifeFrom = (sentAt: number, days: number) => {
    const from = sentAt - (sentAt % HOUR)
    return { from, to: from + days * DAY }
  }
  const counts = ({ sent, delivered, clicked = 0, vendor = 'xiaomi' }: Sent) => {
    const total = { sendable: sent + 50, sent, delivered, clicked }
    return { total, rows: [{ ...total, vendor, channel: 'offline' as const }] }
  }
  async function fetched(task: string, said: Sent, sentAt = NOW - 3 * DAY): Promise<void> {
    await know(task, sentAt)
    await store.windows.save(
      answer({ ...lifeFrom(sentAt, 30), task, life: true, counts: counts(said), fetchedAt: NOW - 60 }),
    )
  }
  const scoped = async (query: object) =>
    authorize(VIEWER, 'read', await store.apps.get(newApp().id), tasksQuery.parse(query))
  const list = async (query: object = {}): Promise<TasksReply> =>
    tasksReply.parse(await listTasks(ctx, await scoped(query)))
  const ids = async (query: object) => (await list(query)).items.map(({ taskId }) => taskId).join(' ')

  test('gives each campaign the counts and rates that its funnel gives', async () => {
    await fetched('reported', { sent: 1_000, delivered: 700, clicked: 70 })
    await fetched('silent', { sent: 1_000, delivered: 0, clicked: 30, vendor: 'vivo' })
    await fetched('small', { sent: 150, delivered: 100 })
    await know('unfetched')
    for (const { taskId, total, asOf } of (await list()).items) {
      const query = authorize(VIEWER, 'read', await store.apps.get(newApp().id), funnelQuery.parse({ task: taskId }))
      if (taskId === 'unfetched') {
        expect([total, asOf]).toEqual([null, null])
        continue
      }
      expect([taskId, total]).toEqual([taskId, (await getFunnel(ctx, resolveFunnel(ctx, query), 0)).total])
      expect(asOf).toBe(new Date((NOW - 60) * 1_000).toISOString())
    }
    const rates = new Map((await list()).items.map(({ taskId, total }) => [taskId, total?.rates]))
    expect(rates.get('reported')).toMatchObject({ deliveryReporting: 0.7, click: 0.1, clickBasis: 'delivered' })
    expect(rates.get('silent')).toMatchObject({ deliveryReporting: null, click: 0.03, clickBasis: 'sent' })
    expect(rates.get('small')).toMatchObject({ deliveryReporting: null, click: null })
  })

  test('gives the age in whole hours, from the ID where nobody gave the time, and null where neither is known', async () => {
    await know('known', NOW - 90 * 60)
    await know(`${(NOW - 2 * DAY).toString(16)}_53942bc0_200000123456789_1a2b3c4d_5e6f`, null)
    await know('unknown', null)
    await know('later', NOW + HOUR)
    const ages = (await list({ sort: 'label' })).items.map(({ taskId, ageHours }) => [taskId.slice(0, 7), ageHours])
    expect(ages).toEqual([
      [expect.any(String), 48],
      ['known', 1],
      ['later', null],
      ['unknown', null],
    ])
  })

  test('is paged by every order, each campaign once, with unknown values last in both directions', async () => {
    await fetched('a', { sent: 1_000, delivered: 500, clicked: 90 })
    await fetched('b', { sent: 3_000, delivered: 2_400, clicked: 20 }, NOW - 5 * DAY)
    await fetched('c', { sent: 2_000, delivered: 1_000, clicked: 60 }, NOW - 4 * DAY)
    await know('d')
    await know('e', NOW - 9 * DAY)
    const orders: [string, string, string][] = [
      ['sent', 'b c a d e', 'a c b d e'],
      ['delivery', 'b a c d e', 'a c b d e'],
      ['click', 'a c b d e', 'b c a d e'],
      ['sentAt', 'a d c b e', 'e b c a d'],
      ['label', 'e d c b a', 'a b c d e'],
      ['tags', 'a b c d e', 'a b c d e'],
    ]
    for (const [sort, down, up] of orders) {
      for (const [dir, expected] of [['desc', down] as const, ['asc', up] as const]) {
        const seen: string[] = []
        let cursor: string | null | undefined
        do {
          const page = await list({ sort, dir, limit: 2, ...(cursor ? { cursor } : {}) })
          seen.push(...page.items.map(({ taskId }) => taskId))
          cursor = page.next
        } while (cursor)
        expect([sort, dir, seen.join(' ')]).toEqual([sort, dir, expected])
      }
    }
  })

  test('sorts and searches by tags', async () => {
    for (const [taskId, tags] of [
      ['a', ['Zoo']],
      ['b', ['big', 'x']],
      ['c', []],
      ['d', ['Été']],
    ] as const) {
      const task = { appId: newApp().id, taskId, label: '', note: '', sentAt: null, createdAt: NOW }
      await store.tasks.put(newApp().id, taskId, () => ({ ...task, tags: [...tags], knownBy: 'api' }))
    }
    expect(await ids({ sort: 'tags' })).toBe('b a d c')
    expect(await ids({ sort: 'tags', dir: 'desc' })).toBe('d a b c')
    expect(await ids({ q: 'été' })).toBe('d')
    expect(await ids({ tag: 'x', sort: 'sent' })).toBe('b')
  })

  test('adds up each group of the page over all its campaigns with numbers, also those on later pages', async () => {
    const tagged = (taskId: string, tags: string[]) =>
      store.tasks.put(newApp().id, taskId, () => ({
        ...{ appId: newApp().id, taskId, label: '', tags, note: '', knownBy: 'import' },
        ...{ sentAt: NOW - 3 * DAY, createdAt: NOW - DAY },
      }))
    await fetched('a', { sent: 1_000, delivered: 700, clicked: 70 })
    await fetched('b', { sent: 3_000, delivered: 1_500, clicked: 60 })
    await know('c')
    await fetched('d', { sent: 500, delivered: 0, vendor: 'vivo' })
    for (const taskId of ['a', 'b', 'c']) await tagged(taskId, ['sale'])
    const { items, groups, coverage } = await list({ group: 'tag', sort: 'label', limit: 1 })
    expect([items.length, coverage]).toEqual([1, { held: 1, expected: 1 }])
    expect(groups).toEqual([
      {
        ...{ tag: 'sale', campaigns: 3, known: 2, sent: 4_000, delivered: 2_200, clicked: 130 },
        ...{ reportingSent: 4_000, reportingDelivered: 2_200, delivery: 0.55, share: 1 },
        ...{ click: 130 / 2_200, clickBasis: 'delivered' },
      },
    ])
    const whole = await list({ group: 'tag' })
    expect(whole.groups.map(({ tag }) => tag)).toEqual(['sale', null])
    expect(whole.groups[1]).toMatchObject({ known: 1, sent: 500, delivery: null, share: 0 })
    const csv = tasksCsv(whole, { demo: true }, tasksRequest.parse({ group: 'tag', table: 'tags' }))
    expect(csv.split('\r\n')[1]).toMatch(
      /^sale,3,2,4000,2200,130,4000,2200,0\.55,1,.*UTC\+08:00,"Demo, invented data"$/,
    )
    expect((await list()).groups).toEqual([])
  })

  test('is grouped by the first tag, those without one last, and paged within the order', async () => {
    for (const [taskId, tags, label] of [
      ['a', ['x'], '2'],
      ['b', ['y', 'x'], '9'],
      ['c', [], '0'],
      ['d', ['x', 'y'], '1'],
    ] as const) {
      const task = { appId: newApp().id, taskId, label, note: '', sentAt: null, createdAt: NOW }
      await store.tasks.put(newApp().id, taskId, () => ({ ...task, tags: [...tags], knownBy: 'api' }))
    }
    const seen: string[] = []
    let cursor: string | null | undefined
    do {
      const page = await list({ group: 'tag', sort: 'label', limit: 1, ...(cursor ? { cursor } : {}) })
      seen.push(...page.items.map(({ taskId }) => taskId))
      cursor = page.next
    } while (cursor)
    expect(seen.join(' ')).toBe('d a b c')
    const { next } = await list({ sort: 'label', limit: 1 })
    await expect(list({ group: 'tag', sort: 'label', cursor: next ?? '' })).rejects.toMatchObject({
      code: 'bad_request',
    })
  })

  const told = (task: string, rows: [stage: LossRow['stage'], code: string, count: number][], sentAt = NOW - 3 * DAY) =>
    store.windows.save(
      answer({
        ...{ ...lifeFrom(sentAt, 7), task, metric: 'loss', counts: null, fetchedAt: NOW - 30 },
        losses: rows.flatMap(([stage, code, count]) =>
          ([null, 'xiaomi'] as const).map((vendor) => ({
            ...{ stage, vendor, channel: vendor && ('offline' as const), code, text: '', count },
          })),
        ),
      }),
    )

  test('names the top reason with its share of the loss, sorts by it, and writes it as CSV', async () => {
    await fetched('a', { sent: 1_000, delivered: 700 })
    await told('a', [
      ['ready_to_send', '9', 40],
      ['post_send', '16', 150],
      ['post_send', '20301', 30],
    ])
    await fetched('b', { sent: 1_000, delivered: 990 })
    await told('b', [['ready_to_send', '9', 40]])
    await know('none')
    const { items } = await list({ sort: 'reason' })
    expect(items.at(-1)).toMatchObject({ taskId: 'none', reason: null })
    const reasons = new Map(items.map(({ taskId, reason }) => [taskId, reason]))
    expect(reasons.get('a')).toMatchObject({ stage: 'post_send', code: '16', count: 150, share: 0.5 })
    expect(reasons.get('b')).toMatchObject({ stage: 'ready_to_send', code: '9', count: 40, share: 0.8 })
    const titles = items.slice(0, 2).map(({ reason }) => reason?.title ?? '')
    expect([...titles].sort()).toEqual(titles)
    const csv = tasksCsv(await list({ sort: 'label' }), { demo: false }, tasksRequest.parse({}))
    expect(csv.split('\r\n')[1]).toContain(',72,1050,1000,700,0,reported,0.7,0.7,1,0,delivered,')
    expect(csv.split('\r\n')[1]).toContain(',16,0.5,')
    expect(csv.split('\r\n')[3]).toContain(',72,,,,,,,,,,,,,,,')
  })

  test('orders by the top reason at once when a reason is marked as known', async () => {
    await fetched('a', { sent: 1_000, delivered: 700 })
    await told('a', [['post_send', '16', 150]])
    await fetched('b', { sent: 1_000, delivered: 990 })
    await told('b', [['ready_to_send', '9', 40]])
    const ids = async () => (await list({ sort: 'reason', dir: 'desc' })).items.map(({ taskId }) => taskId)
    expect(await ids()).toEqual(['b', 'a'])
    const unknown = { appId: newApp().id, source: 'task', stage: 'ready_to_send', code: '9' } as const
    await store.knownReasons.put({ ...unknown, until: NOW + DAY, note: '', baseCount: null, baseDays: 0 })
    expect(await ids()).toEqual(['a', 'b'])
  })

  test('tells the difference from the other campaigns of the tag at equal age, and sorts by it', async () => {
    const rates = { a: 700, b: 600, c: 650, d: 500 }
    for (const [taskId, delivered] of Object.entries(rates)) {
      await know(taskId)
      const known = await store.tasks.get(newApp().id, taskId)
      if (!known) throw new Error('not registered')
      await store.tasks.put(newApp().id, taskId, () => ({ ...known, tags: ['sale'] }))
      for (const [age, share] of [
        [DAY, 0.5],
        [2.9 * DAY, 1],
      ] as const) {
        const said = counts({ sent: 1_000, delivered: delivered * share })
        const life = lifeFrom(NOW - 3 * DAY, 30)
        const fetchedAt = NOW - 3 * DAY + age
        await store.windows.save(answer({ ...life, task: taskId, life: true, counts: said, fetchedAt }))
      }
    }
    const { items } = await list({ sort: 'change' })
    expect(items.map(({ taskId }) => taskId).join(' ')).toBe('a c b d')
    const [best, , , worst] = items
    expect(best?.change).toMatchObject({ tag: 'sale', age: '3d', median: 0.6 })
    expect(best?.change?.delivery).toBeCloseTo(0.1)
    expect(worst?.change?.delivery).toBeCloseTo(-0.15)
    expect(best?.growth.map(({ delivered }) => delivered)).toEqual([350, 700])
    expect((await list({ tag: 'sale', q: 'a' })).items[0]?.change).toEqual(best?.change)
  })

  test('a reason that people marked as known is not the top one', async () => {
    await fetched('a', { sent: 1_000, delivered: 700 })
    await told('a', [
      ['post_send', '16', 150],
      ['post_send', '20301', 30],
    ])
    await store.knownReasons.put({
      ...{ appId: newApp().id, source: 'task', stage: 'post_send', code: '16', until: NOW + DAY, note: '' },
      ...{ baseCount: null, baseDays: 0 },
    })
    expect((await list()).items[0]?.reason?.code).toBe('20301')
  })
})
