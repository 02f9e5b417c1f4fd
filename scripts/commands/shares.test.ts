import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addPerson } from '@/lib/access/sign-in/add-person'
import { base } from '@/lib/context-base'
import { readEnv } from '@/lib/env'
import { newApp } from '@/lib/store/testing/rows'
import { newShare } from '@/lib/store/testing/shares'
import { listShares, revokeShares, verifyShare } from './shares'

const folder = mkdtempSync(join(tmpdir(), 'pl-shares-'))
const env = readEnv({ DATABASE_URL: `sqlite:${folder}/p.db`, LOG_LEVEL: 'silent' })
const nowhere = readEnv({ DATABASE_URL: `sqlite:${folder}/none.db`, LOG_LEVEL: 'silent' })
const given = { app: '*', 'password-stdin': false }
const FROZEN = '{"kind":"lookup","views":[]}'
const sha256 = createHash('sha256').update(FROZEN).digest('hex')
const file = join(folder, 'frozen.json')

beforeAll(async () => {
  writeFileSync(file, FROZEN)
  const { store, access } = await base(env)
  const pm = { email: 'pm@example.com', name: 'Mina', password: 'a lighthouse keeps no secrets 9' }
  const owner = `person:${await addPerson(access, pm, [{ app: '*', role: 'admin' }])}`
  const content = JSON.stringify({ kind: 'lookup', lookup: { pushId: null, taskId: 't', pseudonyms: false } })
  for (const id of ['shop', 'game']) await store.apps.upsert(newApp({ id, sdkAppId: id.length }))
  const row = { owner, content, ends_at: 5_000_000_000 }
  await store.shares.create(newShare({ ...row, id: 'a', app_id: 'shop', frozen: FROZEN, frozen_at: 1, sha256 }))
  await store.shares.create(newShare({ ...row, id: 'b', app_id: 'game' }))
  await store.shares.create(newShare({ ...row, id: 'c', app_id: 'game', owner: 'person:gone' }))
  await store.close()
})
afterAll(() => rmSync(folder, { recursive: true }))

async function states(): Promise<string[][]> {
  const { text } = await listShares(env, given)
  const rows = text.split('\n').slice(1)
  return rows.map((row) => row.split(/ {2,}/)).map(([id = '', state = '', , , owner = '']) => [id, state, owner])
}

test('links are listed with their states and owners, and revoked one by one, by app or by person', async () => {
  expect((await states()).sort()).toEqual([
    ['a', 'open', 'Mina'],
    ['b', 'open', 'Mina'],
    ['c', 'orphaned', 'gone'],
  ])
  expect((await listShares(env, { ...given, app: 'none' })).text).toBe('There are no shared links.')
  for (const wrong of [{}, { id: 'unknown' }, { email: 'nobody@example.com' }])
    expect((await revokeShares(env, { ...given, ...wrong })).exitCode, JSON.stringify(wrong)).toBe(64)
  expect((await revokeShares(env, { ...given, id: 'a' })).text).toBe('Revoked “For the partner”.')
  expect((await revokeShares(env, { ...given, email: 'PM@example.com' })).text).toBe('Revoked links: 1')
  expect((await revokeShares(env, { ...given, app: 'game' })).text).toBe('Revoked links: 1')
  expect((await states()).map(([, state]) => state)).toEqual(['revoked', 'revoked', 'revoked'])
  const { store } = await base(env)
  const { items } = await store.audit.list({ limit: 3 })
  expect(items.map(({ actor, action, appId }) => [actor, action, appId])).toEqual([
    ['command line', 'share.revoke_all', 'game'],
    ['command line', 'share.revoke_all', 'game'],
    ['command line', 'share.revoke', 'shop'],
  ])
  await store.close()
})

test('a file is compared with a hash, without a database', async () => {
  const verify = (hash?: string) =>
    verifyShare(nowhere, { ...given, argument: file, ...(hash === undefined ? {} : { sha256: hash }) })
  expect(await verify(sha256.toUpperCase())).toMatchObject({
    exitCode: 0,
    text: expect.stringContaining('byte for byte'),
  })
  expect(await verify('0'.repeat(64))).toMatchObject({ exitCode: 1, text: expect.stringContaining('Differs') })
  expect((await verify('no hash')).exitCode).toBe(64)
  expect(await verify()).toMatchObject({ exitCode: 64, text: expect.stringContaining('no database') })
  expect((await verifyShare(nowhere, given)).exitCode).toBe(64)
  expect((await verifyShare(nowhere, { ...given, argument: `${file}.none` })).exitCode).toBe(64)
})

test('a file is found among the frozen links, and one changed byte is noticed', async () => {
  const found = await verifyShare(env, { ...given, argument: file })
  expect(found).toMatchObject({ exitCode: 0, text: expect.stringContaining('“For the partner” (a) of app shop') })
  expect(found.text).toContain(sha256)
  writeFileSync(file, `${FROZEN} `)
  expect(await verifyShare(env, { ...given, argument: file })).toMatchObject({
    exitCode: 1,
    text: expect.stringContaining('No frozen link'),
  })
})
