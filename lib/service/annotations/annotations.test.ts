import { beforeEach, expect, test } from 'vitest'
import { authorize } from '@/lib/access/authorize'
import { annotationBody, annotationsQuery, annotationsReply } from '@/lib/contract/chart/annotations'
import type { Ability, Role } from '@/lib/contract/roles'
import type { Context } from '@/lib/service/context'
import { countCall } from '@/lib/store/lanes/calls'
import { createStore, type Store } from '@/lib/store/store'
import { describeStores } from '@/lib/store/testing/database'
import { newApp } from '@/lib/store/testing/rows'
import { clockAt } from '@/lib/testing/clock'
import { annotationsCsv } from './annotations-csv'
import { listAnnotations } from './list-annotations'
import { addAnnotation, changeAnnotation, removeAnnotation } from './write-annotation'

const NOW = Date.parse('2026-11-19T04:00:00Z') / 1_000
const APP = newApp().id

describeStores('annotations of an app', (stores) => {
  let store: Store
  let ctx: Context
  let failCalls: (day: string, code: number, n: number) => Promise<void>

  beforeEach(async () => {
    const db = await stores.open()
    store = createStore(db, clockAt(NOW))
    await store.apps.upsert(newApp())
    ctx = { store, clock: clockAt(NOW) } as Partial<Context> as Context
    failCalls = async (day, code, n) => {
      for (let i = 0; i < n; i++) await countCall(db, APP, 'normal_push_statistics', { day, code, atMs: NOW * 1_000 })
    }
  })

  async function as<Q>(id: string, role: Role, ability: Ability, query: Q) {
    const principal = { kind: 'token', id, name: id, role, apps: ['*'] } as const
    return authorize(principal, ability, await store.apps.get(APP), query)
  }
  const add = async (body: object, id = 'pm') =>
    addAnnotation(ctx, await as(id, 'editor', 'tasks', annotationBody.parse(body)))
  const list = async (query: object = {}, id = 'pm', role: Role = 'editor') =>
    annotationsReply.parse(
      await listAnnotations(ctx, await as(id, role, 'read', annotationsQuery.parse({ range: '7d', ...query }))),
    )

  test('a note is read at the app’s offset, listed in its source, and audited without its text', async () => {
    const note = await add({ text: ' New SDK ', at: '2026-11-18T09:30', source: 'task' })
    expect(note).toMatchObject({ kind: 'note', text: 'New SDK', at: '2026-11-18T01:30:00.000Z', source: 'task' })
    expect((await list({ source: 'task' })).items).toEqual([note])
    expect((await list({ source: 'chat' })).items).toEqual([])
    const { items } = await store.audit.list({ limit: 5 })
    expect(items[0]).toMatchObject({ actor: 'token:pm', action: 'annotation.add', detail: { id: note.id } })
    expect(JSON.stringify(items)).not.toContain('SDK')
  })

  test('its author and administrators change and remove it, another editor does not', async () => {
    const { id } = await add({ text: 'New SDK', at: '2026-11-18T09:30' })
    const key = { id: id ?? '' }
    const body = annotationBody.parse({ text: 'Newer SDK', at: '2026-11-18T10:00' })
    const other = await as('other', 'editor', 'tasks', { ...key, body })
    await expect(changeAnnotation(ctx, other)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(removeAnnotation(ctx, other)).rejects.toMatchObject({ code: 'forbidden' })
    expect((await list({}, 'other')).items).toMatchObject([{ text: 'New SDK', editable: false }])
    await changeAnnotation(ctx, await as('pm', 'editor', 'tasks', { ...key, body }))
    expect((await list()).items).toMatchObject([{ text: 'Newer SDK', at: '2026-11-18T02:00:00.000Z', editable: true }])
    await removeAnnotation(ctx, await as('boss', 'admin', 'tasks', key))
    expect((await list()).items).toEqual([])
    await expect(removeAnnotation(ctx, await as('boss', 'admin', 'tasks', key))).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  test('a former editor who only reads cannot change a note any more', async () => {
    await add({ text: 'New SDK', at: '2026-11-18T09:30' })
    expect((await list({}, 'pm', 'viewer')).items).toMatchObject([{ editable: false }])
  })

  test('a time in the future is refused with its field', async () => {
    await expect(add({ text: 'Later', at: '2026-11-19T12:01' })).rejects.toMatchObject({
      code: 'bad_range',
      field: 'at',
    })
  })

  test('text is 1 to 200 characters without control characters', () => {
    const parse = (text: string) => annotationBody.safeParse({ text, at: '2026-11-18T09:30' }).success
    expect(['', ' ', 'x'.repeat(201), 'a\nb', 'x'.repeat(200)].map(parse)).toEqual([false, false, false, false, true])
  })

  test('registered campaigns of the range are marks, in campaigns only', async () => {
    const sentAt = NOW - 2 * 86_400
    const task = { appId: APP, sentAt, createdAt: 1, tags: [] as string[], note: '', ...({ knownBy: 'api' } as const) }
    await store.tasks.put(APP, 'named', (taskId) => ({ ...task, taskId, label: 'Lunch' }))
    await store.tasks.put(APP, 'nameless', (taskId) => ({ ...task, taskId, label: '', sentAt: sentAt + 60 }))
    expect((await list({ source: 'task' })).items).toMatchObject([
      { kind: 'campaign', text: 'Lunch', taskId: 'named' },
      { kind: 'campaign', text: null, taskId: 'nameless' },
    ])
    expect((await list({ source: 'chat' })).items).toEqual([])
  })

  test('a day on which many calls failed is a mark; a few failures are none', async () => {
    await failCalls('2026-11-16', 0, 12)
    await failCalls('2026-11-16', 60018, 7)
    await failCalls('2026-11-16', -1, 4)
    await failCalls('2026-11-17', -1, 9)
    const { items } = await list({ source: 'chat' }, 'pm', 'admin')
    expect(items).toMatchObject([
      { kind: 'upstream_error', at: '2026-11-16T00:00:00.000Z', error: { failed: 11, calls: 23, code: 60018 } },
    ])
    expect((await list({ source: 'task' })).items).toEqual([])
    // Call counts are on the System page, which is for administrators.
    expect((await list({ source: 'chat' })).items).toMatchObject([{ kind: 'upstream_error', error: null }])
  })

  test('the list as CSV has a row for each mark', async () => {
    await add({ text: '=1+1', at: '2026-11-18T09:30' })
    const [, row] = annotationsCsv(await list(), { demo: true }).split('\r\n')
    expect(row).toMatch(/^note,2026-11-18T01:30:00.000Z,,,"'=1\+1",/)
    expect(row).toMatch(/Demo, invented data"$/)
  })
})
