import { expect, test } from 'vitest'
import { accessEnv, codeOf } from '@/lib/access/testing/access-env'
import { describeStores } from '@/lib/store/testing/database'
import { ensureAdministrator } from './environment-administrator'
import { isSetupOpen } from './setup'
import { signIn } from './sign-in'

const GIVEN = { email: 'Boss@Example.com', password: 'violet anchor tundra' }
const attempt = (password: string) => ({ email: GIVEN.email, password, address: '192.0.2.7', device: null })

describeStores('the administrator of the environment', ({ open, again }) => {
  test('is created once, may do everything, and closes the set-up', async () => {
    const { deps, db } = accessEnv(await open())
    expect(await ensureAdministrator(deps, GIVEN)).toBe('created')
    expect(await ensureAdministrator(deps, GIVEN)).toBe('exists')
    const { personId } = await signIn(deps, attempt(GIVEN.password))
    expect(await deps.people.grantsOf(personId)).toEqual([{ app_id: '*', role: 'admin' }])
    expect(await isSetupOpen(deps)).toBe(false)
    expect(
      await db.selectFrom('audit').select(['actor', 'action']).where('action', '=', 'person.add').execute(),
    ).toEqual([{ actor: 'environment', action: 'person.add' }])
  })

  test('another password in the environment changes nothing', async () => {
    const { deps, db } = accessEnv(await open())
    await ensureAdministrator(deps, GIVEN)
    const before = await db.selectFrom('people').selectAll().execute()
    for (const password of ['quiet marble harbour', 'password1234']) {
      expect(await ensureAdministrator(deps, { ...GIVEN, password })).toBe('exists')
    }
    expect(await db.selectFrom('people').selectAll().execute()).toEqual(before)
    expect(await codeOf(signIn(deps, attempt('quiet marble harbour')))).toBe('bad_credentials')
  })

  test('an existing person with the address keeps their role', async () => {
    const { deps, add } = accessEnv(await open())
    await add('pm')
    expect(await ensureAdministrator(deps, { ...GIVEN, email: 'pm@example.com' })).toBe('exists')
    expect(await deps.people.grantsOf('id-pm')).toEqual([{ app_id: 'shop', role: 'viewer' }])
    expect(await isSetupOpen(deps)).toBe(true)
  })

  test('is not created again after another administrator removed them', async () => {
    const { deps, db, add } = accessEnv(await open())
    await ensureAdministrator(deps, GIVEN)
    await add('admin')
    const boss = await deps.people.byEmail('boss@example.com')
    expect(await deps.withdrawals.remove(boss?.id ?? '', 9)).toBe('done')
    expect(await ensureAdministrator(deps, GIVEN)).toBe('exists')
    expect((await deps.people.list()).map(({ id }) => id)).toEqual(['id-admin'])
    expect(await db.selectFrom('people').select('id').execute()).toHaveLength(1)
  })

  test('a common password is refused, and nobody is created', async () => {
    const { deps, db } = accessEnv(await open())
    for (const password of ['administrator1', 'changeme12345', 'boss-example-com']) {
      expect(await codeOf(ensureAdministrator(deps, { ...GIVEN, password }))).toBe('bad_request')
    }
    expect(await db.selectFrom('people').select('id').execute()).toEqual([])
  })

  test('of replicas that start at the same time one creates it', async () => {
    const db = await open()
    const { deps } = accessEnv(db)
    const other = accessEnv(await again()).deps
    const ends = await Promise.all([deps, other, deps, other].map((one) => ensureAdministrator(one, GIVEN)))
    expect(ends.sort()).toEqual(['created', 'exists', 'exists', 'exists'])
    expect(await db.selectFrom('people').select('id').execute()).toHaveLength(1)
  })
})
