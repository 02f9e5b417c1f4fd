import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { accessEnv, codeOf } from '@/lib/access/testing/access-env'
import { describeStores } from '@/lib/store/testing/database'
import { isSetupOpen, issueSetupToken, setup } from './setup'
import { signIn } from './sign-in'

const PASSWORD = 'violet anchor tundra'
const person = { email: 'boss@example.com', name: 'Boss', password: PASSWORD, address: '192.0.2.7' }

describeStores('the setup', ({ kind, open, again }) => {
  async function fresh() {
    const env = accessEnv(await open())
    const token = (await issueSetupToken(env.deps))?.reveal() ?? ''
    return { ...env, token }
  }

  test('creates the first administrator, who can sign in, and is audited', async () => {
    const { deps, token, db } = await fresh()
    expect(await isSetupOpen(deps)).toBe(true)
    const id = await setup(deps, { ...person, token })
    const found = { email: person.email, password: PASSWORD, address: '192.0.2.7', device: null }
    expect(await signIn(deps, found)).toMatchObject({ personId: id, name: 'Boss' })
    expect(await deps.people.grantsOf(id)).toEqual([{ app_id: '*', role: 'admin' }])
    const notes = await db.selectFrom('audit').select(['actor', 'action']).orderBy('id').execute()
    expect(notes[0]).toEqual({ actor: `person:${id}`, action: 'setup' })
  })

  test('is closed afterwards: the right token, a wrong one and none get the same answer', async () => {
    const { deps, token } = await fresh()
    await setup(deps, { ...person, token })
    expect(await isSetupOpen(deps)).toBe(false)
    expect(await issueSetupToken(deps)).toBeNull()
    for (const text of [token, 'x'.repeat(43), '']) {
      expect(await codeOf(setup(deps, { ...person, email: 'two@example.com', token: text }))).toBe('not_found')
    }
  })

  test('of two concurrent calls one wins', async () => {
    const { deps, token, db } = await fresh()
    const other = kind === 'postgres' ? { ...deps, people: accessEnv(await again()).deps.people } : deps
    const codes = await Promise.all(
      [deps, other, deps, other].map((one, i) => codeOf(setup(one, { ...person, email: `p${i}@example.com`, token }))),
    )
    expect(codes.filter((code) => code === null)).toHaveLength(1)
    expect(codes.filter((code) => code === 'not_found')).toHaveLength(3)
    expect(await db.selectFrom('people').select('id').execute()).toHaveLength(1)
  })

  test('a wrong token creates nobody', async () => {
    const { deps, token, db } = await fresh()
    const near = [token.slice(1), `${token} `, token.toLowerCase(), '', 'x'.repeat(10_000)]
    for (const text of near.slice(0, 4)) {
      expect(await codeOf(setup(deps, { ...person, token: text }))).toBe('bad_credentials')
    }
    expect(await db.selectFrom('people').select('id').execute()).toEqual([])
    expect(await codeOf(setup(deps, { ...person, token }))).toBeNull()
  })

  test('wrong tokens block the address for a time, and no other address', async () => {
    const { deps, token, advance } = await fresh()
    for (let i = 0; i < 5; i += 1) expect(await codeOf(setup(deps, { ...person, token: 'x' }))).toBe('bad_credentials')
    expect(await codeOf(setup(deps, { ...person, token }))).toBe('too_many')
    advance(1)
    expect(await codeOf(setup(deps, { ...person, token: 'x' }))).toBe('bad_credentials')
    expect(await codeOf(setup(deps, { ...person, token, address: '198.51.100.9' }))).toBeNull()
  })

  test('before a token was issued, no token is accepted', async () => {
    const { deps } = accessEnv(await open())
    for (const token of ['', 'null', 'undefined']) {
      expect(await codeOf(setup(deps, { ...person, token }))).toBe('bad_credentials')
    }
  })

  test('errors in the form never use up the token', async () => {
    const { deps, token, add } = await fresh()
    await add('pm')
    for (let i = 0; i < 6; i += 1) {
      expect(await codeOf(setup(deps, { ...person, token, password: 'password1234' }))).toBe('bad_request')
    }
    expect(await codeOf(setup(deps, { ...person, token, email: 'nobody' }))).toBe('bad_request')
    expect(await codeOf(setup(deps, { ...person, token, email: 'pm@example.com' }))).toBe('conflict')
    expect(await codeOf(setup(deps, { ...person, token }))).toBeNull()
  })

  test('each start invalidates the earlier token', async () => {
    const { deps, token } = await fresh()
    const second = (await issueSetupToken(deps))?.reveal() ?? ''
    expect(second).not.toBe(token)
    expect(await codeOf(setup(deps, { ...person, token }))).toBe('bad_credentials')
    expect(await codeOf(setup(deps, { ...person, token: second }))).toBeNull()
  })

  test('a disabled administrator does not reopen it', async () => {
    const { deps, token, db } = await fresh()
    await setup(deps, { ...person, token })
    await db.updateTable('people').set({ disabled_at: 1 }).execute()
    expect(await isSetupOpen(deps)).toBe(false)
  })

  test('the token is stored as a hash and never revealed', async () => {
    const { deps, db } = accessEnv(await open())
    const secret = await issueSetupToken(deps)
    const token = secret?.reveal() ?? ''
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/)
    const rows = await db.selectFrom('settings').selectAll().execute()
    const error = await setup(deps, { ...person, token: `${token}x` }).catch((e: unknown) => e)
    expect(inspect([secret, rows, error], { depth: 9, showHidden: true })).not.toContain(token)
    expect(inspect(error, { depth: 9 })).not.toContain('violet')
  })
})
