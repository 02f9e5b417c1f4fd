import { expect, test } from 'vitest'
import { GROWS_FOR } from '@/lib/contract/limits'
import type { Store } from '@/lib/store/store'
import { describeStores } from '@/lib/store/testing/database'
import { answer, DAY, HOUR, newApp, sent, storeWithApp, T0 } from '@/lib/store/testing/rows'
import type { WindowAnswer } from './window-save'

const END = T0 + HOUR
const KEY = { appId: '1400000001', source: 'task', metric: 'statistics', from: T0, to: END, tasks: [''] } as const

async function held({ windows }: Store) {
  const [window] = await windows.find({ ...KEY, tasks: [''] })
  if (!window) throw new Error('not held')
  return window
}

describeStores('a window fetched again', (stores) => {
  const save = async (...answers: Partial<WindowAnswer>[]) => {
    const store = await storeWithApp(stores)
    for (const one of answers) await store.windows.save(answer(one))
    return store
  }

  test('with the same counts keeps its revision and `sameSince`, and stores the newest answer', async () => {
    const store = await save(
      { fetchedAt: END + 60, raw: 'first' },
      { fetchedAt: END + 120, raw: 'second', unreadable: 1 },
    )
    const window = await held(store)
    expect(window).toMatchObject({
      revision: 1,
      sameSince: END + 60,
      fetchedAt: END + 120,
      unreadable: 1,
      final: false,
    })
    expect(await store.windows.raw(window.id)).toBe('second')
    expect(await store.windows.revisions(window.id)).toEqual([])
  })

  test('changes the archive revision of its app, even with the same counts; a rolled-back save does not', async () => {
    const store = await storeWithApp(stores)
    await store.apps.upsert(newApp({ id: '2' }))
    const revisions = async () => (await store.apps.list()).map(({ archiveRevision }) => archiveRevision)
    expect(await revisions()).toEqual([0, 0])
    await store.windows.save(answer())
    await store.windows.save(answer({ fetchedAt: END + 120 }))
    expect(await revisions()).toEqual([2, 0])
    await expect(store.windows.saveAll([answer(), answer({ appId: 'nobody' })])).rejects.toThrow()
    expect(await revisions()).toEqual([2, 0])
    expect(await store.windows.saveAll([])).toEqual([])
  })

  test('with rows in another order is unchanged', async () => {
    const rows = [...sent(5).rows, { ...sent(9).rows[0], vendor: 'fcm' }] as NonNullable<WindowAnswer['counts']>['rows']
    const counts = { ...sent(5), rows }
    const store = await save({ counts }, { fetchedAt: END + 120, counts: { ...counts, rows: rows.toReversed() } })
    expect(await held(store)).toMatchObject({ revision: 1, sameSince: END + 60 })
  })

  test('with higher counts is a new revision, and the earlier answer is dropped', async () => {
    const store = await save({ counts: sent(5), raw: 'five' }, { fetchedAt: END + 120, counts: sent(6), raw: 'six' })
    const window = await held(store)
    expect(window).toMatchObject({ revision: 2, sameSince: END + 120, fellAt: null, counts: sent(6) })
    expect(await store.windows.raw(window.id)).toBe('six')
    expect(await store.windows.revisions(window.id)).toEqual([])
  })

  test('with lower counts keeps the earlier answer and records the time', async () => {
    const store = await save(
      { counts: sent(5), raw: 'five' },
      { fetchedAt: END + 120, counts: sent(4), raw: 'four' },
      { fetchedAt: END + 180, counts: sent(9), raw: 'nine' },
      { fetchedAt: END + 240, counts: null, raw: 'none' },
    )
    const window = await held(store)
    expect(window).toMatchObject({ revision: 4, fellAt: END + 240, counts: null })
    expect(await store.windows.raw(window.id)).toBe('none')
    expect(await store.windows.revisions(window.id)).toEqual([
      { revision: 3, fetchedAt: END + 180, raw: 'nine' },
      { revision: 1, fetchedAt: END + 60, raw: 'five' },
    ])
  })

  test('by an answer older than the stored one changes nothing', async () => {
    const store = await save({ fetchedAt: END + 120, counts: sent(6), raw: 'six' })
    const late = await store.windows.save(answer({ fetchedAt: END + 119, counts: sent(5), raw: 'five' }))
    const window = await held(store)
    expect(late).toEqual({ id: window.id, revision: 1, outcome: 'older' })
    expect(window).toMatchObject({ fetchedAt: END + 120, counts: sent(6) })
    expect(await store.windows.raw(window.id)).toBe('six')
  })

  test('is changed if an array of losses is now left out', async () => {
    const absent = [{ stage: 'post_send', by: 'total' } as const]
    const store = await save({}, { fetchedAt: END + 120, absent })
    expect(await held(store)).toMatchObject({ revision: 2, absent })
  })
})

describeStores('a window is final', (stores) => {
  const finalAfter = async (...answers: Partial<WindowAnswer>[]) => {
    const store = await storeWithApp(stores)
    for (const one of answers) await store.windows.save(answer(one))
    return (await held(store)).final
  }

  test('when two fetches a day apart agree, to the second', async () => {
    const grown = END + GROWS_FOR + 60
    expect(await finalAfter({ fetchedAt: grown }, { fetchedAt: grown - 1 + DAY })).toBe(false)
    expect(await finalAfter({ fetchedAt: grown }, { fetchedAt: grown + DAY })).toBe(true)
  })

  test('not if they differ, nor after a single late fetch', async () => {
    expect(await finalAfter({ fetchedAt: END }, { fetchedAt: END + DAY, counts: sent(101) })).toBe(false)
    expect(await finalAfter({ fetchedAt: END + 9 * DAY })).toBe(false)
  })

  test('not while a late receipt may still come, however long it is unchanged', async () => {
    const life = { fetchedAt: T0 - 3 * DAY }
    expect(await finalAfter(life, { fetchedAt: END + 2 * DAY })).toBe(false)
    expect(await finalAfter(life, { fetchedAt: END + GROWS_FOR + DAY - 1 })).toBe(false)
    expect(await finalAfter(life, { fetchedAt: END + GROWS_FOR + DAY })).toBe(true)
  })

  test('when the archive says so, and stays final while nothing changes', async () => {
    expect(await finalAfter({ final: true }, { fetchedAt: END + 120 })).toBe(true)
    expect(await finalAfter({ final: true }, { fetchedAt: END + 120, counts: sent(101) })).toBe(false)
  })
})
