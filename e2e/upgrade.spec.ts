import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from '@playwright/test'
import { expectAccessibleInEveryLook } from './testing/accessible'
import { freePort, temporaryFolder } from './testing/server'

/** Makes a database of the first version in which a later migration finds a table that should not be there. */
const BROKEN = `
  const { loadSchema } = await import('./lib/store/testing/schemas.ts')
  const { sqliteModule } = await import('./lib/store/engine/sqlite.ts')
  const path = process.env.DATABASE
  await loadSchema({ kind: 'sqlite', path }, '001-first')
  const { DatabaseSync } = await sqliteModule()
  const db = new DatabaseSync(path)
  db.exec('create table annotations (x integer)')
  db.close()`

test('a failed upgrade of the built app is a page that says what to do, with the old database and its copy', async ({
  page,
}) => {
  const folder = temporaryFolder()
  const cwd = resolve(import.meta.dirname, '..')
  const path = join(folder.path, 'pushlens.db')
  const args = ['--conditions=react-server', '--import', 'tsx', '--input-type=module', '-e', BROKEN]
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'production' as const }
  await once(spawn(process.execPath, args, { cwd, env: { ...env, DATABASE: path }, stdio: 'inherit' }), 'exit')
  const port = await freePort()
  const given = { ...env, PORT: String(port), DATABASE_URL: `sqlite:${path}`, NEXT_TELEMETRY_DISABLED: '1' }
  const child = spawn(process.execPath, ['server/index.mjs'], { cwd, env: given })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  await expect.poll(() => output, { timeout: 30_000 }).toContain('"failedUpgrade":true')
  expect(output).toMatch(
    /The upgrade failed at 026-annotations: table "annotations" already exists\. The database is as it was/,
  )

  const url = `http://localhost:${port}`
  expect((await page.goto(`${url}/campaigns`))?.status()).toBe(503)
  await expect(page.getByRole('heading', { level: 1, name: 'Upgrade failed' })).toBeVisible()
  await expectAccessibleInEveryLook(page)
  expect((await page.request.get(`${url}/healthz`)).status()).toBe(200)
  expect(await (await page.request.get(`${url}/readyz`)).json()).toMatchObject({ database: 'upgrade_failed' })
  expect(readdirSync(folder.path)).toContain('pushlens.db.before-002-collecting.bak')
  child.kill('SIGTERM')
  const [code] = await once(child, 'exit')
  expect(code).toBe(70)
  folder.remove()
})
