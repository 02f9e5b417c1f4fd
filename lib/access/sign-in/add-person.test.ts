import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { accessEnv, codeOf } from '@/lib/access/testing/access-env'
import { describeStores } from '@/lib/store/testing/database'
import { addPerson } from './add-person'
import { signIn } from './sign-in'

const PASSWORD = 'violet anchor tundra'
const NEW = { email: 'Pm@Example.com', name: ' Pim ', password: PASSWORD }

describeStores('adding a person', ({ open }) => {
  test('lets them sign in with their roles', async () => {
    const { deps } = accessEnv(await open())
    const id = await addPerson(deps, NEW, [{ app: 'shop', role: 'viewer' }])
    const found = { email: 'pm@example.com', password: PASSWORD, address: '192.0.2.7', device: null }
    expect(await signIn(deps, found)).toMatchObject({ personId: id, name: 'Pim', email: 'pm@example.com' })
    expect(await deps.people.grantsOf(id)).toEqual([{ app_id: 'shop', role: 'viewer' }])
  })

  test('stores the password only as an argon2id hash', async () => {
    const { deps, db } = accessEnv(await open())
    await addPerson(deps, NEW, [])
    const row = await db.selectFrom('people').selectAll().executeTakeFirstOrThrow()
    expect(row.password_hash).toMatch(/^\$argon2id\$/)
    expect(JSON.stringify(row)).not.toContain('violet')
  })

  test('refuses invalid input and names the field, without the password', async () => {
    const { deps, db } = accessEnv(await open())
    const wrong = [
      ['email', { ...NEW, email: 'nobody' }],
      ['name', { ...NEW, name: '  ' }],
      ['name', { ...NEW, name: 'x'.repeat(81) }],
      ['password', { ...NEW, password: 'canary-shrt' }],
      ['password', { ...NEW, password: 'Password2026!canary'.slice(0, 13) }],
    ] as const
    for (const [field, given] of wrong) {
      const error = await addPerson(deps, given, []).catch((e: unknown) => e)
      expect(error).toMatchObject({ code: 'bad_request', field })
      expect(inspect(error)).not.toContain(given.password)
    }
    expect(await db.selectFrom('people').select('id').execute()).toEqual([])
  })

  test('refuses a taken address in any case, and changes nothing', async () => {
    const { deps, db } = accessEnv(await open())
    await addPerson(deps, NEW, [])
    const before = await db.selectFrom('people').selectAll().execute()
    const again = { ...NEW, email: 'PM@EXAMPLE.COM', password: 'another anchor tundra' }
    expect(await codeOf(addPerson(deps, again, [{ app: '*', role: 'admin' }]))).toBe('conflict')
    expect(await db.selectFrom('people').selectAll().execute()).toEqual(before)
    expect(await db.selectFrom('grants').selectAll().execute()).toEqual([])
  })
})
