import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { isPostgres } from '@/lib/store/engine/dialect'
import type { Db } from '@/lib/store/engine/open'
import { describeStores } from '@/lib/store/testing/database'
import { people } from './people'
import { sessions } from './sessions'
import { withdrawals } from './withdrawals'

const ADMIN = [{ app_id: '*', role: 'admin' }]
const VIEWER = [{ app_id: '*', role: 'viewer' }]
const person = (id: string) => ({ id, email: `${id}@example.com`, name: id, created_at: 1 })

describeStores('withdrawals', ({ kind, open, again }) => {
  async function household(...admins: string[]) {
    const db = await open()
    for (const id of admins) await people(db).create({ person: person(id), grants: ADMIN })
    await people(db).create({ person: person('pm'), grants: VIEWER })
    return { db, change: withdrawals(db), store: people(db) }
  }

  const takeAway = [
    ['another role', (change: ReturnType<typeof withdrawals>, id: string) => change.setGrants(id, VIEWER, 9)],
    [
      'a role on one app',
      (change: ReturnType<typeof withdrawals>, id: string) =>
        change.setGrants(id, [{ app_id: 'shop', role: 'admin' }], 9),
    ],
    ['disabling', (change: ReturnType<typeof withdrawals>, id: string) => change.setDisabled(id, 9, 9)],
    ['removing', (change: ReturnType<typeof withdrawals>, id: string) => change.remove(id, 9)],
  ] as const

  test.each(takeAway)('%s spares the last administrator, and changes nothing', async (_, take) => {
    const { db, change } = await household('ada')
    const rows = async () => [
      await db.selectFrom('people').selectAll().orderBy('id').execute(),
      await db.selectFrom('grants').selectAll().orderBy('person_id').execute(),
    ]
    const before = await rows()
    expect(await take(change, 'ada')).toBe('last_administrator')
    expect(await rows()).toEqual(before)
    await people(db).create({ person: person('bea'), grants: ADMIN })
    expect(await take(change, 'ada')).toBe('done')
    expect(await take(change, 'bea')).toBe('last_administrator')
  })

  test('a disabled administrator does not count', async () => {
    const { change } = await household('ada', 'bea')
    expect(await change.setDisabled('bea', 9, 9)).toBe('done')
    expect(await change.remove('ada', 9)).toBe('last_administrator')
    expect(await change.setDisabled('bea', null, 10)).toBe('done')
    expect(await change.remove('ada', 10)).toBe('done')
  })

  test('of concurrent changes, in any number of processes, at least one administrator is left', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f']
    const { db, change } = await household(...names)
    // A second SQLite connection in this process would block the event loop that the first needs to finish.
    const other = withdrawals(kind === 'postgres' ? await again() : db)
    const ends = await Promise.all(names.map((id, i) => takeAway[i % takeAway.length]?.[1](i % 2 ? change : other, id)))
    expect(ends.filter((end) => end === 'done')).toHaveLength(names.length - 1)
    expect(ends.filter((end) => end === 'last_administrator')).toHaveLength(1)
    const left = await db
      .selectFrom('grants')
      .innerJoin('people', 'people.id', 'grants.person_id')
      .select('people.id')
      .where('app_id', '=', '*')
      .where('role', '=', 'admin')
      .where('disabled_at', 'is', null)
      .execute()
    expect(left).toHaveLength(1)
  })

  test('every change ends the sessions of this person only', async () => {
    const { db, change } = await household('ada', 'bea')
    const store = sessions(db)
    const times = { created_at: 1, seen_at: 1, expires_at: 99, revoked_at: null, address: '', agent: '' }
    const steps = [
      () => change.setGrants('pm', [], 20),
      () => change.setDisabled('pm', 20, 20),
      () => change.setDisabled('pm', null, 20),
      () => change.remove('pm', 20),
    ]
    for (const [i, step] of steps.entries()) {
      await store.create({ id_hash: `pm-${i}`, person_id: 'pm', ...times })
      await store.create({ id_hash: `bea-${i}`, person_id: 'bea', ...times })
      expect(await step()).toBe('done')
      expect((await store.find(`pm-${i}`))?.revoked_at ?? 'gone').toBe(i === 3 ? 'gone' : 20)
      expect((await store.find(`bea-${i}`))?.revoked_at).toBeNull()
    }
  })

  test('nothing stays of a removed person but the name, and the address can be used again', async () => {
    const { db, change, store } = await household('ada')
    await sessions(db).create({
      id_hash: 's',
      person_id: 'pm',
      created_at: 1,
      seen_at: 1,
      expires_at: 99,
      revoked_at: null,
      address: '',
      agent: '',
    })
    await db.insertInto('failed_sign_ins').values({ hour: 0, person_id: 'pm', address: '', count: 1 }).execute()
    expect(await change.remove('pm', 20)).toBe('done')
    expect(await db.selectFrom('failed_sign_ins').selectAll().execute()).toEqual([])
    expect([await store.byId('pm'), await store.byEmail('pm@example.com')]).toEqual([null, null])
    expect((await store.list()).map(({ id }) => id)).toEqual(['ada'])
    expect(await db.selectFrom('removed_people').selectAll().execute()).toEqual([
      { id: 'pm', name: 'pm', removed_at: 20 },
    ])
    expect((await store.names()).map(({ name }) => name).sort()).toEqual(['ada', 'pm'])
    expect(await store.create({ person: { ...person('pm2'), email: 'pm@example.com' }, grants: [] })).toBe(true)
  })

  test('every table that belongs to a person is emptied with them', async () => {
    const { db } = await household()
    const tables = await db.introspection.getTables()
    // Failed sign-ins of unknown people have no person, so that table has no foreign key. Removing deletes its rows.
    const owned = tables.filter(
      (table) => table.name !== 'failed_sign_ins' && table.columns.some(({ name }) => name === 'person_id'),
    )
    expect(owned.length).toBeGreaterThanOrEqual(3)
    for (const { name } of owned) expect([name, await deletesWithPerson(db, name)]).toEqual([name, true])
  })

  test('unknown and removed people cannot be changed', async () => {
    const { change } = await household('ada')
    await change.remove('pm', 20)
    for (const id of ['pm', 'nobody']) {
      for (const [, take] of takeAway) expect(await take(change, id)).toBe('unknown')
      expect(await change.setDisabled(id, null, 20)).toBe('unknown')
    }
  })
})

/** Whether rows of the table go when their person goes. */
async function deletesWithPerson(db: Db, table: string): Promise<boolean> {
  const found = isPostgres(db)
    ? sql<{ rule: string }>`select confdeltype as rule from pg_constraint
        where conrelid = ${table}::regclass and confrelid = 'people'::regclass`
    : sql<{ rule: string }>`select on_delete as rule from pragma_foreign_key_list(${table}) where "table" = 'people'`
  const { rows } = await found.execute(db)
  return rows.length > 0 && rows.every(({ rule }) => rule === 'c' || rule === 'CASCADE')
}
