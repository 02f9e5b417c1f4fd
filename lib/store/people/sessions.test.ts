import { expect, test } from 'vitest'
import type { Db } from '@/lib/store/engine/open'
import { describeStores } from '@/lib/store/testing/database'
import { type PersonRow, people } from './people'
import { type SessionRow, sessions } from './sessions'

const session = (id_hash: string, over: Partial<SessionRow> = {}): SessionRow => ({
  id_hash,
  person_id: 'pm',
  created_at: 100,
  seen_at: 100,
  expires_at: 700,
  revoked_at: null,
  address: '192.0.2.7',
  agent: 'Browser',
  second_factor_due: 0,
  ...over,
})

async function withPeople(db: Db) {
  const person: PersonRow = {
    id: 'pm',
    email: 'pm@example.com',
    name: 'Pim',
    password_hash: null,
    totp_sealed: null,
    disabled_at: null,
    created_at: 1,
  }
  await people(db).create({ person, grants: [] })
  await people(db).create({ person: { ...person, id: 'support', email: 's@example.com' }, grants: [] })
  return sessions(db)
}

describeStores('sessions', ({ open }) => {
  test('a session is found with its person, even if it has ended', async () => {
    const store = await withPeople(await open())
    await store.create(session('a', { revoked_at: 150 }))
    const person = { email: 'pm@example.com', name: 'Pim', disabled_at: null }
    expect(await store.find('a')).toEqual({ ...session('a', { revoked_at: 150 }), ...person })
    expect(await store.find('b')).toBeNull()
  })

  test('a session ends once, and the first end time stays', async () => {
    const store = await withPeople(await open())
    await store.create(session('a'))
    expect(await store.revoke('a', 200)).toBe(true)
    expect(await store.revoke('a', 300)).toBe(false)
    expect(await store.revoke('unknown', 300)).toBe(false)
    expect((await store.find('a'))?.revoked_at).toBe(200)
  })

  test("all sessions of one person end, and nobody else's", async () => {
    const store = await withPeople(await open())
    await store.create(session('a'))
    await store.create(session('b'))
    await store.create(session('c', { revoked_at: 120 }))
    await store.create(session('d', { person_id: 'support' }))
    expect(await store.revokeAllOf('pm', 200)).toBe(2)
    expect((await store.listOf('pm')).map((row) => row.revoked_at).sort()).toEqual([120, 200, 200])
    expect((await store.listOf('support'))[0]?.revoked_at).toBeNull()
  })

  test('one session is spared when the others end', async () => {
    const store = await withPeople(await open())
    for (const id of ['a', 'b', 'c']) await store.create(session(id))
    expect(await store.revokeAllOf('pm', 200, 'b')).toBe(2)
    expect((await store.find('b'))?.revoked_at).toBeNull()
  })

  test('a session ends only in the name of its person', async () => {
    const store = await withPeople(await open())
    await store.create(session('a'))
    expect(await store.revokeOf('support', 'a', 200)).toBe(false)
    expect((await store.find('a'))?.revoked_at).toBeNull()
    expect(await store.revokeOf('pm', 'a', 200)).toBe(true)
    expect(await store.revokeOf('pm', 'a', 300)).toBe(false)
    expect((await store.find('a'))?.revoked_at).toBe(200)
  })

  test('sessions are listed newest first, per person', async () => {
    const store = await withPeople(await open())
    await store.create(session('old', { created_at: 100 }))
    await store.create(session('new', { created_at: 300 }))
    await store.create(session('other', { person_id: 'support', created_at: 400 }))
    expect((await store.listOf('pm')).map((row) => row.id_hash)).toEqual(['new', 'old'])
  })

  test('touching a session writes its time; only expired sessions are deleted', async () => {
    const store = await withPeople(await open())
    await store.create(session('a'))
    await store.create(session('b', { expires_at: 400 }))
    await store.touch('a', 160)
    await store.removeExpired(500)
    expect(await store.listOf('pm')).toEqual([session('a', { seen_at: 160 })])
  })

  test('removing a person removes their sessions', async () => {
    const db = await open()
    const store = await withPeople(db)
    await store.create(session('a'))
    await db.deleteFrom('people').where('id', '=', 'pm').execute()
    expect(await db.selectFrom('sessions').selectAll().execute()).toEqual([])
  })
})
