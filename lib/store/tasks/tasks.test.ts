import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Kysely, sql } from 'kysely'
import { expect, test } from 'vitest'
import type { KnownBy } from '@/lib/contract/tasks'
import { migrate } from '@/lib/store/engine/migrate'
import { migrations } from '@/lib/store/engine/migrations'
import { up as searchableTags } from '@/lib/store/engine/migrations/027-searchable-tags'
import { openDatabase } from '@/lib/store/engine/open'
import { createStore, type Store } from '@/lib/store/store'
import { describeStores } from '@/lib/store/testing/database'
import { DAY, newApp, storeWithApp, T0 } from '@/lib/store/testing/rows'
import { realClock } from '@/lib/testing/clock'
import type { Task } from './task-rows'
import type { TaskPage } from './tasks'

const APP = '1400000001'
const task = (taskId: string, sentAt: number | null = null, createdAt = T0, knownBy: KnownBy = 'lookup') => ({
  appId: APP,
  taskId,
  sentAt,
  createdAt,
  knownBy,
})
const full = (taskId: string, over: Partial<Task> = {}): Task => ({
  ...task(taskId, null, T0, 'import'),
  label: '',
  tags: [],
  note: '',
  ...over,
})

/** Returns all stored tasks, sorted. */
const all = async (store: Store) => (await store.tasks.page(APP, { sort: 'label', after: null, limit: 20_000 })).items

/** Imports exactly these tasks. */
const save = (store: Store, tasks: Task[], at = T0) =>
  store.taskImports.save({
    appId: APP,
    taskIds: tasks.map(({ taskId }) => taskId),
    make: (taskId, before) => ({
      ...full(
        taskId,
        tasks.find((one) => one.taskId === taskId),
      ),
      ...(before ? { createdAt: before.createdAt, knownBy: before.knownBy } : {}),
    }),
    at,
  })

