import { describe, expect, test } from 'vitest'
import { Secret } from '@/lib/access/keys/secret'
import { emailOf, grantsOfClaims, isEmailVerified, nameOf } from './claims'
import type { OidcSettings } from './settings'

const settings = (roleClaims: string[], roleMap: OidcSettings['roleMap']): OidcSettings => ({
  issuer: 'https://id.example.com',
  clientId: 'pushlens',
  clientSecret: new Secret('x'),
  roleClaims,
  roleMap,
  emailClaim: 'email',
  name: null,
  scopes: 'openid',
  linkByEmail: false,
})
const STAFF = { value: 'staff', role: 'viewer', app: '*' } as const
const OPS = { value: 'ops', role: 'admin', app: '*' } as const
const SHOP = { value: 'staff', role: 'editor', app: '1400000000' } as const

describe('the roles of claims', () => {
  test.each([
    [{ groups: ['staff', 'ops'] }, [{ app: '*', role: 'admin' }]],
    [{ groups: 'staff' }, [{ app: '*', role: 'viewer' }]],
    [{ groups: ['Staff', ' staff', 'staf'] }, []],
    [{ groups: [7, null, { staff: true }, ['staff']] }, []],
    [{ groups: null }, []],
    [{ other: ['ops'] }, []],
    [{}, []],
  ])('of %j are those of the first matching entry', (claims, grants) => {
    expect(grantsOfClaims(settings(['groups'], [OPS, STAFF]), claims)).toEqual(grants)
  })

  test('are one for each app', () => {
    expect(grantsOfClaims(settings(['groups'], [SHOP, STAFF]), { groups: ['staff'] })).toEqual([
      { app: '1400000000', role: 'editor' },
      { app: '*', role: 'viewer' },
    ])
  })

  test('are found inside other claims, and under names that contain dots', () => {
    const nested = settings(['realm_access.roles'], [OPS])
    expect(grantsOfClaims(nested, { realm_access: { roles: ['ops'] } })).toHaveLength(1)
    expect(grantsOfClaims(nested, { realm_access: 'ops' })).toEqual([])
    const url = settings(['https://example.com/roles'], [OPS])
    expect(grantsOfClaims(url, { 'https://example.com/roles': ['ops'] })).toHaveLength(1)
    expect(grantsOfClaims(settings(['constructor.name', '__proto__.x'], [OPS]), {})).toEqual([])
  })

  test('come from several claims', () => {
    const google = settings(
      ['hd', 'email'],
      [
        { ...OPS, value: 'ana@example.com' },
        { ...STAFF, value: 'example.com' },
      ],
    )
    const ana = { hd: 'example.com', email: 'Ana@example.com', email_verified: true }
    expect(grantsOfClaims(google, ana)).toEqual([{ app: '*', role: 'admin' }])
    expect(grantsOfClaims(google, { ...ana, email: 'ben@example.com' })).toEqual([{ app: '*', role: 'viewer' }])
    expect(grantsOfClaims(google, { ...ana, email_verified: false })).toEqual([{ app: '*', role: 'viewer' }])
  })
})

test('an e-mail address is verified only if the provider says so', () => {
  const all = [true, 'true', false, 'false', undefined, 1, 'yes', {}]
  expect(all.filter((email_verified) => isEmailVerified({ email_verified }))).toEqual([true, 'true'])
})

test('an e-mail address is stored like those of people', () => {
  const standard = { emailClaim: 'email' }
  expect([' Ana@Example.COM', 'ana', 7, undefined].map((email) => emailOf(standard, { email }))).toEqual([
    'ana@example.com',
    null,
    null,
    null,
  ])
})

test('an e-mail address can be in another claim', () => {
  const claims = { email: 'private@example.com', enterprise_email: 'ana@example.com' }
  expect(emailOf({ emailClaim: 'enterprise_email' }, claims)).toBe('ana@example.com')
  expect(emailOf({ emailClaim: 'constructor' }, claims)).toBeNull()
})

test('a new person is called by name, else by the name of the account, else by the address', () => {
  const email = 'ana@example.com'
  expect(nameOf({ name: ' Ana Lee ', preferred_username: 'al' }, email)).toBe('Ana Lee')
  expect(nameOf({ name: ' ', preferred_username: 'al' }, email)).toBe('al')
  expect(nameOf({ name: ['x'] }, email)).toBe('ana')
  expect(nameOf({ name: 'x'.repeat(200) }, email)).toHaveLength(80)
})
