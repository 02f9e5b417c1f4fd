import { expect, test } from 'vitest'
import { authorize, authorizePerson, COMMAND_LINE } from '@/lib/access/authorize'
import { type Principal, principalOf } from '@/lib/access/principal'
import { changePassword } from '@/lib/access/profile/profile'
import { startSession } from '@/lib/access/sessions'
import { accessEnv, codeOf } from '@/lib/access/testing/access-env'
import { apps } from '@/lib/store/people/apps'
import { describeStores } from '@/lib/store/testing/database'
import { changePerson, endSessionsOf, removePerson } from './change-person'

const OLD = 'violet anchor tundra'
const SHOP = {
  id: 'shop',
  sdkAppId: 14,
  name: 'Shop',
  region: 'china',
  baseUrl: null,
  adminId: 'a',
  utcOffsetMin: 480,
  origin: 'interface',
  demo: false,
  key: { dataKey: '', sealed: '', fingerprint: '' },
  createdAt: 1,
} as const

/** Each change is made over another connection, as the command line and other replicas do. */
describeStores('the next request after a change elsewhere', ({ open, again }) => {
  async function twoServers() {
    const here = accessEnv(await open())
    const there = accessEnv(await again())
    await apps(here.db).upsert(SHOP)
    for (const member of ['admin', 'pm'] as const) await here.add(member, OLD)
    let session = (await startSession(here.deps, 'id-pm', { address: '', agent: '' })).reveal()
    const ask = () => principalOf(here.deps, { session, authorization: null })
    const mayRead = (principal: Principal) =>
      codeOf(async () => authorize(principal, 'read', await apps(here.db).get('shop'), null))
    expect(await mayRead(await ask())).toBeNull()
    const signInAgain = async () => {
      session = (await startSession(here.deps, 'id-pm', { address: '', agent: '' })).reveal()
      return ask()
    }
    return { deps: there.deps, here, ask, mayRead, signInAgain }
  }

  test('a disabled person is anonymous, also with a new session, until they are enabled', async () => {
    const { deps, ask, signInAgain, mayRead } = await twoServers()
    await changePerson(deps, COMMAND_LINE, { person: 'id-pm', disabled: true })
    expect(await ask()).toEqual({ kind: 'anonymous' })
    expect(await signInAgain()).toEqual({ kind: 'anonymous' })
    await changePerson(deps, COMMAND_LINE, { person: 'id-pm', disabled: false })
    expect(await ask()).toEqual({ kind: 'anonymous' })
    expect(await mayRead(await signInAgain())).toBeNull()
  })

  test('a changed role ends the session, and the next one has the new role', async () => {
    const { deps, ask, signInAgain, mayRead } = await twoServers()
    await changePerson(deps, COMMAND_LINE, { person: 'id-pm', grants: [{ app: '*', role: 'support' }] })
    expect(await ask()).toEqual({ kind: 'anonymous' })
    expect(await signInAgain()).toMatchObject({ grants: [{ app: '*', role: 'support' }] })
    await changePerson(deps, COMMAND_LINE, { person: 'id-pm', grants: [] })
    expect(await mayRead(await signInAgain())).toBe('not_found')
  })

  test('ended sessions and a removed person are anonymous', async () => {
    const { deps, ask, signInAgain } = await twoServers()
    await endSessionsOf(deps, COMMAND_LINE, 'id-pm')
    expect(await ask()).toEqual({ kind: 'anonymous' })
    expect(await signInAgain()).toMatchObject({ kind: 'person' })
    await removePerson(deps, COMMAND_LINE, { person: 'id-pm', confirm: 'pm@example.com', revokeTokens: false })
    expect(await ask()).toEqual({ kind: 'anonymous' })
  })

  test("a changed password ends the person's sessions at the other server", async () => {
    const { deps, ask, signInAgain } = await twoServers()
    const own = await ask()
    await signInAgain()
    const given = { current: OLD, password: 'quiet marble harbour' }
    await changePassword(deps, authorizePerson(own, given))
    expect(await ask()).toEqual({ kind: 'anonymous' })
  })

  test('of two administrators who disable each other at two servers, one stays', async () => {
    const { deps, here } = await twoServers()
    const bea = { id: 'bea', email: 'bea@example.com', name: 'Bea', created_at: 1 }
    await here.deps.people.create({ person: bea, grants: [{ app_id: '*', role: 'admin' }] })
    const ends = await Promise.all([
      codeOf(changePerson(here.deps, COMMAND_LINE, { person: 'bea', disabled: true })),
      codeOf(changePerson(deps, COMMAND_LINE, { person: 'id-admin', disabled: true })),
    ])
    expect(ends.sort()).toEqual(['last_administrator', null])
  })
})
