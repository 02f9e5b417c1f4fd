import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { accessEnv, codeOf } from '@/lib/access/testing/access-env'
import type { Db } from '@/lib/store/engine/open'
import { describeStores } from '@/lib/store/testing/database'
import { type Attempt, signIn } from './sign-in'

const PASSWORD = 'violet anchor tundra'
const attempt = (over: Partial<Attempt> = {}): Attempt => ({
  email: 'pm@example.com',
  password: PASSWORD,
  address: '192.0.2.7',
  device: null,
  ...over,
})
const wrong = (over: Partial<Attempt> = {}) => attempt({ password: 'canary-wrong-password', ...over })
const auditOf = (db: Db) => db.selectFrom('audit').select(['actor', 'action', 'detail']).orderBy('id').execute()

describeStores('signing in', ({ open, again }) => {
  async function withPm(db: Db) {
    const env = accessEnv(db)
    await env.add('pm', PASSWORD)
    return env
  }
  /** For tests of hundreds of attempts: passwords are compared and not hashed. */
  async function withQuickPm(db: Db) {
    const env = await withPm(db)
    return { ...env, deps: env.quick(PASSWORD) }
  }

  test('returns the person, with the address in any case', async () => {
    const { deps } = await withPm(await open())
    const person = await signIn(deps, attempt({ email: ' PM@Example.com ' }))
    expect(person).toMatchObject({ personId: 'id-pm', name: 'pm', email: 'pm@example.com' })
  })

  test('gives the same answer for an unknown person, a wrong password, a disabled person and one without a password', async () => {
    const db = await open()
    const { deps, add, verified } = await withPm(db)
    await add('support')
    await add('outsider', PASSWORD)
    await db.updateTable('people').set({ disabled_at: 1 }).where('id', '=', 'id-outsider').execute()
    const tries = [
      wrong(),
      attempt({ email: 'nobody@example.com' }),
      attempt({ email: 'outsider@example.com' }),
      attempt({ email: 'support@example.com' }),
      attempt({ email: 'not an address' }),
      attempt({ email: '' }),
      attempt({ password: '' }),
      attempt({ password: 'x'.repeat(100_000) }),
    ]
    const errors: unknown[] = []
    for (const one of tries) errors.push(await signIn(deps, one).catch((error: unknown) => error))
    for (const error of errors) {
      expect(error).toMatchObject({ code: 'bad_credentials', message: 'the sign-in was refused' })
      expect(Object.keys(error as object)).toEqual(Object.keys(errors[0] as object))
    }
    expect(verified()).toBe(tries.length)
  })

  test('guesses at one account, one a second from as many addresses, let few through', async () => {
    const { deps, advance, verified } = await withQuickPm(await open())
    for (let i = 0; i < 500; i += 1) {
      expect(await codeOf(signIn(deps, wrong({ address: `198.51.${i >> 8}.${i & 255}` })))).not.toBeNull()
      advance(1)
    }
    expect(verified()).toBeGreaterThanOrEqual(20)
    expect(verified()).toBeLessThan(30)
  })

  test('500 guesses at the same moment, on two replicas, let 20 through', async () => {
    const { deps, verified } = await withQuickPm(await open())
    const other = {
      ...accessEnv(await again()).deps,
      master: deps.master,
      clock: deps.clock,
      passwords: deps.passwords,
    }
    const guesses = Array.from({ length: 500 }, (_, i) =>
      codeOf(signIn(i % 2 ? deps : other, wrong({ address: `198.51.${i >> 8}.${i & 255}` }))),
    )
    const codes = await Promise.all(guesses)
    expect(codes.filter((code) => code === 'too_many')).toHaveLength(480)
    expect(verified()).toBe(20)
  })

  test('an address with many failures gets one attempt per account, over a whole IPv6 network', async () => {
    const { deps, verified } = await withQuickPm(await open())
    const from = (i: number) => `2001:db8:1:2::${i.toString(16)}`
    for (let i = 0; i < 40; i += 1) {
      await codeOf(signIn(deps, wrong({ email: `someone${i}@example.com`, address: from(i) })))
    }
    expect(verified()).toBe(40)
    for (let i = 0; i < 10; i += 1) await codeOf(signIn(deps, wrong({ email: 'else@example.com', address: from(i) })))
    expect(verified()).toBe(41)
  })

  test('failures at one address never lock an account that was not tried from it', async () => {
    const { deps, add } = await withQuickPm(await open())
    await add('support', PASSWORD)
    // Behind a proxy that is not trusted, everybody has its address.
    for (let i = 0; i < 50; i += 1) await codeOf(signIn(deps, wrong({ email: `someone${i % 10}@example.com` })))
    expect(await codeOf(signIn(deps, attempt()))).toBeNull()
    expect(await codeOf(signIn(deps, attempt({ email: 'support@example.com' })))).toBeNull()
  })

  test('failures at one address never lock the account at another, however long they go on', async () => {
    const { deps, advance } = await withQuickPm(await open())
    for (let i = 0; i < 200; i += 1) {
      await codeOf(signIn(deps, wrong({ address: '198.51.100.1' })))
      advance(900)
    }
    expect(await codeOf(signIn(deps, attempt()))).toBeNull()
  })

  test('an account under attack from many addresses also refuses the right password, except from a known device', async () => {
    const { deps } = await withQuickPm(await open())
    const { device } = await signIn(deps, attempt())
    for (let i = 0; i < 30; i += 1) await codeOf(signIn(deps, wrong({ address: `198.51.100.${i}` })))
    expect(await codeOf(signIn(deps, attempt()))).toBe('too_many')
    expect(await codeOf(signIn(deps, attempt({ device: device.reveal() })))).toBeNull()
    expect(await codeOf(signIn(deps, attempt()))).toBe('too_many')
  })

  test('an attempt that the account refuses is no failure of its address', async () => {
    const { deps, advance } = await withQuickPm(await open())
    for (let i = 0; i < 30; i += 1) await codeOf(signIn(deps, wrong({ address: `198.51.100.${i}` })))
    for (let i = 0; i < 50; i += 1) expect(await codeOf(signIn(deps, attempt()))).toBe('too_many')
    advance(2)
    expect(await codeOf(signIn(deps, attempt()))).toBeNull()
  })

  test('a known device has its own count and is no use for another account', async () => {
    const { deps, verified, add } = await withQuickPm(await open())
    await add('support', PASSWORD)
    const device = (await signIn(deps, attempt())).device.reveal()
    const before = verified()
    for (let i = 0; i < 50; i += 1) await codeOf(signIn(deps, wrong({ device, address: `198.51.100.${i}` })))
    expect(verified() - before).toBe(5)
    for (let i = 0; i < 50; i += 1) {
      await codeOf(signIn(deps, wrong({ device, email: 'support@example.com', address: '203.0.113.1' })))
    }
    expect(verified() - before).toBe(10)
  })

  test('a success clears earlier failures', async () => {
    const { deps } = await withPm(await open())
    for (let round = 0; round < 4; round += 1) {
      for (let i = 0; i < 4; i += 1) expect(await codeOf(signIn(deps, wrong()))).toBe('bad_credentials')
      expect(await codeOf(signIn(deps, attempt()))).toBeNull()
    }
  })

  test('an office behind one address signs in a hundred times a minute', async () => {
    const { deps } = await withQuickPm(await open())
    for (let i = 0; i < 100; i += 1) expect(await codeOf(signIn(deps, attempt()))).toBeNull()
  })

  test('failed attempts are counted per hour, account and network, without names or guesses', async () => {
    const db = await open()
    const { deps } = await withQuickPm(db)
    for (let i = 0; i < 20; i += 1) await codeOf(signIn(deps, wrong({ address: `198.51.100.${i}` })))
    await codeOf(signIn(deps, attempt({ email: 'nobody@example.com' })))
    expect(await auditOf(db)).toEqual([])
    const rows = await db.selectFrom('failed_sign_ins').selectAll().orderBy('count').execute()
    const hour = Date.UTC(2026, 10, 20, 9) / 1_000
    expect(rows).toEqual([
      { hour, person_id: '', address: '192.0.2.0/24', count: 1 },
      { hour, person_id: 'id-pm', address: '198.51.100.0/24', count: 20 },
    ])
  })

  test('a success is audited under the person who signed in', async () => {
    const db = await open()
    const { deps } = await withPm(db)
    await signIn(deps, attempt())
    expect(await auditOf(db)).toEqual([{ actor: 'person:id-pm', action: 'sign_in', detail: '{}' }])
  })

  test('failures are stored without an address or a name in clear text', async () => {
    const db = await open()
    const { deps } = await withPm(db)
    await codeOf(signIn(deps, wrong()))
    const rows = await db.selectFrom('sign_in_failures').selectAll().execute()
    expect(rows).toHaveLength(3)
    expect(JSON.stringify(rows)).not.toMatch(/192\.0|pm@/)
  })

  test('neither result nor error reveals password, hash or cookie', async () => {
    const { deps } = await withPm(await open())
    const person = await signIn(deps, attempt())
    const shown = inspect(person, { depth: 9, showHidden: true })
    expect(shown).not.toContain(person.device.reveal().slice(0, 20))
    const error = await signIn(deps, wrong()).catch((e: unknown) => e)
    expect(inspect(error, { depth: 9 }) + JSON.stringify(error) + shown).not.toMatch(/canary|violet|argon2/)
  })
})