describeStores('tasks', (stores) => {
  test('the newest of each tag are found in one pass, across parts', async () => {
    const store = await storeWithApp(stores)
    const tagged = (i: number) => ['all', i % 700 === 0 ? 'rare' : 'usual', `own ${i}`]
    await save(
      store,
      Array.from({ length: 1_500 }, (_, i) =>
        full(`t${String(i).padStart(4, '0')}`, { sentAt: T0 + (i >> 1), tags: tagged(i) }),
      ),
    )
    const found = await store.tasks.newestOfTags(APP, ['all', 'rare', 'own 3', 'no'], 3)
    const ids = [...found].map(([tag, list]) => [tag, list.map(({ taskId }) => taskId).join(' ')])
    expect(ids).toEqual([
      ['all', 't1498 t1499 t1496'],
      ['rare', 't1400 t0700 t0000'],
      ['own 3', 't0003'],
      ['no', ''],
    ])
    const { items } = await store.tasks.page(APP, { tag: 'rare', sort: 'sentAt', after: null, limit: 3 })
    expect(found.get('rare')).toEqual(items.map(({ taskId, tags }) => ({ taskId, tags })))
  })

  test('are registered by a look-up', async () => {
    const { tasks } = await storeWithApp(stores)
    expect(await tasks.get(APP, 'a')).toBeNull()
    await tasks.register(task('a', T0 - 5))
    expect(await tasks.get(APP, 'a')).toEqual({ ...task('a', T0 - 5), label: '', tags: [], note: '' })
  })

  test('keep their first data on another look-up and gain a missing sending time', async () => {
    const { tasks } = await storeWithApp(stores)
    await tasks.register(task('a'))
    await tasks.register({ ...task('a', T0 - 5, T0 + 1), knownBy: 'import' })
    await tasks.register(task('a', T0 - 9))
    expect(await tasks.get(APP, 'a')).toMatchObject({ sentAt: T0 - 5, createdAt: T0, knownBy: 'lookup' })
  })

  test('are listed last sent first; for an unknown sending time the registration counts', async () => {
    const store = await storeWithApp(stores)
    await store.apps.upsert(newApp({ id: 'other' }))
    await store.tasks.register(task('old', T0 - 20))
    await store.tasks.register(task('unknown', null, T0 - 10))
    await store.tasks.register(task('new', T0 - 5))
    await store.tasks.register({ ...task('foreign', T0), appId: 'other' })
    const ids = async (limit: number) => (await store.tasks.list(APP, limit)).map(({ taskId }) => taskId)
    expect(await ids(10)).toEqual(['new', 'unknown', 'old'])
    expect(await ids(1)).toEqual(['new'])
  })

  test('sent in a half-open span are listed in order of time, the latest where there are too many', async () => {
    const store = await storeWithApp(stores)
    await store.tasks.register(task('unknown', null))
    for (const [id, at] of [
      ['b', T0 + 60],
      ['a', T0],
      ['before', T0 - 1],
      ['after', T0 + DAY],
    ] as const)
      await store.tasks.register(task(id, at))
    const ids = async (limit: number) =>
      (await store.tasks.sentWithin(APP, { from: T0, to: T0 + DAY, limit })).map(({ taskId }) => taskId)
    expect([await ids(5), await ids(1)]).toEqual([['a', 'b'], ['b']])
  })

  test('are put one by one, and a later look-up keeps what people wrote', async () => {
    const { tasks } = await storeWithApp(stores)
    const made = full('a', { label: 'Lunch', tags: ['food', '점심'], note: 'two\nlines', knownBy: 'api' })
    expect(await tasks.put(APP, 'a', () => made)).toEqual({ before: null, after: made })
    await tasks.register(task('a', T0 - 5))
    const learned = { ...made, sentAt: T0 - 5 }
    const renamed = { ...learned, label: 'Dinner' }
    expect(await tasks.put(APP, 'a', (_, before) => ({ ...(before ?? made), label: 'Dinner' }))).toEqual({
      before: learned,
      after: renamed,
    })
    expect(await tasks.get(APP, 'a')).toEqual(renamed)
  })

  test('are found by any part of label, ID or note in any case, and by an exact tag', async () => {
    const store = await storeWithApp(stores)
    await save(store, [
      full('id_1', { label: 'Élan 50% off_', tags: ['Big', 'x y'], note: 'for KIM' }),
      full('id_2', { label: '중추절 세일', tags: ['big', 'bigger'] }),
      full('ID_3', { note: '中秋' }),
    ])
    const found = async (page: Partial<TaskPage>) => {
      const { items } = await store.tasks.page(APP, { sort: 'createdAt', after: null, limit: 10, ...page })
      return items.map(({ taskId }) => taskId).sort()
    }
    expect(await found({ q: 'éLAN' })).toEqual(['id_1'])
    expect(await found({ q: 'kim' })).toEqual(['id_1'])
    expect(await found({ q: 'id_' })).toEqual(['ID_3', 'id_1', 'id_2'])
    expect(await found({ q: '%' })).toEqual(['id_1'])
    expect(await found({ q: '절 세' })).toEqual(['id_2'])
    expect(await found({ q: '中' })).toEqual(['ID_3'])
    expect(await found({ tag: 'big' })).toEqual(['id_2'])
    expect(await found({ tag: 'x' })).toEqual([])
    expect(await found({ tag: 'x y', q: 'off' })).toEqual(['id_1'])
  })

  test('come page by page in every order, each once, also with equal sort keys', async () => {
    const store = await storeWithApp(stores)
    await save(
      store,
      ['f', 'b', 'd', 'a', 'c', 'e'].map((id, i) =>
        full(id, { label: i % 2 ? 'Same' : '', sentAt: i < 4 ? T0 - DAY * (i % 2) : null, createdAt: T0 - (i % 3) }),
      ),
    )
    const expected = { sentAt: 'dfceab', label: 'cdfabe', createdAt: 'afbcde' }
    for (const sort of ['sentAt', 'label', 'createdAt'] as const) {
      const seen: string[] = []
      let after: TaskPage['after'] = null
      do {
        const page = await store.tasks.page(APP, { sort, after, limit: 2 })
        seen.push(...page.items.map(({ taskId }) => taskId))
        after = page.next
      } while (after)
      expect([sort, seen.join('')]).toEqual([sort, expected[sort]])
    }
  })
})

test('registered before names and notes were searchable are found by their ID', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'pl-tasks-'))
  const db = await openDatabase({ kind: 'sqlite', path: join(dir, 'old.db') })
  const { '001-first': first, '003-tasks': last } = migrations
  if (!first || !last) throw new Error('a migration is gone')
  await migrate(db, { '001-first': first })
  await sql`insert into apps (id, sdk_app_id, name, region, admin_id, utc_offset_min, origin, demo, data_key, key_sealed,
    key_fingerprint, created_at) values (${APP}, 1, '', '', '', 0, '', 0, '', '', '', 1)`.execute(db)
  await sql`insert into tasks values (${APP}, 'A_b', '', '[]', '', null, 'lookup', 1)`.execute(db)
  await migrate(db, { '001-first': first, '003-tasks': last })
  const { items } = await createStore(db, realClock).tasks.page(APP, { q: 'a_B', sort: 'label', after: null, limit: 5 })
  expect(items.map(({ taskId }) => taskId)).toEqual(['A_b'])
  await db.destroy()
  rmSync(dir, { recursive: true })
})

describeStores('tags of tasks from before they were searchable', (stores) => {
  test('are found in any case', async () => {
    const store = await storeWithApp(stores)
    await save(store, [full('a', { tags: ['Été', 'Big sale'] }), full('b', { label: 'B' })])
    const found = async (q: string) =>
      (await store.tasks.page(APP, { q, sort: 'label', after: null, limit: 5 })).items.map(({ taskId }) => taskId)
    const db = await stores.again()
    await db.updateTable('tasks').set({ words: 'a' }).where('task_id', '=', 'a').execute()
    expect(await found('été')).toEqual([])
    await searchableTags(db as unknown as Kysely<unknown>)
    expect(await found('été')).toEqual(['a'])
    expect(await found('BIG S')).toEqual(['a'])
    expect(await found('sale\nb')).toEqual([])
  })
})

