import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { isPostgres } from '@/lib/store/engine/dialect'
import type { Db } from '@/lib/store/engine/open'
import { createStore } from '@/lib/store/store'
import { describeStores } from '@/lib/store/testing/database'
import { newApp, T0 } from '@/lib/store/testing/rows'
import { realClock } from '@/lib/testing/clock'

const APP = '1400000001'
const WHO = 'kim.min-ji@example.com'
const PERSON = { appId: APP, personHash: 'p1', userId: WHO, at: T0 }

/** Returns every row of every table as text, like a dump. */
async function dump(db: Db): Promise<string> {
  const names = isPostgres(db)
    ? sql<{ name: string }>`select tablename as name from pg_tables where schemaname = 'public'`
    : sql<{ name: string }>`select name from sqlite_master where type = 'table'`
  const tables = (await names.execute(db)).rows.map(({ name }) => name)
  expect(tables.length).toBeGreaterThan(15)
  const all = await Promise.all(tables.map((name) => sql`select * from ${sql.table(name)}`.execute(db)))
  return JSON.stringify(all.map(({ rows }) => rows))
}

/** Returns the bytes on the disk, including SQLite's log; '' for a database server. */
async function bytes(db: Db): Promise<string> {
  if (isPostgres(db)) return ''
  const { rows } = await sql<{ name: string; file: string }>`pragma database_list`.execute(db)
  const file = rows.find(({ name }) => name === 'main')?.file ?? ''
  return [file, `${file}-wal`].map((path) => (existsSync(path) ? readFileSync(path, 'latin1') : '')).join('')
}

async function inhabited(db: Db) {
  const store = createStore(db, realClock)
  await store.apps.upsert(newApp())
  const at = T0
  const task = { appId: APP, sentAt: at, knownBy: 'import' as const, createdAt: at, tags: [], label: '', note: '' }
  for (let i = 0; i < 40; i++)
    await store.tasks.put(APP, `task-${i}`, (taskId) => ({ ...task, taskId, note: `for ${WHO}, ${i}` }))
  await store.tasks.put(APP, 'named', (taskId) => ({ ...task, taskId, label: `Test to ${WHO}`, tags: [WHO, 'beta'] }))
  await store.tasks.put(APP, 'other', (taskId) => ({ ...task, taskId, note: 'for lee' }))
  const make = (taskId: string) => ({ ...task, taskId, note: `imported for ${WHO}` })
  await store.taskImports.save({ appId: APP, taskIds: ['imported'], make, at })
  const reason = {
    appId: APP,
    source: 'task',
    stage: 'post_send',
    code: '410',
    until: at,
    baseCount: 1,
    baseDays: 7,
  } as const
  await store.knownReasons.put({ ...reason, note: `seen by ${WHO}` })
  const note = { appId: APP, source: null, at, author: 'person:one', createdAt: at }
  await store.annotations.add({ ...note, id: 'n1', text: `Test by ${WHO}` })
  const trace = { appId: APP, source: 'task', keySealed: 'sealed', bodySealed: 'sealed', fetchedAt: at } as const
  await store.traces.save({ ...trace, keyHash: 'k1', personHash: 'p1' })
  await store.traces.save({ ...trace, keyHash: 'k2', personHash: 'p2' })
  return store
}

