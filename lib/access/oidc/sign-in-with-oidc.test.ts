import { expect, test } from 'vitest'
import { Secret } from '@/lib/access/keys/secret'
import { principalOf } from '@/lib/access/principal'
import { startSession } from '@/lib/access/sessions'
import { type AccessEnv, accessEnv, codeOf } from '@/lib/access/testing/access-env'
import { describeStores } from '@/lib/store/testing/database'
import type { Claims } from './claims'
import type { OidcSettings } from './settings'
import { signInWithOidc } from './sign-in-with-oidc'

const SETTINGS: OidcSettings = {
  issuer: 'https://id.example.com',
  clientId: 'pushlens',
  clientSecret: new Secret('x'),
  roleClaims: ['groups'],
  roleMap: [
    { value: 'ops', role: 'admin', app: '*' },
    { value: 'staff', role: 'viewer', app: '*' },
  ],
  emailClaim: 'email',
  name: null,
  scopes: 'openid',
  linkByEmail: false,
}
const NETWORK = '203.0.113.0/24'
const claims = (over: Claims = {}): Claims => ({
  sub: 's1',
  email: 'new@example.com',
  email_verified: true,
  groups: ['staff'],
  ...over,
})

const problemOf = async (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof Error && 'problem' in error ? error.problem : String(error)),
  )
const signIn = ({ deps }: AccessEnv, settings: OidcSettings, given: Claims) =>
  signInWithOidc({ ...deps, network: NETWORK }, settings, given)
const grantsOf = async ({ deps }: AccessEnv, id: string) => (await deps.people.grantsOf(id)).map(({ role }) => role)

describeStores('single sign-on', ({ open }) => {
  test('knows a person by the subject, although name and address change', async () => {
    const env = accessEnv(await open())
    const id = await signIn(env, SETTINGS, claims())
    const again = claims({ email: 'other@example.com', name: 'Other' })
    expect(await signIn(env, SETTINGS, again)).toBe(id)
    expect(await env.deps.people.byEmail('new@example.com')).toMatchObject({ id, password_hash: null })
    expect(await signIn(env, SETTINGS, claims({ sub: 's2', email: 'b@example.com' }))).not.toBe(id)
  })

  test('a person who was disabled stays out, by account and by address', async () => {
    const env = accessEnv(await open())
    const id = await signIn(env, SETTINGS, claims())
    await env.add('pm')
    await env.db.updateTable('people').set({ disabled_at: 1 }).execute()
    expect(await problemOf(signIn(env, SETTINGS, claims()))).toBe('disabled')
    const byAddress = claims({ sub: 's9', email: 'pm@example.com' })
    const linking = { ...SETTINGS, linkByEmail: true }
    expect(await problemOf(signIn(env, linking, byAddress))).toBe('disabled')
    expect(await grantsOf(env, id)).toEqual(['viewer'])
  })

  test('a second account never joins a person who has one', async () => {
    const env = accessEnv(await open())
    await signIn(env, SETTINGS, claims({ email_verified: false }))
    const linking = { ...SETTINGS, linkByEmail: true }
    expect(await problemOf(signIn(env, linking, claims({ sub: 's2' })))).toBe('not_linked')
  })

  test('an address from another claim never links accounts', async () => {
    const env = accessEnv(await open())
    await env.add('pm')
    const settings = { ...SETTINGS, linkByEmail: true, emailClaim: 'enterprise_email' }
    const given = claims({ enterprise_email: 'pm@example.com' })
    expect(await problemOf(signIn(env, settings, given))).toBe('not_linked')
    expect(await signIn(env, { ...settings, emailClaim: 'email' }, claims({ email: 'pm@example.com' }))).toBe('id-pm')
  })

  test('needs an e-mail address for a new person, and a role before anything is written', async () => {
    const env = accessEnv(await open())
    expect(await problemOf(signIn(env, SETTINGS, claims({ email: undefined })))).toBe('no_email')
    expect(await problemOf(signIn(env, SETTINGS, claims({ groups: [] })))).toBe('no_role')
    expect(await codeOf(signIn(env, SETTINGS, claims({ groups: [] })))).toBe('forbidden')
    expect(await env.db.selectFrom('people').select('id').execute()).toEqual([])
  })

  test('two first requests of one person make one person', async () => {
    const env = accessEnv(await open())
    const ids = await Promise.all([1, 2, 3].map(() => signIn(env, SETTINGS, claims())))
    expect(new Set(ids).size).toBe(1)
  })

  test('a changed role ends all sessions; the same role ends none', async () => {
    const env = accessEnv(await open())
    const id = await signIn(env, SETTINGS, claims())
    const session = await startSession(env.deps, id, { address: '192.0.2.7', agent: 'Browser' })
    const kind = async () => (await principalOf(env.deps, { session: session.reveal(), authorization: null })).kind
    await signIn(env, SETTINGS, claims())
    expect(await kind()).toBe('person')
    await signIn(env, SETTINGS, claims({ groups: ['ops'] }))
    expect(await kind()).toBe('anonymous')
    expect(await grantsOf(env, id)).toEqual(['admin'])
  })

  test('the order of roles is no change', async () => {
    const env = accessEnv(await open())
    const apps = ['15', '14'].map((app) => ({ value: 'staff', role: 'editor' as const, app }))
    const settings = { ...SETTINGS, roleMap: apps }
    const id = await signIn(env, settings, claims())
    const session = await startSession(env.deps, id, { address: '192.0.2.7', agent: 'Browser' })
    await signIn(env, { ...settings, roleMap: [...apps].reverse() }, claims())
    const found = await principalOf(env.deps, { session: session.reveal(), authorization: null })
    expect(found.kind).toBe('person')
  })

  test('the last administrator keeps the role, and the audit says so', async () => {
    const env = accessEnv(await open())
    const id = await signIn(env, SETTINGS, claims({ groups: ['ops'] }))
    await signIn(env, SETTINGS, claims())
    expect(await grantsOf(env, id)).toEqual(['admin'])
    const { items } = await env.audit.list({ limit: 2 })
    expect(items[1]).toMatchObject({ action: 'person.role', detail: { id, roles: '*:viewer', kept: true } })
  })

  test('the audit has the network, but no e-mail address and no name', async () => {
    const env = accessEnv(await open())
    await signIn(env, SETTINGS, claims({ name: 'Canary' }))
    await problemOf(signIn(env, SETTINGS, claims({ sub: 's2' })))
    const { items } = await env.audit.list({ limit: 9 })
    expect(JSON.stringify(items)).not.toMatch(/example\.com|Canary|s1/)
    expect(items.map(({ action, address }) => [action, address])).toEqual(
      ['sign_in.failed', 'sign_in', 'person.add'].map((action) => [action, NETWORK]),
    )
  })
})
