import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { describeStores } from '@/lib/store/testing/database'
import { T0 } from '@/lib/store/testing/rows'
import { type AuditRecord, audit } from './audit'

const note = (over: Partial<AuditRecord> = {}): AuditRecord => ({
  at: T0,
  actor: 'person:1',
  action: 'sign_in',
  appId: null,
  subjectHash: null,
  detail: {},
  address: null,
  ...over,
})

describeStores('the audit log', ({ open }) => {
  test('stores what was appended', async () => {
    const log = audit(await open())
    const full = note({ appId: '14', subjectHash: 'h', detail: { role: 'admin', count: 2, ok: false, none: null } })
    await log.append(full)
    expect(await log.list({ limit: 5 })).toEqual({ items: [{ ...full, id: 1 }], next: null })
  })

  test('stores repeated look-ups once, separately for each person, subject and app', async () => {
    const log = audit(await open())
    const look = note({ action: 'trace.lookup', appId: '14', subjectHash: 'kim' })
    for (const at of [T0, T0 + 5, T0 + 599]) await log.appendOnce({ ...look, at }, 600)
    await log.appendOnce({ ...look, actor: 'person:2' }, 600)
    await log.appendOnce({ ...look, subjectHash: 'lee' }, 600)
    await log.appendOnce({ ...look, appId: '15' }, 600)
    await log.appendOnce({ ...look, at: T0 + 600 }, 600)
    const { items } = await log.list({ limit: 9 })
    expect(items.reverse().map(({ at, actor, subjectHash, appId }) => [at, actor, subjectHash, appId])).toEqual([
      [T0, 'person:1', 'kim', '14'],
      [T0, 'person:2', 'kim', '14'],
      [T0, 'person:1', 'lee', '14'],
      [T0, 'person:1', 'kim', '15'],
      [T0 + 600, 'person:1', 'kim', '14'],
    ])
  })

  test('is read newest first, page by page, each entry once although more are added', async () => {
    const log = audit(await open())
    for (let at = 1; at <= 5; at++) await log.append(note({ at }))
    const first = await log.list({ limit: 2 })
    await log.append(note({ at: 6 }))
    const second = await log.list({ limit: 2, before: first.next ?? 0 })
    const third = await log.list({ limit: 2, before: second.next ?? 0 })
    const pages = [first, second, third].map(({ items }) => items.map(({ at }) => at))
    expect(pages).toEqual([[5, 4], [3, 2], [1]])
    expect(third.next).toBeNull()
  })

  test('lists the entries of one subject, newest first', async () => {
    const log = audit(await open())
    for (const [i, subjectHash] of ['kim', 'lee', 'kim', null].entries()) await log.append(note({ at: i, subjectHash }))
    expect((await log.ofSubject('kim', 5)).map(({ at }) => at)).toEqual([2, 0])
    expect((await log.ofSubject('kim', 1)).map(({ at }) => at)).toEqual([2])
    expect(await log.ofSubject('nobody', 5)).toEqual([])
  })

  test.each([
    ['changed', sql`update audit set actor = 'nobody'`],
    ['changed by a single row', sql`update audit set at = 0 where id = 1`],
    ['removed', sql`delete from audit`],
    ['removed when nothing fits', sql`delete from audit where id = 1`],
  ])('refuses to be %s', async (_, statement) => {
    const db = await open()
    await audit(db).append(note())
    await expect(statement.execute(db)).rejects.toThrow('append-only')
    expect((await audit(db).list({ limit: 5 })).items).toEqual([{ ...note(), id: 1 }])
  })
})

describeStores('the audit log also refuses', ({ kind, open }) => {
  const tricks =
    kind === 'sqlite'
      ? [`insert or replace into audit (id, at, actor, action, detail) values (1, 0, 'x', 'x', '')`]
      : ['truncate audit', 'truncate audit cascade']
  test.each(tricks)('%s', async (trick) => {
    const db = await open()
    await audit(db).append(note())
    await expect(sql.raw(trick).execute(db)).rejects.toThrow('append-only')
    expect((await audit(db).list({ limit: 5 })).items).toHaveLength(1)
  })
})
