import { expect, test } from 'vitest'
import type { LossRow } from '@/lib/contract/records'
import { createStore } from '@/lib/store/store'
import { describeStores } from '@/lib/store/testing/database'
import { answer, DAY, HOUR, newApp, sent, storeWithApp, T0 } from '@/lib/store/testing/rows'
import { realClock } from '@/lib/testing/clock'

const KEY = { appId: '1400000001', source: 'task', metric: 'statistics' } as const
const SPAN = { ...KEY, task: '' }
const FIRST = { ...KEY, from: T0, to: T0 + HOUR, tasks: [''] }

describeStores('windows', (stores) => {
  test('a saved answer is found unchanged, with its raw text', async () => {
    const { windows } = await storeWithApp(stores)
    const raw = `{"ErrorInfo":"推送","x":"${'y'.repeat(5_000)}"}`
    const saved = await windows.save(answer({ raw, unreadable: 2 }))
    expect(saved).toMatchObject({ revision: 1, outcome: 'new' })
    expect(await windows.find(FIRST)).toEqual([
      {
        id: saved.id,
        task: '',
        from: T0,
        to: T0 + HOUR,
        fetchedAt: T0 + HOUR + 60,
        sameSince: T0 + HOUR + 60,
        fellAt: null,
        revision: 1,
        final: false,
        unreadable: 2,
        absent: [],
        counts: sent(100),
        losses: null,
      },
    ])
    expect(await windows.raw(saved.id)).toBe(raw)
    expect(await windows.revisions(saved.id)).toEqual([])
  })

  test('of losses keep their rows and the list of arrays left out', async () => {
    const { windows } = await storeWithApp(stores)
    const losses: LossRow[] = [
      { stage: 'post_send', vendor: null, channel: null, code: '7', text: 'total', count: null },
      { stage: 'post_send', vendor: 'fcm', channel: 'offline', code: '7', text: 'a\u0000b', count: 3 },
    ]
    const absent = [{ stage: 'ready_to_send', by: 'vendor' } as const]
    await windows.save(answer({ metric: 'loss', counts: null, losses, absent }))
    const [held] = await windows.find({ ...FIRST, metric: 'loss' })
    expect(held).toMatchObject({ losses, absent, counts: null })
    expect(await windows.find(FIRST)).toEqual([])
  })

  test('a task without a record is stored without counts, and one never requested is not stored', async () => {
    const { windows } = await storeWithApp(stores)
    await windows.saveAll([answer({ task: 'a' }), answer({ task: 'b', counts: null })])
    const found = await windows.find({ ...FIRST, tasks: ['a', 'b', 'c'] })
    expect(new Map(found.map(({ task, counts }) => [task, counts]))).toEqual(
      new Map([
        ['a', sent(100)],
        ['b', null],
      ]),
    )
    expect(await windows.find({ ...FIRST, tasks: [] })).toEqual([])
  })

  test('are found by every part of their key', async () => {
    const store = await storeWithApp(stores)
    await store.apps.upsert(newApp({ id: 'other' }))
    await store.windows.save(answer())
    for (const other of [{ appId: 'other' }, { source: 'chat' }, { from: T0 + 1 }, { to: T0 + 1 }, { tasks: ['t'] }]) {
      expect(await store.windows.find({ ...FIRST, ...(other as Partial<typeof FIRST>) })).toEqual([])
    }
    expect(await store.windows.raw(999)).toBeNull()
  })

  test('inside a span are sorted by start; one that extends beyond it is not inside', async () => {
    const { windows } = await storeWithApp(stores)
    const at = (from: number, to: number) => answer({ from: T0 + from * HOUR, to: T0 + to * HOUR })
    await windows.saveAll([at(2, 3), at(0, 1), at(1, 2), at(0, 24), at(23, 25), at(-1, 1)])
    const span = { ...SPAN, from: T0, to: T0 + DAY }
    const spans = async (more = {}) =>
      (await windows.within({ ...span, ...more })).map(({ from, to }) => [(from - T0) / HOUR, (to - T0) / HOUR])
    expect(await spans()).toEqual([
      [0, 1],
      [0, 24],
      [1, 2],
      [2, 3],
    ])
    expect(await spans({ seconds: HOUR })).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
    ])
    expect(await spans({ to: T0 + HOUR })).toEqual([[0, 1]])
    expect(await spans({ task: 't' })).toEqual([])
  })

  test('of one call are saved all or none', async () => {
    const { windows } = await storeWithApp(stores)
    await expect(windows.saveAll([answer(), answer({ appId: 'nobody' })])).rejects.toThrow()
    expect(await windows.find(FIRST)).toEqual([])
  })

  test('report the outcome of each answer in the given order', async () => {
    const { windows } = await storeWithApp(stores)
    await windows.save(answer({ task: 'b' }))
    const saved = await windows.saveAll([answer({ task: 'c' }), answer({ task: 'b' }), answer({ task: 'a' })])
    expect(saved.map(({ outcome }) => outcome)).toEqual(['new', 'same', 'new'])
  })

  test('saved concurrently count each answer once and end with the newest', async () => {
    const first = await storeWithApp(stores)
    // A second SQLite connection in this process would block it while it waits for the first.
    const second = stores.kind === 'postgres' ? createStore(await stores.again(), realClock) : first
    const fetches = Array.from({ length: 12 }, (_, i) => [
      answer({ task: 'a', fetchedAt: T0 + DAY + i, counts: sent(100 + i) }),
      answer({ task: 'b', fetchedAt: T0 + DAY + i, counts: sent(200 + i) }),
    ])
    await Promise.all(
      fetches.map((pair, i) => (i % 2 ? first.windows.saveAll(pair) : second.windows.saveAll(pair.toReversed()))),
    )
    const held = await first.windows.find({ ...FIRST, tasks: ['a', 'b'] })
    expect(held.map(({ counts }) => counts?.total.sent).sort()).toEqual([111, 211])
    for (const { id, revision } of held) {
      expect(revision).toBeLessThanOrEqual(12)
      expect(await first.windows.raw(id)).not.toBeNull()
    }
  })
})
