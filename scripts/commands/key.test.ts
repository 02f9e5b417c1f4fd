import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { base } from '@/lib/context-base'
import { type Env, readEnv } from '@/lib/env'
import { openDatabase } from '@/lib/store/engine/open'
import { alertKey } from './alert'
import { backup } from './backup'
import { doctor } from './doctor/doctor'
import { rotateKey } from './key'
import { addUser, resetUser } from './people'
import { newToken } from './tokens'

const OLD = 'c3b1a59f0e7d42688cfa61d0275be94f13f2ac90de7751b4068ed329fb5c47e1'
const NEW = '47b6a05e911f91ce53ed541257fed1c81870878eda0ce745b71f586982bf2ab6'
const given = { app: '*', 'password-stdin': false }
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pl-key-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const sourceOf = () => ({
  DATABASE_URL: `sqlite:${folder}/p.db`,
  PUBLIC_URL: 'http://127.0.0.1:9',
  LOG_LEVEL: 'silent',
})
const envOf = (more: Record<string, string> = {}): Env => readEnv({ ...sourceOf(), ...more })

async function entries(env: Env) {
  const { store } = await base(env)
  const { items } = await store.audit.list({ limit: 20 })
  await store.close()
  return items.reverse()
}

test('rotates a generated key, and the database opens with the new file only', async () => {
  const env = envOf()
  await (await base(env)).store.close()
  const path = join(folder, 'master.key')
  const before = readFileSync(path, 'utf8').trim()
  const { text, exitCode } = await rotateKey(env, given)
  expect([text, exitCode]).toEqual([expect.stringContaining('Its file has the new key'), undefined])
  const after = readFileSync(path, 'utf8').trim()
  expect(after).not.toBe(before)
  for (const key of [before, after]) expect(text).not.toContain(key)
  await expect(base(envOf({ MASTER_KEY: before }))).rejects.toMatchObject({ exitCode: 78 })
  expect(await entries(env)).toMatchObject([{ actor: 'command line', action: 'key.rotate' }])
})

test('takes the new key of a key from the environment, and says what is missing', async () => {
  await (await base(envOf({ MASTER_KEY: OLD }))).store.close()
  const missing = await rotateKey(envOf({ MASTER_KEY: OLD }), given)
  expect(missing).toEqual({ text: expect.stringContaining('NEW_MASTER_KEY'), exitCode: 64 })
  const both = envOf({ MASTER_KEY: OLD, NEW_MASTER_KEY: NEW })
  expect((await rotateKey(both, given)).text).toContain('Set MASTER_KEY to the new key')
  expect(await rotateKey(both, given)).toMatchObject({ text: expect.stringContaining('already'), exitCode: 64 })
  for (const env of [both, envOf({ MASTER_KEY: NEW })]) await (await base(env)).store.close()
  await expect(base(envOf({ MASTER_KEY: OLD }))).rejects.toMatchObject({ exitCode: 78 })
  expect(() => envOf({ NEW_MASTER_KEY: NEW })).toThrow('NEW_MASTER_KEY belongs to MASTER_KEY')
})

test('everything made by the command line is in the audit', async () => {
  const env = envOf()
  await addUser(env, { ...given, email: 'kim@example.com', role: 'viewer' })
  await resetUser(env, { ...given, email: 'kim@example.com' })
  await newToken(env, { ...given, name: 'Nightly', role: 'viewer', days: '9' })
  await alertKey(env, given)
  await backup(env, given)
  const found = await entries(env)
  expect(new Set(found.map(({ actor }) => actor))).toEqual(new Set(['command line']))
  expect(found.map(({ action }) => action)).toEqual([
    'person.add',
    'person.reset',
    'token.create',
    'alert.key',
    'backup',
  ])
  expect(found[0]?.detail).toMatchObject({ roles: '*:viewer' })
  expect(JSON.stringify(found)).not.toMatch(/kim|Nightly/)
})

test('doctor finds a changed entry, and entries that were cut off', async () => {
  const env = envOf()
  const source = sourceOf()
  await addUser(env, { ...given, email: 'kim@example.com', role: 'viewer' })
  await addUser(env, { ...given, email: 'lee@example.com', role: 'viewer' })
  expect((await doctor(source)).text).toContain('ok   the audit is complete and unchanged (2 entries)')
  const db = await openDatabase(env.database)
  await sql`drop trigger audit_no_delete`.execute(db)
  await sql`delete from audit where id = 2`.execute(db)
  expect(await doctor(source)).toMatchObject({
    text: expect.stringContaining('bad  the audit was changed'),
    exitCode: 1,
  })
  await sql`drop trigger audit_no_update`.execute(db)
  await sql`update audit set actor = 'person:1' where id = 1`.execute(db)
  await db.destroy()
  expect((await doctor(source)).text).toMatch(/bad {2}the audit was changed: entry 1 of 20\d\d-/)
})
