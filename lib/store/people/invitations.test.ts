import { expect, test } from 'vitest'
import { describeStores } from '@/lib/store/testing/database'
import { type InvitationRow, invitations } from './invitations'
import { people } from './people'

const row = (id: string, over: Partial<InvitationRow> = {}): InvitationRow => ({
  id,
  token_hash: `hash-${id}`,
  person_id: null,
  email: `${id}@example.com`,
  grants: '[]',
  created_by: 'person:ada',
  created_at: 100,
  expires_at: 200,
  ...over,
})
const kim = (id = 'kim') => ({
  person: { id, email: 'kim@example.com', name: 'Kim', created_at: 1 },
  grants: [{ app_id: 'shop', role: 'viewer' }],
})

describeStores('invitations', ({ kind, open, again }) => {
  test('a link is found by its hash until it expires', async () => {
    const store = invitations(await open())
    await store.save(row('kim'))
    expect(await store.usable('hash-kim', 199)).toEqual(row('kim'))
    expect(await store.usable('hash-kim', 200)).toBeNull()
    expect(await store.usable('hash-other', 150)).toBeNull()
    expect(await store.list(199)).toEqual([row('kim')])
    expect(await store.list(200)).toEqual([])
  })

  test('a new link for an address replaces the earlier one', async () => {
    const store = invitations(await open())
    await store.save(row('kim'))
    await store.save(row('new', { email: 'kim@example.com', expires_at: 300 }))
    expect(await store.usable('hash-kim', 150)).toBeNull()
    expect((await store.list(150)).map(({ id }) => id)).toEqual(['new'])
  })

  test('joining uses the link up, and adds the person with the roles', async () => {
    const db = await open()
    const store = invitations(db)
    await store.save(row('kim'))
    expect(await store.join('hash-kim', kim(), 150)).toBe('done')
    expect(await store.join('hash-kim', kim('again'), 150)).toBe('unusable')
    expect((await people(db).list()).map(({ id, grants }) => [id, grants])).toEqual([
      ['kim', [{ app_id: 'shop', role: 'viewer' }]],
    ])
    expect(await store.list(150)).toEqual([])
  })

  test('of many people with one link, at all servers, one joins', async () => {
    const db = await open()
    await invitations(db).save(row('kim'))
    // A second SQLite connection in this process would block the event loop that the first needs to finish.
    const stores = [invitations(db), invitations(kind === 'postgres' ? await again() : db)]
    const given = (i: number) => ({ ...kim(`p${i}`), person: { ...kim(`p${i}`).person, email: `p${i}@example.com` } })
    const ends = await Promise.all(Array.from({ length: 8 }, (_, i) => stores[i % 2]?.join('hash-kim', given(i), 150)))
    expect(ends.filter((end) => end === 'done')).toHaveLength(1)
    expect(await people(db).list()).toHaveLength(1)
  })

  test('an expired link adds nobody, and a revoked one is gone', async () => {
    const db = await open()
    const store = invitations(db)
    await store.save(row('kim'))
    expect(await store.join('hash-kim', kim(), 200)).toBe('unusable')
    expect(await store.revoke('kim')).toEqual(row('kim'))
    expect(await store.revoke('kim')).toBeNull()
    expect(await store.join('hash-kim', kim(), 150)).toBe('unusable')
    expect(await people(db).list()).toEqual([])
  })

  test('a link to set a password adds nobody, and sets it once', async () => {
    const db = await open()
    const store = invitations(db)
    await people(db).create(kim())
    await store.save(row('reset', { person_id: 'kim', email: 'kim@example.com' }))
    expect(await store.resetPassword('hash-reset', 'new', 200)).toBe(false)
    expect(await store.resetPassword('hash-reset', 'new', 150)).toBe(true)
    expect(await store.resetPassword('hash-reset', 'newer', 150)).toBe(false)
    expect((await people(db).byId('kim'))?.password_hash).toBe('new')
  })

  test('removing expired links keeps the others', async () => {
    const store = invitations(await open())
    await store.save(row('old', { expires_at: 120 }))
    await store.save(row('kim'))
    await store.removeExpired(150)
    expect((await store.list(0)).map(({ id }) => id)).toEqual(['kim'])
  })
})
