import { expect, test } from 'vitest'
import { type Administrator, authorizeAdmin } from '@/lib/access/authorize'
import { principalOf } from '@/lib/access/principal'
import { startSession } from '@/lib/access/sessions'
import { confirmSecondFactor, startSecondFactor } from '@/lib/access/sign-in/change-second-factor'
import { signIn } from '@/lib/access/sign-in/sign-in'
import { type AccessEnv, accessEnv, codeOf } from '@/lib/access/testing/access-env'
import { codeAt } from '@/lib/access/testing/authenticator'
import { createToken, findToken } from '@/lib/access/tokens'
import { type AcceptBody, changePersonQuery } from '@/lib/contract/access/people'
import { apps } from '@/lib/store/people/apps'
import { describeStores } from '@/lib/store/testing/database'
import { newApp } from '@/lib/store/testing/rows'
import { newShare } from '@/lib/store/testing/shares'
import { acceptInvitation, openInvitation } from './accept'
import { changePerson, endSessionsOf, removePerson, resetSecondFactorOf } from './change-person'
import { invitePerson, inviteToReset, listInvitations, revokeInvitation } from './invite'
import { listPeople } from './list-people'
import { listSessionsOf } from './sessions-reply'

const [OLD, NEW] = ['violet anchor tundra', 'quiet marble harbour']
const VISIT = { address: '192.0.2.7', agent: 'Browser 1' }
const DAY = 86_400
const NETWORK = '192.0.2.0/24'
const KIM = { email: ' Kim@Example.com', grants: [{ app: '*', role: 'viewer' as const }], days: 7 }

const accept = (deps: AccessEnv['deps'], given: AcceptBody) => acceptInvitation(deps, { ...given, network: NETWORK })

