import { inspect } from 'node:util'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { ABILITIES, type Ability, ROLES, type Role } from '@/lib/contract/roles'
import { appRow } from '@/lib/store/testing/rows'
import { authorize, authorizeAdmin, type Scoped, visibleApps } from './authorize'
import type { Principal } from './principal'
import { CAST, codeOf, type Member } from './testing/access-env'

const SHOP = appRow('shop')
const GAME = appRow('game')
const QUERY = { from: 1, to: 2 }
const ANONYMOUS: Principal = { kind: 'anonymous' }

/** Written by hand, so that the test does not compare the product's table with itself. */
const MAY: Record<Role, Record<Ability, boolean>> = {
  viewer: { read: true, tasks: false, trace: false, admin: false },
  editor: { read: true, tasks: true, trace: false, admin: false },
  support: { read: true, tasks: false, trace: true, admin: false },
  admin: { read: true, tasks: true, trace: true, admin: true },
}

const person = (app: string, role: Role): Principal => {
  const who = { id: 'p', name: 'p', email: 'p@example.com', sessionIdHash: 'h' }
  return { kind: 'person', ...who, grants: [{ app, role }] }
}
const token = (app: string, role: Role): Principal => ({ kind: 'token', id: 't', name: 't', role, apps: [app] })
const member = (name: Member): Principal => {
  const grants = CAST[name].map(({ app_id: app, role }) => ({ app, role }))
  return { kind: 'person', id: name, name, email: `${name}@example.com`, sessionIdHash: 'h', grants }
}

const everyCase = ROLES.flatMap((role) =>
  ABILITIES.flatMap((ability) => [person, token].map((kind) => ({ role, ability, kind }))),
)

describe('authorize', () => {
  test.each(everyCase)('$role may or may not $ability on an own app ($kind.name)', async ({ role, ability, kind }) => {
    for (const scope of ['shop', '*']) {
      const code = await codeOf(() => authorize(kind(scope, role), ability, SHOP, QUERY))
      expect(code).toBe(MAY[role][ability] ? null : 'forbidden')
    }
  })

  test.each(everyCase)(
    '$role gets not_found for $ability on a foreign app ($kind.name)',
    async ({ role, ability, kind }) => {
      expect(await codeOf(() => authorize(kind('shop', role), ability, GAME, QUERY))).toBe('not_found')
    },
  )

  test.each(everyCase)(
    '$role gets not_found for $ability on an unknown app ($kind.name)',
    async ({ role, ability, kind }) => {
      for (const scope of ['shop', '*']) {
        expect(await codeOf(() => authorize(kind(scope, role), ability, null, QUERY))).toBe('not_found')
      }
    },
  )

  test.each(ABILITIES)(
    'an anonymous principal gets not_signed_in for %s, whether the app exists or not',
    async (ability) => {
      for (const app of [SHOP, null]) {
        expect(await codeOf(() => authorize(ANONYMOUS, ability, app, QUERY))).toBe('not_signed_in')
      }
    },
  )

  test('foreign and unknown apps give the same message', () => {
    const words = [GAME, null].map((app) => {
      try {
        return authorize(member('pm'), 'read', app, QUERY)
      } catch (error) {
        return { ...(error as object), message: String(error) }
      }
    })
    expect(words[0]).toEqual(words[1])
    expect(inspect(words)).not.toContain('game')
  })

  test('a person without any grant sees no app', async () => {
    const bare: Principal = { kind: 'person', id: 'p', name: 'p', email: 'p@x.y', grants: [], sessionIdHash: 'h' }
    expect(await codeOf(() => authorize(bare, 'read', SHOP, QUERY))).toBe('not_found')
    expect(visibleApps(bare, [SHOP, GAME])).toEqual([])
  })

  test('returns the query, frozen', () => {
    const scoped = authorize(member('support'), 'trace', SHOP, QUERY)
    expect(scoped).toMatchObject({ app: SHOP, principal: { id: 'support' }, role: 'support', query: QUERY })
    expect(Object.isFrozen(scoped)).toBe(true)
    expect(() => Object.assign(scoped, { app: GAME })).toThrow(TypeError)
  })

  test('nothing else creates its result: an object with the same fields is not the type', () => {
    const forged = { app: SHOP, principal: member('pm'), role: 'admin' as const, query: QUERY }
    expectTypeOf(forged).not.toExtend<Scoped<typeof QUERY>>()
    expectTypeOf(authorize(member('pm'), 'read', SHOP, QUERY)).toExtend<Scoped<typeof QUERY>>()
  })
})

describe('authorizeAdmin', () => {
  test('accepts an administrator of all apps, person or token, and returns the query frozen', () => {
    for (const principal of [member('admin'), token('*', 'admin')]) {
      const administered = authorizeAdmin(principal, QUERY)
      expect(administered).toMatchObject({ principal, query: QUERY })
      expect(Object.isFrozen(administered)).toBe(true)
    }
  })

  test('refuses everyone else, including administrators of one app', async () => {
    const others = ROLES.flatMap((role) => [person('shop', role), token('shop', role)])
    const lower = ROLES.filter((role) => role !== 'admin').flatMap((role) => [person('*', role), token('*', role)])
    for (const principal of [...others, ...lower, member('pm'), member('support'), member('outsider')]) {
      expect(await codeOf(() => authorizeAdmin(principal, QUERY))).toBe('forbidden')
    }
    expect(await codeOf(() => authorizeAdmin(ANONYMOUS, QUERY))).toBe('not_signed_in')
  })
})

describe('visibleApps', () => {
  test.each<[Member, { id: string; role: Role }[]]>([
    [
      'admin',
      [
        { id: 'shop', role: 'admin' },
        { id: 'game', role: 'admin' },
      ],
    ],
    ['pm', [{ id: 'shop', role: 'viewer' }]],
    ['support', [{ id: 'shop', role: 'support' }]],
    ['outsider', [{ id: 'game', role: 'admin' }]],
  ])('%s sees their own apps', (name, expected) => {
    const seen = visibleApps(member(name), [SHOP, GAME])
    expect(seen.map(({ app, role }) => ({ id: app.id, role }))).toEqual(expected)
  })

  test('an anonymous principal is refused and gets no empty list', async () => {
    expect(await codeOf(() => visibleApps(ANONYMOUS, [SHOP]))).toBe('not_signed_in')
  })
})
