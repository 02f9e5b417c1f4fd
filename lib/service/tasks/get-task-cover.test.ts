import { beforeEach, expect, test } from 'vitest'
import { authorize } from '@/lib/access/authorize'
import type { KnownPrincipal } from '@/lib/access/principal'
import { taskCoverQuery, taskCoverReply } from '@/lib/contract/campaigns/task-cover'
import type { Context } from '@/lib/service/context'
import type { Store } from '@/lib/store/store'
import { describeStores } from '@/lib/store/testing/database'
import { answer, DAY, HOUR, newApp, sent, storeWithApp, T0 } from '@/lib/store/testing/rows'
import { clockAt } from '@/lib/testing/clock'
import { getTaskCover } from './get-task-cover'

const NOW = T0 + 10 * DAY + 1_800
const END = T0 + 10 * DAY
const VIEWER: KnownPrincipal = { kind: 'token', id: 'pm', name: 'pm', role: 'viewer', apps: ['1400000001'] }
const taskId = (at: number) => `${at.toString(16)}_53942bc0_200000123456789_1a2b3c4d_5e6f`

describeStores('the coverage by registered campaigns', (stores) => {
  let store: Store
  beforeEach(async () => {
    store = await storeWithApp(stores)
  })

  async function cover(query: Record<string, string>) {
    const scoped = authorize(VIEWER, 'read', await store.apps.get(newApp().id), taskCoverQuery.parse(query))
    return taskCoverReply.parse(await getTaskCover({ store, clock: clockAt(NOW) } as unknown as Context, scoped))
  }

  const know = (id: string, sentAt: number | null, appId = newApp().id) =>
    store.tasks.register({ appId, taskId: id, sentAt, knownBy: 'import', createdAt: NOW })
  const hour = (back: number, n: number, over = {}) =>
    store.windows.save(
      answer({ from: END - back * HOUR, to: END - (back - 1) * HOUR, counts: sent(n), fetchedAt: NOW, ...over }),
    )
  const life = (task: string, back: number, n: number, long = 30 * DAY) =>
    store.windows.save(
      answer({ task, from: END - back * HOUR, to: END - back * HOUR + long, counts: sent(n), fetchedAt: NOW - 60 }),
    )
  const last = (hours: number) => ({ from: String(END - hours * HOUR), to: String(NOW) })

  test('compares what was sent in an hour with the lives of this app’s tasks of that hour, up to the current one', async () => {
    await hour(2, 1_000)
    await hour(1, 400)
    await hour(1, 9, { source: 'chat' })
    await hour(0, 5)
    await store.apps.upsert(newApp({ id: 'other' }))
    await know('foreign', END - HOUR, 'other')
    await know('a', END - 2 * HOUR + 120)
    await life('a', 2, 700)
    await know(taskId(END - 600), null)
    await life(taskId(END - 600), 1, 400)
    const reply = await cover(last(2))
    expect(reply.hours.map(({ sent, known, unregistered }) => [sent, known, unregistered])).toEqual([
      [1_000, 700, 300],
      [400, 400, 0],
    ])
    expect(reply.sum).toEqual({ hours: 2, sent: 1_400, known: 1_100, unregistered: 300 })
    expect(reply.asOf).toBe(new Date((NOW - 60) * 1_000).toISOString())
  })

  test('a task without a stored life or a time does not count as registered pushes', async () => {
    for (const back of [3, 2, 1]) await hour(back, 50)
    await know('a', END - 3 * HOUR)
    await life('a', 3, 50, HOUR) // an exact window somebody asked for is no life
    await know('b', END - 2 * HOUR)
    await life('b', 2, 0, 30 * DAY)
    await know('somewhen', null)
    await store.windows.save(
      answer({ task: 'b', from: END - 2 * HOUR, to: END - 2 * HOUR + 30 * DAY, counts: null, fetchedAt: NOW }),
    )
    const unregistered = async () => (await cover(last(3))).hours.map((one) => one.unregistered)
    // What 'a' sent is awaited, so all hours after it may be its own.
    expect(await unregistered()).toEqual([null, null, null])
    await life('a', 3, 50, 30 * DAY)
    expect(await unregistered()).toEqual([0, null, 50])
  })
})