describeStores('administering people', ({ open }) => {
  async function env() {
    const made = accessEnv(await open())
    await made.add('admin', OLD)
    const session = (await startSession(made.deps, 'id-admin', VISIT)).reveal()
    const principal = await principalOf(made.deps, { session, authorization: null })
    const ada: Administrator = authorizeAdmin(principal, null)
    const actions = async () => (await made.audit.list({ limit: 50 })).items.map(({ action }) => action)
    return { ...made, ada, actions }
  }
  const attempt = (email: string, password: string) => ({ email, password, address: '192.0.2.7', device: null })

  test('an invited person joins with the invited address and roles, and can sign in', async () => {
    const { deps, ada } = await env()
    const { invitation, secret } = await invitePerson(deps, ada, KIM)
    expect(invitation).toMatchObject({ kind: 'join', email: 'kim@example.com', grants: KIM.grants })
    expect(await openInvitation(deps, secret.reveal())).toMatchObject({ kind: 'join', email: 'kim@example.com' })
    const given = { secret: secret.reveal(), name: ' Kim Min-ji ', password: NEW }
    expect(await accept(deps, given)).toEqual({ email: 'kim@example.com' })
    const { items } = await listPeople(deps, ada)
    expect(items.find(({ email }) => email === 'kim@example.com')).toMatchObject({
      name: 'Kim Min-ji',
      grants: KIM.grants,
      disabledAt: null,
      lastSeenAt: null,
      sessions: 0,
    })
    expect(await codeOf(signIn(deps, attempt('kim@example.com', NEW)))).toBeNull()
  })

  test('a link works once, until it expires or is revoked; afterwards all answers are the same', async () => {
    const { deps, ada, advance } = await env()
    const used = (await invitePerson(deps, ada, KIM)).secret.reveal()
    await accept(deps, { secret: used, name: 'Kim', password: NEW })
    const lee = { ...KIM, email: 'lee@example.com' }
    const { invitation, secret: revoked } = await invitePerson(deps, ada, lee)
    await revokeInvitation(deps, ada, invitation.id)
    const expired = (await invitePerson(deps, ada, { ...lee, days: 1 })).secret.reveal()
    advance(DAY - 1)
    expect(await codeOf(openInvitation(deps, expired))).toBeNull()
    advance(1)
    const answers = await Promise.all(
      [used, revoked.reveal(), expired, 'x'.repeat(43), '', 'not one of ours'].flatMap((secret) => [
        openInvitation(deps, secret).catch(String),
        accept(deps, { secret, name: 'Lee', password: NEW }).catch(String),
      ]),
    )
    expect(new Set(answers).size).toBe(1)
    expect(await codeOf(openInvitation(deps, expired))).toBe('not_found')
    expect((await listInvitations(deps, ada)).items).toEqual([])
  })

  test('a refused name or password leaves the link usable', async () => {
    const { deps, ada } = await env()
    const secret = (await invitePerson(deps, ada, KIM)).secret.reveal()
    for (const given of [
      { secret, name: '', password: NEW },
      { secret, name: 'Kim', password: 'password12345' },
    ]) {
      expect(await codeOf(accept(deps, given))).toBe('bad_request')
    }
    expect(await codeOf(accept(deps, { secret, name: 'Kim', password: NEW }))).toBeNull()
  })

  test('the secret is stored as a hash only', async () => {
    const { deps, ada, db } = await env()
    const { secret } = await invitePerson(deps, ada, KIM)
    const rows = JSON.stringify([
      await db.selectFrom('invitations').selectAll().execute(),
      await db.selectFrom('audit').selectAll().execute(),
    ])
    expect(rows).not.toContain(secret.reveal())
  })

  test('an invalid or known address and an unknown app are refused', async () => {
    const { deps, ada } = await env()
    expect(await codeOf(invitePerson(deps, ada, { ...KIM, email: 'kim' }))).toBe('bad_request')
    expect(await codeOf(invitePerson(deps, ada, { ...KIM, email: 'ADMIN@example.com' }))).toBe('conflict')
    const grants = [{ app: '1400000000', role: 'viewer' as const }]
    expect(await codeOf(invitePerson(deps, ada, { ...KIM, grants }))).toBe('bad_request')
    expect(await codeOf(changePerson(deps, ada, { person: 'id-admin', grants }))).toBe('bad_request')
    expect((await listInvitations(deps, ada)).items).toEqual([])
  })

  test('a link to set a password keeps the old one until it is used, then ends the sessions', async () => {
    const { deps, ada, add } = await env()
    await add('pm', OLD)
    await startSession(deps, 'id-pm', VISIT)
    const { invitation, secret } = await inviteToReset(deps, ada, 'id-pm')
    expect(invitation).toMatchObject({ kind: 'reset', email: 'pm@example.com' })
    expect(await openInvitation(deps, secret.reveal())).toMatchObject({ kind: 'reset', name: 'pm' })
    expect(await codeOf(signIn(deps, attempt('pm@example.com', OLD)))).toBeNull()
    expect((await listSessionsOf(deps, ada, 'id-pm')).items).toHaveLength(1)
    await accept(deps, { secret: secret.reveal(), password: NEW })
    expect((await listSessionsOf(deps, ada, 'id-pm')).items).toEqual([])
    expect(await codeOf(signIn(deps, attempt('pm@example.com', OLD)))).toBe('bad_credentials')
    expect(await codeOf(signIn(deps, attempt('pm@example.com', NEW)))).toBeNull()
    expect(await codeOf(accept(deps, { secret: secret.reveal(), password: OLD }))).toBe('not_found')
  })

  test('a disabled person stays out, even with a new password, until they are enabled', async () => {
    const { deps, ada, add } = await env()
    await add('pm', OLD)
    await changePerson(deps, ada, { person: 'id-pm', disabled: true })
    expect(await codeOf(signIn(deps, attempt('pm@example.com', OLD)))).toBe('bad_credentials')
    const { secret } = await inviteToReset(deps, ada, 'id-pm')
    await accept(deps, { secret: secret.reveal(), password: NEW })
    expect(await codeOf(signIn(deps, attempt('pm@example.com', NEW)))).toBe('bad_credentials')
    await changePerson(deps, ada, { person: 'id-pm', disabled: false })
    expect(await codeOf(signIn(deps, attempt('pm@example.com', NEW)))).toBeNull()
  })

  test('the last administrator cannot be demoted, disabled or removed', async () => {
    const { deps, ada } = await env()
    const person = 'id-admin'
    const remove = { person, confirm: 'admin@example.com', revokeTokens: true }
    expect(await codeOf(changePerson(deps, ada, { person, grants: [] }))).toBe('last_administrator')
    expect(await codeOf(changePerson(deps, ada, { person, disabled: true }))).toBe('last_administrator')
    expect(await codeOf(removePerson(deps, ada, remove))).toBe('last_administrator')
    expect(await codeOf(signIn(deps, attempt('admin@example.com', OLD)))).toBeNull()
  })

  test.each([
    [true, 1],
    [false, 0],
  ])('removing needs the address, and revokes the API tokens of the person: %s', async (revokeTokens, revoked) => {
    const { deps, ada, add } = await env()
    await add('pm')
    const token = { name: 'backend', role: 'viewer' as const, apps: ['*'], expiresAt: null }
    const own = await createToken(deps, { ...token, by: { actor: 'person:id-pm', address: null } })
    const other = await createToken(deps, { ...token, by: { actor: 'person:id-admin', address: null } })
    expect((await listPeople(deps, ada)).items.map(({ tokens }) => tokens)).toEqual([1, 1])
    const query = { person: 'id-pm', confirm: 'admin@example.com', revokeTokens }
    expect(await codeOf(removePerson(deps, ada, query))).toBe('bad_request')
    expect(await removePerson(deps, ada, { ...query, confirm: 'PM@example.com ' })).toEqual({
      tokens: revoked,
      shares: 0,
    })
    expect(await codeOf(removePerson(deps, ada, query))).toBe('not_found')
    expect((await findToken(deps, own.text.reveal())) === null).toBe(revokeTokens)
    expect(await findToken(deps, other.text.reveal())).not.toBeNull()
    expect((await listPeople(deps, ada)).items.map(({ id }) => id)).toEqual(['id-admin'])
  })

  test('links end with the person who shared them, and the list says how many there are', async () => {
    const { deps, ada, add, db } = await env()
    await add('pm')
    await apps(db).upsert(newApp({ id: 'shop' }))
    const own = { app_id: 'shop', owner: 'person:id-pm', ends_at: 5_000_000_000 }
    for (const id of ['a', 'b']) await deps.shares.create(newShare({ ...own, id }))
    expect((await listPeople(deps, ada)).items.map(({ shares }) => shares)).toEqual([0, 2])
    const query = { person: 'id-pm', confirm: 'pm@example.com', revokeTokens: false }
    expect(await removePerson(deps, ada, query)).toEqual({ tokens: 0, shares: 2 })
    expect((await deps.shares.byId('a'))?.revoked_at).toBeNull()
  })

  test('every change is in the audit, with who, whom and no address', async () => {
    const { deps, ada, add, actions, db } = await env()
    await add('pm', OLD)
    await changePerson(deps, ada, { person: 'id-pm', grants: [{ app: '*', role: 'support' }] })
    await endSessionsOf(deps, ada, 'id-pm')
    await changePerson(deps, ada, { person: 'id-pm', disabled: true })
    await changePerson(deps, 'command line', { person: 'id-pm', disabled: false })
    const reset = await inviteToReset(deps, ada, 'id-pm')
    await accept(deps, { secret: reset.secret.reveal(), password: NEW })
    const { secret } = await invitePerson(deps, ada, KIM)
    await accept(deps, { secret: secret.reveal(), name: 'Kim', password: NEW })
    const { invitation } = await invitePerson(deps, ada, { ...KIM, email: 'lee@example.com' })
    await revokeInvitation(deps, ada, invitation.id)
    await removePerson(deps, ada, { person: 'id-pm', confirm: 'pm@example.com', revokeTokens: false })
    expect((await actions()).reverse()).toEqual([
      'person.role',
      'person.sessions_end',
      'person.disable',
      'person.enable',
      'person.reset_link',
      'person.reset',
      'person.invite',
      'person.join',
      'person.invite',
      'person.invite_revoke',
      'person.remove',
    ])
    const rows = await db.selectFrom('audit').selectAll().orderBy('id').execute()
    expect(rows.map(({ actor }) => actor).filter((actor) => actor === 'person:id-admin')).toHaveLength(8)
    expect(rows[3]?.actor).toBe('command line')
    expect(rows[0]).toMatchObject({ detail: '{"id":"id-pm","roles":"*:support"}' })
    expect(rows.every(({ subject_hash }) => subject_hash !== null)).toBe(true)
    expect(JSON.stringify(rows)).not.toContain('example')
  })

  test('a lost second factor is turned off, which ends the sessions of its person', async () => {
    const { deps, ada, add, actions } = await env()
    await add('pm', OLD)
    const self = { id: 'id-pm', email: 'pm@example.com' }
    const secret = (await startSecondFactor(deps, self, { password: OLD, code: null })).reveal()
    await confirmSecondFactor(deps, self, codeAt(secret, deps.clock.wallMs()))
    const session = (await startSession(deps, self.id, VISIT)).reveal()
    const isOn = async () => (await listPeople(deps, ada)).items.find(({ id }) => id === self.id)?.secondFactor
    expect(await isOn()).toBe(true)
    expect(await resetSecondFactorOf(deps, ada, self.id)).toEqual({ wasOn: true })
    expect(await resetSecondFactorOf(deps, ada, self.id)).toEqual({ wasOn: false })
    expect(await isOn()).toBe(false)
    expect(await principalOf(deps, { session, authorization: null })).toEqual({ kind: 'anonymous' })
    expect(await codeOf(signIn(deps, attempt(self.email, OLD)))).toBeNull()
    expect(await actions()).toContain('second_factor.reset')
    expect(await codeOf(resetSecondFactorOf(deps, ada, 'nobody'))).toBe('not_found')
  })
})

test('a change is of roles or of access, and names each app once', () => {
  const viewer = { app: '*', role: 'viewer' }
  const accepts = (change: object) => changePersonQuery.safeParse({ person: 'pm', ...change }).success
  expect([
    accepts({ grants: [viewer] }),
    accepts({ grants: [] }),
    accepts({ disabled: true, revokeTokens: true }),
  ]).toEqual([true, true, true])
  for (const change of [
    {},
    { grants: [], disabled: true },
    { grants: [viewer, viewer] },
    { disabled: 'yes' },
    { x: 1 },
  ]) {
    expect([change, accepts(change)]).toEqual([change, false])
  }
})