describeStores('an import', (stores) => {
  test('returns what each task was, and an undo restores exactly that: new tasks are removed', async () => {
    const store = await storeWithApp(stores)
    await store.tasks.register(task('looked_up', T0 - 5))
    await save(store, [full('named', { label: 'Old', tags: ['a'], note: 'n' }), full('same', { label: 'S' })])
    const before = await all(store)
    const { saved, undo } = await save(store, [
      full('new', { label: 'N' }),
      full('named', { label: 'New', tags: [] }),
      full('looked_up', { label: 'L' }),
      full('same', { label: 'S' }),
    ])
    expect(saved.map((one) => [one.after.taskId, one.before?.label]).sort()).toEqual([
      ['looked_up', ''],
      ['named', 'Old'],
      ['new', undefined],
      ['same', 'S'],
    ])
    expect(await store.tasks.get(APP, 'looked_up')).toMatchObject({ label: 'L', knownBy: 'lookup', createdAt: T0 })
    expect(await store.taskImports.undo(APP, undo ?? '')).toEqual({ removed: 1, restored: 2 })
    expect(await all(store)).toEqual(before)
    expect(await store.taskImports.undo(APP, undo ?? '')).toBeNull()
  })

  test("can't be undone after one of its tasks was changed, but can once that change is reverted", async () => {
    const store = await storeWithApp(stores)
    const { undo } = await save(store, [full('a'), full('b')])
    await save(store, [full('b', { label: 'Mine' })])
    const between = await all(store)
    expect(await store.taskImports.undo(APP, undo ?? '')).toBe('changed')
    expect(await all(store)).toEqual(between)
    await save(store, [full('b')])
    expect(await store.taskImports.undo(APP, undo ?? '')).toEqual({ removed: 2, restored: 0 })
  })

  test("that changes nothing can't be undone, nor one of another app, nor one a day old", async () => {
    const store = await storeWithApp(stores)
    await store.apps.upsert(newApp({ id: 'other' }))
    const { undo } = await save(store, [full('a')])
    expect((await save(store, [full('a')])).undo).toBeNull()
    expect(await store.taskImports.undo('other', undo ?? '')).toBeNull()
    await save(store, [full('b')], T0 + DAY + 1)
    expect(await store.taskImports.undo(APP, undo ?? '')).toBeNull()
    expect(await all(store)).toHaveLength(2)
  })

  test('that needs several statements is saved and undone as a whole', async () => {
    const store = await storeWithApp(stores)
    const many = Array.from({ length: 1_201 }, (_, i) => full(`t${i}`, { label: `Campaign ${i}`, sentAt: T0 - i }))
    await save(store, many.slice(600, 700))
    const before = await all(store)
    const { saved, undo } = await save(
      store,
      many.map((one) => ({ ...one, note: 'n' })),
    )
    expect(saved).toHaveLength(1_201)
    expect((await all(store)).every(({ note }) => note === 'n')).toBe(true)
    expect(await store.taskImports.undo(APP, undo ?? '')).toEqual({ removed: 1_101, restored: 100 })
    expect(await all(store)).toEqual(before)
  })

  test('and a concurrent look-up both keep their changes', async () => {
    const store = await storeWithApp(stores)
    const other = stores.kind === 'postgres' ? createStore(await stores.again(), realClock) : store
    const ids = Array.from({ length: 40 }, (_, i) => `t${i}`)
    const [{ undo }] = await Promise.all([
      save(
        store,
        ids.map((id) => full(id, { label: id })),
      ),
      ...ids.map((id) => other.tasks.register(task(id, T0 - 5))),
    ])
    const held = await all(store)
    expect(held.map(({ label }) => label).sort()).toEqual([...ids].sort())
    const done = await store.taskImports.undo(APP, undo ?? '')
    const known = held.filter(({ knownBy }) => knownBy === 'lookup').map(({ taskId }) => taskId)
    if (done !== 'changed') expect((await all(store)).map(({ taskId }) => taskId).sort()).toEqual(known.sort())
  })
})

describeStores('the usual list', (stores) => {
  test('is read from its index, so that it stays fast with many tasks', async () => {
    const db = await stores.open()
    const usual = sql`select * from tasks where app_id = ${APP}
      order by coalesce(sent_at, created_at) desc, task_id limit 51`
    const isPg = stores.kind === 'postgres'
    const plan = await db.transaction().execute(async (trx) => {
      if (isPg) await sql`set local enable_seqscan = off`.execute(trx)
      return (await sql`${sql.raw(isPg ? 'explain' : 'explain query plan')} ${usual}`.execute(trx)).rows
    })
    expect(JSON.stringify(plan)).toContain('tasks_sent')
    expect(JSON.stringify(plan)).not.toMatch(/sort|temp b-tree/i)
  })
})
