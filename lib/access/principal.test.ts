import { expect, test } from 'vitest'
import type { Role } from '@/lib/contract/roles'
import { describeStores } from '@/lib/store/testing/database'
import { type Grant, type Principal, principalOf, roleOn } from './principal'
import { startSession } from './sessions'
import { accessEnv, codeOf } from './testing/access-env'
import { createToken } from './tokens'

const VISIT = { address: '192.0.2.7', agent: 'Browser' }

describeStores('the principal', ({ open }) => {
  test('of a session is the person with their current roles', async () => {
    const { deps, db, add } = accessEnv(await open())
    const session = (await startSession(deps, await add('support'), VISIT)).reveal()
    const found = await principalOf(deps, { session, authorization: null })
    expect(found).toEqual({
      kind: 'person',
      id: 'id-support',
      name: 'support',
      email: 'support@example.com',
      grants: [{ app: 'shop', role: 'support' }],
      sessionIdHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    await db.updateTable('grants').set({ role: 'viewer' }).execute()
    expect(await principalOf(deps, { session, authorization: null })).toMatchObject({
      grants: [{ app: 'shop', role: 'viewer' }],
    })
    await db.deleteFrom('grants').execute()
    expect(await principalOf(deps, { session, authorization: null })).toMatchObject({ grants: [] })
  })

  test('of a bearer token is the token, even if there is a cookie', async () => {
    const { deps, add } = accessEnv(await open())
    const session = (await startSession(deps, await add('admin'), VISIT)).reveal()
    const given = {
      name: 'backend',
      role: 'editor',
      apps: ['shop'],
      expiresAt: null,
      by: { actor: 'id-admin', address: null },
    } as const
    const { row, text } = await createToken(deps, given)
    const expected = { kind: 'token', id: row.id, name: 'backend', role: 'editor', apps: ['shop'] }
    for (const authorization of [`Bearer ${text.reveal()}`, `bearer  ${text.reveal()}`]) {
      expect(await principalOf(deps, { session, authorization })).toEqual(expected)
    }
  })

  test('of an invalid cookie is anonymous', async () => {
    const { deps } = accessEnv(await open())
    for (const session of [null, '', 'junk', 'x'.repeat(43), 'x'.repeat(100_000)]) {
      expect(await principalOf(deps, { session, authorization: null })).toEqual({ kind: 'anonymous' })
    }
  })

  test("of an invalid Authorization header is an error, never the cookie's person", async () => {
    const { deps, add } = accessEnv(await open())
    const session = (await startSession(deps, await add('admin'), VISIT)).reveal()
    const junk = `plk_${'x'.repeat(43)}`
    const long = `Bearer ${'x'.repeat(100_000)}`
    const bad = ['', 'Bearer', 'Bearer ', `Bearer ${junk}`, 'Basic cG06cGFzcw==', `Token ${junk}`, junk, long]
    for (const authorization of bad) {
      expect(await codeOf(principalOf(deps, { session, authorization }))).toBe('not_signed_in')
    }
  })

  test('with an unknown role has none', async () => {
    const { deps, db, add } = accessEnv(await open())
    const session = (await startSession(deps, await add('admin'), VISIT)).reveal()
    const given = {
      name: 'b',
      role: 'admin',
      apps: ['*'],
      expiresAt: null,
      by: { actor: 'id-admin', address: null },
    } as const
    const { text } = await createToken(deps, given)
    await db.updateTable('grants').set({ role: 'Admin' }).execute()
    await db.updateTable('tokens').set({ role: 'root' }).execute()
    expect(await principalOf(deps, { session, authorization: null })).toMatchObject({ grants: [] })
    const authorization = `Bearer ${text.reveal()}`
    expect(await codeOf(principalOf(deps, { session: null, authorization }))).toBe('not_signed_in')
  })
})

test.each<[string, Grant[], Role | null]>([
  ['none', [], null],
  ['one elsewhere', [{ app: 'game', role: 'admin' }], null],
  ['one here', [{ app: 'shop', role: 'support' }], 'support'],
  ['one everywhere', [{ app: '*', role: 'viewer' }], 'viewer'],
  [
    'a wider one here',
    [
      { app: '*', role: 'viewer' },
      { app: 'shop', role: 'support' },
    ],
    'support',
  ],
  [
    'a wider one everywhere',
    [
      { app: 'shop', role: 'viewer' },
      { app: '*', role: 'admin' },
    ],
    'admin',
  ],
  [
    'two as wide: the one here',
    [
      { app: '*', role: 'editor' },
      { app: 'shop', role: 'support' },
    ],
    'support',
  ],
  ['a star in the name of an app', [{ app: 's*', role: 'admin' }], null],
])('the role of a person with %s', (_, grants, role) => {
  const person: Principal = { kind: 'person', id: 'p', name: 'p', email: 'p@example.com', grants, sessionIdHash: 'h' }
  expect(roleOn(person, 'shop')).toBe(role)
})
