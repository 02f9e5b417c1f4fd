import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { authorize } from '@/lib/access/authorize'
import { PushlensError } from '@/lib/contract/errors'
import { MAX_IMPORT_LINES } from '@/lib/contract/limits'
import { putTaskQuery, tasksQuery, tasksReply, tasksRequest } from '@/lib/contract/tasks'
import { createCaches } from '@/lib/service/read/caches'
import { taskReply } from '@/lib/service/read/task-reply'
import { migrate } from '@/lib/store/engine/migrate'
import { type Db, openDatabase } from '@/lib/store/engine/open'
import type { AppRow } from '@/lib/store/people/apps'
import { createStore, type Store } from '@/lib/store/store'
import { clockAt, realClock } from '@/lib/testing/clock'
import { importTasks } from './import-tasks'
import { listTasks } from './list-tasks'
import { putTask } from './put-task'
import { tasksCsv } from './tasks-csv'
import { undoImport } from './undo-import'

const A = '667015d4_537529d8_2000005e80aa873_d03ac87_56f5e750'
const SENT = '2024-06-17T10:54:12.000Z'
const OTHER = 'batch_695610d8_5f5fe251_200000e87f01f12_cf7963dc_386ba222'
const NOW = Date.parse('2026-01-10T00:00:00Z')
const token = { kind: 'token', id: 't', name: 't', role: 'editor', apps: ['*'] } as const

const folder = mkdtempSync(join(tmpdir(), 'pl-tasks-'))
let db: Db
let store: Store
let app: AppRow
const clock = clockAt(Math.floor(NOW / 1_000))
const ctx = () => ({ store, clock, caches: createCaches(clock) })

beforeAll(async () => {
  db = await openDatabase({ kind: 'sqlite', path: join(folder, 'test.db') })
  await migrate(db)
  store = createStore(db, realClock)
  app = await store.apps.upsert({
    ...{ id: '1400187352', sdkAppId: 1_400_187_352, name: 'Shop', region: 'china', baseUrl: null, adminId: 'a' },
    ...{ utcOffsetMin: 480, origin: 'environment', demo: true, createdAt: 1 },
    key: { dataKey: 'd', sealed: 's', fingerprint: 'f' },
  })
})
beforeEach(async () => {
  await db.deleteFrom('tasks').execute()
})
afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

const scoped = <Q>(query: Q) => authorize(token, 'tasks', app, query)
const put = (taskId: string, body: unknown) => putTask(ctx(), scoped(putTaskQuery.parse({ taskId, body })))
const run = (text: string, dryRun = false) => importTasks(ctx(), scoped({ text, dryRun }))
const undo = (id: string | null) => undoImport(ctx(), scoped({ undo: id ?? '' }))
const list = (query: object = {}) => listTasks(ctx(), scoped(tasksQuery.parse(query)))
/** Returns all campaigns as the API shows them, without their counts. */
const all = async () => {
  const { items } = await store.tasks.page(app.id, { sort: 'label', after: null, limit: MAX_IMPORT_LINES })
  return { items: items.map(taskReply) }
}
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error) => (error instanceof PushlensError ? error.code : error),
  )
const lastNote = async () => (await store.audit.list({ limit: 1 })).items[0]

describe('a campaign that the sender registers', () => {
  test('is stored with its fields and the time from its ID; the same request again changes nothing', async () => {
    const body = { label: ' Lunch ', tags: ['food', '점심', 'food'], note: 'two\nlines' }
    const made = await put(A, body)
    expect(made).toEqual({
      taskId: A,
      ...{ label: 'Lunch', tags: ['food', '점심'], note: 'two\nlines' },
      ...{ sentAt: SENT, knownBy: 'api', createdAt: new Date(NOW).toISOString() },
    })
    expect(await put(A, body)).toEqual(made)
    expect(await lastNote()).toMatchObject({ actor: 'token:t', action: 'task.put', detail: { taskId: A, new: false } })
  })

  test('keeps the fields that a later change leaves out', async () => {
    await put(A, { label: 'Lunch', tags: ['food'], sentAt: '2024-06-17T19:00:00+08:00' })
    const changed = await put(A, { note: 'n', tags: [] })
    expect(changed).toMatchObject({ label: 'Lunch', tags: [], note: 'n', sentAt: '2024-06-17T11:00:00.000Z' })
    expect(await put(A, { sentAt: null })).toMatchObject({ sentAt: SENT })
  })

  test.each([
    ['a space in the ID', 'a b', {}],
    ['an ID too long', 'x'.repeat(65), {}],
    ['a key nobody knows', A, { name: 'Lunch' }],
    ['a tag that would part in two', A, { tags: ['a,b'] }],
    ['an empty tag', A, { tags: [' '] }],
    ['a name of two lines', A, { label: 'a\nb' }],
    ['half a character', A, { note: '\ud800' }],
    ['a time without a zone', A, { sentAt: '2026-01-01 12:00' }],
    ['no object', A, []],
    ['nothing', A, null],
  ])('is refused with %s', (_, taskId, body) => {
    expect(putTaskQuery.safeParse({ taskId, body }).success).toBe(false)
  })
})

