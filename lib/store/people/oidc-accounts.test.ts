import { expect, test } from 'vitest'
import type { Db } from '@/lib/store/engine/open'
import { describeStores } from '@/lib/store/testing/database'
import { oidcAccounts } from './oidc-accounts'
import { people } from './people'

const ACCOUNT = { issuer: 'https://id.example.com', subject: 's1' }
const VIEWER = [{ app_id: '*', role: 'viewer' }]

const person = (id: string, grants: { app_id: string; role: string }[] = []) => ({
  person: {
    id,
    email: `${id}@example.com`,
    name: id,
    password_hash: null,
    totp_sealed: null,
    disabled_at: null,
    created_at: 7,
  },
  grants,
})

const disable = (db: Db, id: string) =>
  db.updateTable('people').set({ disabled_at: 1 }).where('id', '=', id).executeTakeFirst()

describeStores('accounts at sign-in providers', ({ open }) => {
  test('belong to one person, and a person has one at each provider', async () => {
    const db = await open()
    const accounts = oidcAccounts(db)
    for (const id of ['ana', 'ben']) await people(db).create(person(id))
    expect(await accounts.link(ACCOUNT, 'ana', 5)).toBe(true)
    expect(await accounts.link(ACCOUNT, 'ben', 5)).toBe(false)
    expect(await accounts.link({ ...ACCOUNT, subject: 's2' }, 'ana', 5)).toBe(false)
    expect(await accounts.link({ ...ACCOUNT, issuer: 'https://other.example.com' }, 'ben', 5)).toBe(true)
    expect(await accounts.personOf(ACCOUNT)).toEqual({ id: 'ana', disabled: false })
    expect(await accounts.personOf({ ...ACCOUNT, subject: 's2' })).toBeNull()
  })

  test('say whether the person is disabled, and go with the person', async () => {
    const db = await open()
    const accounts = oidcAccounts(db)
    await accounts.addPerson(person('ana'), ACCOUNT)
    await disable(db, 'ana')
    expect(await accounts.personOf(ACCOUNT)).toEqual({ id: 'ana', disabled: true })
    await db.deleteFrom('people').where('id', '=', 'ana').execute()
    expect(await accounts.personOf(ACCOUNT)).toBeNull()
  })

  test('come with a new person, or nothing is written', async () => {
    const db = await open()
    const accounts = oidcAccounts(db)
    expect(await accounts.addPerson(person('ana', VIEWER), ACCOUNT)).toBe(true)
    expect(await people(db).grantsOf('ana')).toEqual(VIEWER)
    expect(await accounts.addPerson(person('ben', VIEWER), ACCOUNT)).toBe(false)
    expect(await people(db).byEmail('ben@example.com')).toBeNull()
    expect(await people(db).grantsOf('ben')).toEqual([])
    const sameEmail = { ...person('cho'), person: { ...person('cho').person, email: 'ana@example.com' } }
    expect(await accounts.addPerson(sameEmail, { ...ACCOUNT, subject: 's3' })).toBe(false)
  })
})
