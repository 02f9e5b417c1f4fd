import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { findSession, startSession } from '@/lib/access/sessions'
import { accessEnv, codeOf } from '@/lib/access/testing/access-env'
import { describeStores } from '@/lib/store/testing/database'
import { resetPassword } from './reset-password'
import { signIn } from './sign-in'

const [OLD, NEW] = ['violet anchor tundra', 'quiet marble harbour']
const attempt = (password: string) => ({ email: 'pm@example.com', password, address: '192.0.2.7', device: null })

describeStores('resetting a password', ({ open }) => {
  test("accepts the new password, refuses the old one, and ends only that person's sessions", async () => {
    const { deps, add } = accessEnv(await open())
    await add('pm', OLD)
    await add('support')
    const visit = { address: '192.0.2.7', agent: '' }
    const [own, other] = [await startSession(deps, 'id-pm', visit), await startSession(deps, 'id-support', visit)]
    await resetPassword(deps, ' PM@example.com', NEW)
    expect(await codeOf(signIn(deps, attempt(OLD)))).toBe('bad_credentials')
    expect(await codeOf(signIn(deps, attempt(NEW)))).toBeNull()
    expect(await findSession(deps, own.reveal())).toBeNull()
    expect(await findSession(deps, other.reveal())).not.toBeNull()
  })

  test('is audited without address or password', async () => {
    const { deps, add, db } = accessEnv(await open())
    await add('pm', OLD)
    await resetPassword(deps, 'pm@example.com', NEW)
    const notes = await db.selectFrom('audit').selectAll().execute()
    expect(notes).toEqual([expect.objectContaining({ actor: 'command line', action: 'person.reset' })])
    expect(JSON.stringify(notes)).not.toMatch(/example|marble/)
  })

  test('a common password or an unknown address changes nothing', async () => {
    const { deps, add, db } = accessEnv(await open())
    await add('pm', OLD)
    const before = await db.selectFrom('people').selectAll().execute()
    const error = await resetPassword(deps, 'pm@example.com', 'password12345').catch((e: unknown) => e)
    expect(error).toMatchObject({ code: 'bad_request', field: 'password' })
    expect(inspect(error)).not.toContain('password12345')
    for (const address of ['nobody@example.com', 'nobody', '']) {
      expect(await codeOf(resetPassword(deps, address, NEW))).toBe('not_found')
    }
    expect(await db.selectFrom('people').selectAll().execute()).toEqual(before)
  })
})