describe('an import', () => {
  const SHEET = `TaskID,Name,Tags\n${A},Lunch,food\n${OTHER},,\n,Nameless,\n${A},Twice,`

  test('previews what it would do, and writes nothing', async () => {
    const { rows, summary, undo } = await run(SHEET, true)
    expect(rows.map(({ line, taskId, state, why, hints }) => [line, taskId, state, why, hints])).toEqual([
      [2, A, 'new', null, []],
      [3, OTHER, 'new', null, ['other_app']],
      [4, '', 'refused', 'no_id', []],
      [5, A, 'refused', 'twice', []],
    ])
    expect(rows[0]).toMatchObject({ label: 'Lunch', tags: ['food'], sentAt: SENT, was: null })
    expect([summary, undo]).toEqual([{ new: 2, changed: 0, same: 0, refused: 2 }, null])
    expect((await all()).items).toEqual([])
  })

  test('changes only the fields it names; an empty cell deletes nothing', async () => {
    await put(A, { label: 'Lunch', tags: ['food'], note: 'keep me' })
    const { rows, summary } = await run(`id,name,tags,note\n${A},Dinner,,`)
    expect(rows[0]).toMatchObject({ state: 'changed', label: 'Dinner', tags: ['food'], note: 'keep me' })
    expect(rows[0]?.was).toEqual({ label: 'Lunch', tags: ['food'], note: 'keep me', sentAt: SENT })
    expect(summary).toEqual({ new: 0, changed: 1, same: 0, refused: 0 })
    expect((await all()).items).toMatchObject([{ taskId: A, label: 'Dinner', note: 'keep me', knownBy: 'api' }])
  })

  test('can be undone once, with its counts in the audit, but not after a change', async () => {
    const first = await run(SHEET)
    expect(await lastNote()).toMatchObject({ action: 'task.import', detail: { new: 2, refused: 2, undo: first.undo } })
    await put(A, { note: 'mine' })
    expect(await codeOf(undo(first.undo))).toBe('conflict')
    await put(A, { note: '' })
    expect(await undo(first.undo)).toEqual({ removed: 2, restored: 0 })
    expect(await lastNote()).toMatchObject({ action: 'task.import.undo', detail: { removed: 2, restored: 0 } })
    expect(await codeOf(undo(first.undo))).toBe('not_found')
  })

  test('with too many lines is refused as a whole', async () => {
    expect(await codeOf(run('x\n'.repeat(MAX_IMPORT_LINES + 1)))).toBe('too_large')
  })

  test('does what its preview said, and its undo restores everything, whatever was pasted', async () => {
    const id = fc.constantFrom(A, OTHER, 'a', 'b', 'c', 'D', 'no id', '')
    const word = fc.constantFrom('', 'x', 'y', '"q, ""r"""', '\ud800z', '이름')
    const line = fc.tuple(id, word, word, word, fc.constantFrom('', '2025-01-01', 'never'))
    const sheet = fc.array(line, { maxLength: 8 }).map((rows) => ['id,name,tags,note,sent', ...rows].join('\n'))
    await fc.assert(
      fc.asyncProperty(sheet, sheet, async (earlier, text) => {
        await db.deleteFrom('tasks').execute()
        await run(earlier)
        const before = await all()
        const preview = await run(text, true)
        expect(await all()).toEqual(before)
        const done = await run(text)
        expect(done.rows).toEqual(preview.rows)
        const { summary } = done
        expect(done.undo === null).toBe(summary.new + summary.changed === 0)
        const now = new Map((await all()).items.map((task) => [task.taskId, task]))
        for (const { state, line: _, why, hints, was, ...row } of done.rows) {
          if (state !== 'refused') expect(now.get(row.taskId)).toMatchObject(row)
        }
        const again = await run(text, true)
        expect(again.summary).toEqual({
          new: 0,
          changed: 0,
          same: summary.new + summary.changed + summary.same,
          refused: summary.refused,
        })
        if (done.undo) expect(await undo(done.undo)).toEqual({ removed: summary.new, restored: summary.changed })
        expect(await all()).toEqual(before)
      }),
      { numRuns: 25 },
    )
  })
})

describe('the list', () => {
  test('continues after each page in every order, and refuses a cursor of another order', async () => {
    await run('id,name\na,Zeta\nb,alpha\nc,')
    const { items, next } = await list({ sort: 'label', limit: 2 })
    expect(items.map(({ taskId }) => taskId)).toEqual(['b', 'c'])
    const rest = await list({ sort: 'label', limit: 2, cursor: next })
    expect([rest.items.map(({ taskId }) => taskId), rest.next]).toEqual([['a'], null])
    for (const [sort, cursor] of [
      ['sentAt', next],
      ['label', 'x'],
      ['label', ''],
      ['createdAt', btoa('["1","a"]')],
      ['label', btoa('["\\u0000","a"]')],
    ]) {
      expect(await codeOf(list({ sort, cursor }))).toBe('bad_request')
    }
  })

  test('is filtered by search and tag; an empty form field filters nothing', async () => {
    await run('id,name,tags,note\na,Zeta,x,\nb,,y,zeta too')
    const ids = async (query: object) => (await list(query)).items.map(({ taskId }) => taskId).sort()
    expect(await ids({ q: 'ZETA' })).toEqual(['a', 'b'])
    expect(await ids({ q: 'zeta', tag: 'y' })).toEqual(['b'])
    expect(await ids({ q: '', tag: '' })).toEqual(['a', 'b'])
  })

  test('as CSV is safe in a spreadsheet, says that it is a demo, and imports without changes', async () => {
    await run(`id,name,tags,note,sent\n${A},"=1+1, ""q""","x,y","two\nlines",2025-01-01 10:00\nb,,,,`)
    const csv = tasksCsv(tasksReply.parse(await list()), app, tasksRequest.parse({}))
    expect(csv).toContain(`,"'=1+1, ""q""","x, y",`)
    expect(csv.match(/invented/g)).toHaveLength(2)
    const { summary } = await run(`\ufeff${csv}`, true)
    expect(summary).toEqual({ new: 0, changed: 0, same: 2, refused: 0 })
  })
})