describeStores('erasing a person', (stores) => {
  test('leaves the UserID in no table and not in the file, and changes nobody else', async () => {
    const db = await stores.open()
    const store = await inhabited(db)
    expect(await dump(db)).toContain(WHO)
    await store.apps.upsert(newApp({ id: 'other' }))
    expect(await store.erasures.person({ ...PERSON, appId: 'other' })).toEqual({ traces: 0, texts: 0 })
    expect(await store.erasures.person(PERSON)).toEqual({ traces: 1, texts: 45 })
    await store.erasures.compact()
    expect(await dump(db)).not.toContain(WHO)
    expect(await bytes(db)).not.toContain(WHO)
    expect(await store.tasks.get(APP, 'named')).toMatchObject({ label: 'Test to …', tags: ['beta'] })
    expect(await store.tasks.get(APP, 'task-7')).toMatchObject({ note: 'for …, 7' })
    expect(await store.erasures.person(PERSON)).toEqual({ traces: 0, texts: 0 })
    expect((await store.tasks.page(APP, { q: 'kim', sort: 'label', after: null, limit: 5 })).items).toEqual([])
    expect(await store.traces.find({ appId: APP, source: 'task', keyHash: 'k2' })).not.toBeNull()
    expect(await store.tasks.get(APP, 'other')).toMatchObject({ note: 'for lee' })
  })

  test('empties frozen look-ups about her, takes her name out of other links, and says so', async () => {
    const store = createStore(await stores.open(), realClock)
    await store.apps.upsert(newApp())
    const about = { app: { name: 'Lunch', demo: false }, at: '2026-11-20T00:00:00Z', erased: false, scope: null }
    const request = { path: 'v4/trace', body: { taskId: 't', userId: 'user-1a2b3c4d' } }
    const trace = { verdict: { text: 'Delivered' }, devices: [{ instance: 'device-1' }], raw: null, request, asOf: 'x' }
    const texts = {
      lookup: JSON.stringify({ ...about, kind: 'lookup', views: [{ page: 'lookup', trace }] }),
      list: JSON.stringify({ ...about, kind: 'frozen', views: [{ page: 'campaigns', campaigns: [{ label: WHO }] }] }),
      other: JSON.stringify({ ...about, kind: 'frozen', views: [{ page: WHO, overview: 1 }] }),
    }
    const share = (id: keyof typeof texts) => ({
      ...{ id, app_id: APP, secret_hash: id, name: id, content: '{}', origins: '[]', picture: 0, owner: 'person:a' },
      ...{ created_at: T0, ends_at: T0, frozen: texts[id], frozen_at: T0, sha256: id },
    })
    await store.shares.create(share('lookup'), ['p1', 'p2'])
    await store.shares.create({ ...share('list'), revoked_at: T0 })
    await store.shares.create(share('other'), ['p2'])
    expect(await store.erasures.person({ ...PERSON, at: T0 + 9 })).toEqual({ traces: 0, texts: 2 })
    const [lookup, list] = [await store.shares.frozenOf('lookup'), await store.shares.frozenOf('list')]
    expect(JSON.parse(lookup ?? '')).toMatchObject({
      erased: true,
      views: [{ trace: { verdict: null, devices: [], request: { body: {} }, asOf: 'x' } }],
    })
    expect(list).not.toContain(WHO)
    for (const [id, text] of [
      ['lookup', lookup],
      ['list', list],
    ] as const) {
      const hash = createHash('sha256')
        .update(text ?? '')
        .digest('hex')
      expect(await store.shares.byId(id)).toMatchObject({ erased_at: T0 + 9, sha256: hash })
    }
    expect(await store.shares.frozenOf('other')).toBe(texts.other)
    expect(await store.shares.byId('other')).toMatchObject({ erased_at: null, sha256: 'other' })
    expect(await store.erasures.person({ ...PERSON, at: T0 + 10 })).toEqual({ traces: 0, texts: 0 })
  })

  test('a UserID inside another word stays', async () => {
    const store = createStore(await stores.open(), realClock)
    await store.apps.upsert(newApp())
    const cases = [
      ['kim', 'kim, kimono, kim_2 and sam-kim', '…, kimono, kim_2 and sam-kim'],
      ['LEE', 'to lee!', 'to …!'],
      ['a.b', 'a.b axb', '… axb'],
      ['김민지', '김민지 김민지수', '… 김민지수'],
      ['"q"\\', 'said "q"\\ once', 'said … once'],
    ] as const
    for (const [userId, note, after] of cases) {
      const task = { appId: APP, sentAt: null, knownBy: 'import' as const, createdAt: T0, tags: [], label: '', note }
      await store.tasks.put(APP, 't', (taskId) => ({ ...task, taskId }))
      await store.erasures.person({ ...PERSON, userId })
      expect((await store.tasks.get(APP, 't'))?.note).toBe(after)
    }
  })
})
