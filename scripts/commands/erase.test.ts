import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { base } from '@/lib/context-base'
import { type Env, readEnv } from '@/lib/env'
import { newApp } from '@/lib/store/testing/rows'
import { erasePerson } from './erase'

const folder = mkdtempSync(join(tmpdir(), 'pl-erase-'))
const env: Env = readEnv({ DATABASE_URL: `sqlite:${folder}/p.db`, LOG_LEVEL: 'silent' })
const given = { app: '*', 'password-stdin': false }
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('erases a user from every app, and only if both UserIDs match', async () => {
  const context = await base(env)
  const personHash = context.vault.hash('person', 'kim')
  for (const id of ['a', 'b']) {
    await context.store.apps.upsert(newApp({ id }))
    const sealed = { keySealed: 's', bodySealed: 's', fetchedAt: 1 }
    await context.store.traces.save({ appId: id, source: 'task', keyHash: 'k', personHash, ...sealed })
  }
  await context.store.close()
  for (const wrong of [
    { user: 'kim' },
    { user: 'kim', confirm: 'lee' },
    { user: 'x'.repeat(33), confirm: 'x'.repeat(33) },
  ]) {
    expect((await erasePerson(env, { ...given, ...wrong })).exitCode).toBe(64)
  }
  const twice = { ...given, user: 'kim', confirm: 'kim' }
  expect((await erasePerson(env, { ...twice, app: 'none' })).exitCode).toBe(64)
  expect(await erasePerson(env, { ...twice, app: 'a' })).toEqual({
    text: 'Erased look-ups: 1; erased labels, notes and imports: 0',
  })
  expect((await erasePerson(env, twice)).text).toContain('Erased look-ups: 1;')
  const after = await base(env)
  const entries = await after.store.audit.ofSubject(personHash, 5)
  expect(entries.map(({ actor, action, appId }) => `${actor} ${action} ${appId}`)).toEqual([
    'command line user.erase b',
    'command line user.erase a',
    'command line user.erase a',
  ])
  expect(await after.store.audit.check()).toEqual({ entries: 3, broken: null })
  expect(JSON.stringify((await after.store.audit.list({ limit: 9 })).items)).not.toContain('kim')
  await after.store.close()
})
