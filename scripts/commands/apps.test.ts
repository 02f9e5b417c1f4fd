import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { base } from '@/lib/context-base'
import { readEnv } from '@/lib/env'
import { bundled } from '@/lib/testing/bundled'

const KEY = 'canary-of-the-command-line-0123456789'
const folder = mkdtempSync(join(tmpdir(), 'pl-app-add-'))
const variables = { DATABASE_URL: `sqlite:${folder}/pushlens.db`, LOG_LEVEL: 'silent' }

afterAll(() => rmSync(folder, { recursive: true }))

function run(args: string[], input: string): { code: number; text: string } {
  const all = [...bundled('scripts/cli.ts'), 'app', 'add', ...args]
  const options = { cwd: resolve(import.meta.dirname, '../..'), input, encoding: 'utf8' as const }
  const env = { ...process.env, ...variables }
  try {
    return { code: 0, text: execFileSync(process.execPath, all, { ...options, env, stdio: 'pipe' }) }
  } catch (error) {
    const { status, stderr } = error as { status: number; stderr: string }
    return { code: status, text: stderr }
  }
}

test('app add stores an app that a running server collects, and neither prints nor records its key', async () => {
  const added = run(['--sdkappid', '1400000005', '--region', 'seoul', '--name', 'Lunch', '--days', '7'], `${KEY}\n`)
  expect(added).toMatchObject({ code: 0, text: expect.stringContaining('Connected app 1400000005') })
  expect(added.text).not.toContain(KEY)
  const { store, vault } = await base(readEnv(variables))
  try {
    const app = await store.apps.get('1400000005')
    if (!app) throw new Error('no app')
    expect(app).toMatchObject({ name: 'Lunch', region: 'seoul', draft: false, adminId: 'administrator' })
    expect(app.fillFrom).toBeGreaterThan(0)
    const cell = { table: 'apps', column: 'key_sealed', row: app.id }
    expect(vault.open(app, cell, app.key.sealed)).toBe(KEY)
    const { items } = await store.audit.list({ limit: 9 })
    expect(items).toMatchObject([{ actor: 'command line', action: 'app.add', appId: app.id }])
    expect(JSON.stringify(items)).not.toContain(KEY)
  } finally {
    await store.close()
  }
  expect(run(['--sdkappid', '1400000005'], KEY)).toMatchObject({
    code: 1,
    text: expect.stringContaining('connected already'),
  })
})

test('app add names the options to correct, without the key', () => {
  const refused = run(['--sdkappid', 'x', '--region', 'moon'], 'short')
  expect(refused.code).toBe(64)
  for (const option of ['--sdkappid', '--region', 'the key on standard input']) expect(refused.text).toContain(option)
  expect(refused.text).not.toContain('short')
})
