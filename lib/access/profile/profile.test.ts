import { expect, test } from 'vitest'
import { authorizePerson } from '@/lib/access/authorize'
import { principalOf } from '@/lib/access/principal'
import { findSession, startSession } from '@/lib/access/sessions'
import { signIn } from '@/lib/access/sign-in/sign-in'
import { accessEnv, codeOf } from '@/lib/access/testing/access-env'
import { createToken } from '@/lib/access/tokens'
import { describeStores } from '@/lib/store/testing/database'
import { changeName, changePassword, endOtherSessions, endOwnSession, getProfile, listSessions } from './profile'

const [OLD, NEW] = ['violet anchor tundra', 'quiet marble harbour']
const attempt = (password: string) => ({ email: 'pm@example.com', password, address: '192.0.2.7', device: null })

describeStores('the own profile', ({ open }) => {
  async function env() {
    const made = accessEnv(await open())
    const { deps, add } = made
    await add('pm', OLD)
    await add('support', OLD)
    const start = async (id: string) => (await startSession(deps, id, { address: '192.0.2.7', agent: 'A' })).reveal()
    const [own, second, foreign] = [await start('id-pm'), await start('id-pm'), await start('id-support')]
    const principal = await principalOf(deps, { session: own, authorization: null })
    const me = <Q>(query: Q) => authorizePerson(principal, query)
    const alive = async () => {
      const found = await Promise.all([own, second, foreign].map((id) => findSession(deps, id)))
      return found.map((session) => session !== null)
    }
    return { ...made, me, alive, second, foreign }
  }

  test('a password changes with the current one, and ends the other sessions of this person only', async () => {
    const { deps, me, alive } = await env()
    expect(await changePassword(deps, me({ current: OLD, password: NEW }))).toEqual({ ended: 1 })
    expect(await alive()).toEqual([true, false, true])
    expect(await codeOf(signIn(deps, attempt(OLD)))).toBe('bad_credentials')
    expect(await codeOf(signIn(deps, attempt(NEW)))).toBeNull()
  })

  test('a wrong current or a guessable new password changes nothing', async () => {
    const { deps, me, alive } = await env()
    const wrong = changePassword(deps, me({ current: NEW, password: NEW }))
    await expect(wrong).rejects.toMatchObject({ code: 'bad_credentials', field: 'current' })
    const weak = changePassword(deps, me({ current: OLD, password: 'password12345' }))
    await expect(weak).rejects.toMatchObject({ code: 'bad_request', field: 'password' })
    expect(await alive()).toEqual([true, true, true])
    expect(await codeOf(signIn(deps, attempt(OLD)))).toBeNull()
  })

  test('a stolen session cannot guess the password: after five attempts it waits', async () => {
    const { deps, me, advance, verified } = await env()
    const guess = (current: string) => codeOf(changePassword(deps, me({ current, password: NEW })))
    for (let n = 0; n < 5; n += 1) expect(await guess(`guess number ${n}`)).toBe('bad_credentials')
    const before = verified()
    expect(await guess(OLD)).toBe('too_many')
    expect(verified()).toBe(before)
    expect(await codeOf(signIn(deps, attempt(OLD)))).toBeNull()
    advance(2)
    expect(await guess(OLD)).toBeNull()
  })

  test('a person without a password cannot set one with a session alone', async () => {
    const { deps, db, me } = await env()
    await db.updateTable('people').set({ password_hash: null }).where('id', '=', 'id-pm').execute()
    expect((await getProfile(deps, me(null))).password).toBe(false)
    expect(await codeOf(changePassword(deps, me({ current: '', password: NEW })))).toBe('bad_credentials')
  })

  test('sessions are listed with the own one marked, and end one by one or all others at once', async () => {
    const { deps, me, alive } = await env()
    const { items } = await listSessions(deps, me(null))
    expect(items.map(({ current }) => current).sort()).toEqual([false, true])
    expect(items[0]).toMatchObject({ address: '192.0.2.7', device: 'A', createdAt: '2026-11-20T09:00:00.000Z' })
    const other = items.find(({ current }) => !current)?.id ?? ''
    await endOwnSession(deps, me({ session: other }))
    expect(await alive()).toEqual([true, false, true])
    expect(await codeOf(endOwnSession(deps, me({ session: other })))).toBe('not_found')
    await startSession(deps, 'id-pm', { address: '', agent: '' })
    expect(await endOtherSessions(deps, me(null))).toEqual({ ended: 1 })
    expect(await alive()).toEqual([true, false, true])
  })

  test("nobody ends another person's session", async () => {
    const { deps, me, alive, db } = await env()
    const rows = await db.selectFrom('sessions').select(['id_hash', 'person_id']).execute()
    const foreign = rows.find(({ person_id }) => person_id === 'id-support')?.id_hash ?? ''
    expect(await codeOf(endOwnSession(deps, me({ session: foreign })))).toBe('not_found')
    expect(await alive()).toEqual([true, true, true])
  })

  test('a name is trimmed and never empty', async () => {
    const { deps, me } = await env()
    expect(await changeName(deps, me({ name: ' Pim Park ' }))).toMatchObject({ name: 'Pim Park', id: 'id-pm' })
    expect(await codeOf(changeName(deps, me({ name: '   ' })))).toBe('bad_request')
    expect((await deps.people.byId('id-pm'))?.name).toBe('Pim Park')
  })

  test('every change is in the audit, without password or address', async () => {
    const { deps, me, db } = await env()
    await changeName(deps, me({ name: 'Pim' }))
    await changePassword(deps, me({ current: OLD, password: NEW }))
    await endOtherSessions(deps, me(null))
    const rows = await db.selectFrom('audit').selectAll().orderBy('id').execute()
    expect(rows.map(({ actor, action, detail }) => [actor, action, detail])).toEqual([
      ['person:id-pm', 'profile.name', '{}'],
      ['person:id-pm', 'profile.password', '{"sessions":1}'],
      ['person:id-pm', 'profile.session_end', '{"sessions":0}'],
    ])
    expect(JSON.stringify(rows)).not.toMatch(/example|marble|tundra/)
  })

  test('a token has no profile', async () => {
    const { deps } = await env()
    const token = await createToken(deps, {
      name: 't',
      role: 'admin',
      apps: ['*'],
      expiresAt: null,
      by: { actor: 'x', address: null },
    })
    const principal = await principalOf(deps, { session: null, authorization: `Bearer ${token.text.reveal()}` })
    expect(await codeOf(() => authorizePerson(principal, null))).toBe('forbidden')
  })
})
