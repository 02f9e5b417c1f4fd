import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { acceptCode } from '@/lib/access/second-factor/accept-code'
import { setRequiredRoles } from '@/lib/access/second-factor/required-roles'
import { findSession, startSession } from '@/lib/access/sessions'
import { accessEnv, codeOf } from '@/lib/access/testing/access-env'
import { codeAt } from '@/lib/access/testing/authenticator'
import type { Db } from '@/lib/store/engine/open'
import { describeStores } from '@/lib/store/testing/database'
import { confirmSecondFactor, renewRecoveryCodes, startSecondFactor, turnOffSecondFactor } from './change-second-factor'
import { resetSecondFactor } from './reset-second-factor'
import { type Attempt, signIn } from './sign-in'

const PASSWORD = 'violet anchor tundra'
const SELF = { id: 'id-pm', email: 'pm@example.com' }
const attempt = (over: Partial<Attempt> = {}): Attempt => ({
  email: SELF.email,
  password: PASSWORD,
  address: '192.0.2.7',
  device: null,
  ...over,
})

describeStores('a second factor', ({ open, again }) => {
  /** A person who has set one up. `code(n)` is the code of their app, n steps from now. */
  async function withFactor(db: Db) {
    const env = accessEnv(db)
    await env.add('pm', PASSWORD)
    const deps = env.quick(PASSWORD)
    const secret = (await startSecondFactor(deps, SELF, { password: PASSWORD, code: null })).reveal()
    const code = (steps = 0) => codeAt(secret, deps.clock.wallMs(), steps)
    const recovery = await confirmSecondFactor(deps, SELF, code(-1))
    return { ...env, deps, secret, code, recovery }
  }
  async function replica(deps: ReturnType<typeof accessEnv>['deps']) {
    return { ...accessEnv(await again()).deps, master: deps.master, clock: deps.clock, passwords: deps.passwords }
  }

  test('is asked for after the right password alone', async () => {
    const { deps, code } = await withFactor(await open())
    expect(await codeOf(signIn(deps, attempt()))).toBe('code_needed')
    expect(await codeOf(signIn(deps, attempt({ password: 'wrong', code: code() })))).toBe('bad_credentials')
    expect(await codeOf(signIn(deps, attempt({ code: '000000' })))).toBe('bad_code')
    expect(await signIn(deps, attempt({ code: ` ${code().slice(0, 3)} ${code().slice(3)}` }))).toMatchObject({
      personId: SELF.id,
    })
  })

  test('is not asked for before it is confirmed with a code', async () => {
    const { deps, add } = accessEnv(await open())
    await add('pm', PASSWORD)
    await startSecondFactor(deps, SELF, { password: PASSWORD, code: null })
    expect(await codeOf(confirmSecondFactor(deps, SELF, '000000'))).toBe('bad_code')
    expect(await codeOf(signIn(deps, attempt()))).toBeNull()
  })

  test('accepts no code twice, and none from before the last one', async () => {
    const { deps, code } = await withFactor(await open())
    expect(await codeOf(signIn(deps, attempt({ code: code(-1) })))).toBe('bad_code')
    expect(await codeOf(signIn(deps, attempt({ code: code(1) })))).toBeNull()
    for (const steps of [-1, 0, 1]) expect(await codeOf(signIn(deps, attempt({ code: code(steps) })))).toBe('bad_code')
  })

  test('accepts a code once among concurrent requests to two replicas', async () => {
    const { deps, code, recovery } = await withFactor(await open())
    const all = [deps, await replica(deps)]
    for (const one of [code(), recovery[0] ?? '']) {
      const ends = await Promise.all(Array.from({ length: 20 }, (_, i) => acceptCode(all[i % 2] ?? deps, SELF.id, one)))
      expect(ends.filter((end) => end !== null)).toHaveLength(1)
      const signIns = await Promise.all(
        Array.from({ length: 4 }, (_, i) => codeOf(signIn(all[i % 2] ?? deps, attempt({ code: one })))),
      )
      expect(signIns).not.toContain(null)
    }
  })

  test('ten recovery codes sign in once each, typed in any way', async () => {
    const { deps, recovery } = await withFactor(await open())
    expect(recovery).toHaveLength(10)
    for (const code of recovery) expect(await codeOf(signIn(deps, attempt({ code: code.toLowerCase() })))).toBeNull()
    expect(await codeOf(signIn(deps, attempt({ code: recovery[9] ?? '' })))).toBe('bad_code')
    expect((await deps.secondFactors.get(SELF.id))?.recoveryCodesLeft).toBe(0)
  })

  test('new recovery codes need a code, and end the old ones', async () => {
    const { deps, code, recovery } = await withFactor(await open())
    expect(await codeOf(renewRecoveryCodes(deps, SELF, 'wrong'))).toBe('bad_code')
    const renewed = await renewRecoveryCodes(deps, SELF, code())
    expect(await codeOf(signIn(deps, attempt({ code: recovery[0] ?? '' })))).toBe('bad_code')
    expect(await codeOf(signIn(deps, attempt({ code: renewed[0] ?? '' })))).toBeNull()
  })

  test('moves to another app with password and code; the old app counts until the new one is confirmed', async () => {
    const { deps, code, advance } = await withFactor(await open())
    expect(await codeOf(startSecondFactor(deps, SELF, { password: 'wrong', code: code() }))).toBe('bad_credentials')
    expect(await codeOf(startSecondFactor(deps, SELF, { password: PASSWORD, code: null }))).toBe('code_needed')
    expect(await codeOf(startSecondFactor(deps, SELF, { password: PASSWORD, code: 'wrong' }))).toBe('bad_code')
    const next = (await startSecondFactor(deps, SELF, { password: PASSWORD, code: code() })).reveal()
    expect(await codeOf(signIn(deps, attempt({ code: code(1) })))).toBeNull()
    advance(90)
    await confirmSecondFactor(deps, SELF, codeAt(next, deps.clock.wallMs()))
    expect(await codeOf(signIn(deps, attempt({ code: code(1) })))).toBe('bad_code')
    expect(await codeOf(signIn(deps, attempt({ code: codeAt(next, deps.clock.wallMs(), 1) })))).toBeNull()
  })

  test('is turned off by a code, unless a role of the person needs it', async () => {
    const { deps, code, recovery } = await withFactor(await open())
    await setRequiredRoles(deps, ['viewer'])
    expect(await codeOf(turnOffSecondFactor(deps, SELF, code()))).toBe('forbidden')
    await setRequiredRoles(deps, ['admin'])
    expect(await codeOf(turnOffSecondFactor(deps, SELF, '000000'))).toBe('bad_code')
    await turnOffSecondFactor(deps, SELF, recovery[3] ?? '')
    expect(await codeOf(signIn(deps, attempt()))).toBeNull()
    expect(await codeOf(turnOffSecondFactor(deps, SELF, code()))).toBe('conflict')
  })

  test('confirming needs a set-up, and of two concurrent confirmations one wins', async () => {
    const { deps, add } = accessEnv(await open())
    await add('pm', PASSWORD)
    expect(await codeOf(confirmSecondFactor(deps, SELF, '000000'))).toBe('conflict')
    const secret = (await startSecondFactor(deps, SELF, { password: PASSWORD, code: null })).reveal()
    const code = codeAt(secret, deps.clock.wallMs())
    const other = await replica(deps)
    const codes = await Promise.all([deps, other].map((one) => codeOf(confirmSecondFactor(one, SELF, code))))
    expect(codes.filter((end) => end === null)).toHaveLength(1)
  })

  test('guesses of codes are limited per account and address, and a known device is not blocked by them', async () => {
    const { deps, code } = await withFactor(await open())
    const { device } = await signIn(deps, attempt({ code: code() }))
    const ends: (string | null)[] = []
    for (let i = 0; i < 100; i += 1) {
      ends.push(await codeOf(signIn(deps, attempt({ code: '000000', address: `198.51.100.${i % 50}` }))))
    }
    expect(ends.filter((end) => end === 'bad_code')).toHaveLength(20)
    expect(await codeOf(signIn(deps, attempt({ code: code(1) })))).toBe('too_many')
    expect(await codeOf(signIn(deps, attempt({ code: code(1), device: device.reveal() })))).toBeNull()
  })

  test('guesses inside a session are limited too', async () => {
    const { deps, code } = await withFactor(await open())
    for (let i = 0; i < 5; i += 1) expect(await codeOf(turnOffSecondFactor(deps, SELF, '000000'))).toBe('bad_code')
    expect(await codeOf(turnOffSecondFactor(deps, SELF, code()))).toBe('too_many')
    expect(await codeOf(startSecondFactor(deps, SELF, { password: PASSWORD, code: code() }))).toBe('too_many')
  })

  test('is reset from the command line, which ends every session', async () => {
    const { deps, db } = await withFactor(await open())
    const session = (await startSession(deps, SELF.id, { address: 'x', agent: 'x' })).reveal()
    expect(await codeOf(resetSecondFactor(deps, 'nobody@example.com'))).toBe('not_found')
    expect(await resetSecondFactor(deps, ' PM@example.com')).toBe(true)
    expect(await findSession(deps, session)).toBeNull()
    expect(await codeOf(signIn(deps, attempt()))).toBeNull()
    const notes = await db.selectFrom('audit').select(['actor', 'action']).orderBy('id').execute()
    expect(notes.map(({ actor, action }) => `${actor} ${action}`)).toEqual([
      'person:id-pm second_factor.on',
      'command line second_factor.reset',
      'person:id-pm sign_in',
    ])
  })

  test('neither secret nor codes are in the database in clear text, nor in any error', async () => {
    const { deps, db, secret, code, recovery } = await withFactor(await open())
    const error = await signIn(deps, attempt({ code: `${code()}7` })).catch((e: unknown) => e)
    const tables = ['people', 'second_factors', 'recovery_codes', 'audit', 'settings', 'sign_in_failures'] as const
    const rows = await Promise.all(tables.map((table) => db.selectFrom(table).selectAll().execute()))
    const shown = inspect([rows, error], { depth: 9, maxStringLength: null, maxArrayLength: null })
    const plain = recovery.map((text) => text.replaceAll('-', ''))
    for (const text of [secret, code(), code(-1), ...recovery, ...plain]) expect(shown).not.toContain(text)
  })

  test('a secret moved to another person opens nothing', async () => {
    const { deps, db, add, code } = await withFactor(await open())
    await add('support', PASSWORD)
    const row = await db.selectFrom('people').select('totp_sealed').where('id', '=', SELF.id).executeTakeFirstOrThrow()
    await db.updateTable('people').set(row).where('id', '=', 'id-support').execute()
    const key = await db.selectFrom('second_factors').selectAll().executeTakeFirstOrThrow()
    await db
      .insertInto('second_factors')
      .values({ ...key, person_id: 'id-support' })
      .execute()
    expect(await codeOf(acceptCode(deps, 'id-support', code()))).toBe('internal')
  })
})
