import { expect, test } from 'vitest'
import { describeStores } from '@/lib/store/testing/database'
import { type PersonRow, people } from './people'

const row = (id: string, email = `${id}@example.com`): PersonRow => ({
  id,
  email,
  name: id,
  password_hash: null,
  totp_sealed: null,
  disabled_at: null,
  created_at: 1,
})
const sorted = <T>(list: T[]) => list.map((item) => JSON.stringify(item)).sort()

describeStores('people', ({ kind, open, again }) => {
  test('a person is found by e-mail address, with their grants', async () => {
    const store = people(await open())
    const grants = [
      { app_id: 'shop', role: 'viewer' },
      { app_id: 'game', role: 'support' },
    ]
    expect(await store.create({ person: row('pm'), grants })).toBe(true)
    expect(await store.byEmail('pm@example.com')).toEqual(row('pm'))
    expect(sorted(await store.grantsOf('pm'))).toEqual(sorted(grants))
    expect(await store.byEmail('nobody@example.com')).toBeNull()
    expect(await store.grantsOf('nobody')).toEqual([])
  })

  test('a taken address writes neither person nor grants', async () => {
    const db = await open()
    const store = people(db)
    await store.create({ person: row('pm'), grants: [] })
    const grants = [{ app_id: '*', role: 'admin' }]
    expect(await store.create({ person: row('thief', 'pm@example.com'), grants })).toBe(false)
    expect(await db.selectFrom('people').select('id').execute()).toEqual([{ id: 'pm' }])
    expect(await db.selectFrom('grants').selectAll().execute()).toEqual([])
  })

  test('a password changes for one person only', async () => {
    const store = people(await open())
    await store.create({ person: row('pm'), grants: [] })
    await store.create({ person: row('support'), grants: [] })
    await store.setPassword('pm', 'hash')
    expect(await store.byEmail('pm@example.com')).toEqual({ ...row('pm'), password_hash: 'hash' })
    expect(await store.byEmail('support@example.com')).toEqual(row('support'))
  })

  test('only an admin role on all apps makes an administrator, disabled or not', async () => {
    const db = await open()
    const store = people(db)
    await store.create({ person: row('one'), grants: [{ app_id: 'shop', role: 'admin' }] })
    await store.create({ person: row('two'), grants: [{ app_id: '*', role: 'support' }] })
    expect(await store.hasAdministrator()).toBe(false)
    await store.create({ person: { ...row('three'), disabled_at: 5 }, grants: [{ app_id: '*', role: 'admin' }] })
    expect(await store.hasAdministrator()).toBe(true)
    expect(await store.createFirstAdministrator(row('four'))).toBe('too_late')
  })

  test('of many concurrent first administrators, on all replicas, one is created', async () => {
    const db = await open()
    // A second SQLite connection in this process would block the event loop that the first needs to finish.
    const stores = [people(db), people(kind === 'postgres' ? await again() : db)]
    const tries = Array.from({ length: 10 }, (_, i) => stores[i % 2]?.createFirstAdministrator(row(`p${i}`)))
    const ends = await Promise.all(tries)
    expect(ends.filter((end) => end === 'created')).toHaveLength(1)
    expect(ends.filter((end) => end === 'too_late')).toHaveLength(9)
    expect(await db.selectFrom('people').select('id').execute()).toHaveLength(1)
    expect(await db.selectFrom('grants').select(['app_id', 'role']).execute()).toEqual([{ app_id: '*', role: 'admin' }])
  })

  test('a first administrator whose address is taken is refused, and another is still accepted', async () => {
    const store = people(await open())
    await store.create({ person: row('pm'), grants: [] })
    expect(await store.createFirstAdministrator(row('boss', 'pm@example.com'))).toBe('email_taken')
    expect(await store.createFirstAdministrator(row('boss'))).toBe('created')
  })
})
