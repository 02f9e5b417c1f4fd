import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { restore } from '@/scripts/commands/backup'
import { compose, type Running } from './context'
import { type Env, readEnv } from './env'
import { openDatabase } from './store/engine/open'
import { stepOf } from './store/testing/crash-writer'
import { everyRow } from './store/testing/schemas'
import { saveWindows } from './store/windows/window-save'
import { dose, figure } from './testing/dose'

const OWN = '1400000001'
const SECRET = 'a-secret-key-that-signs-nothing-here'
const STEPS = dose(400, 20_000)

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pl-drill-'))
  undo.push(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const envOf = (folder: string, more: Record<string, string> = {}) =>
  readEnv({
    DATABASE_URL: `sqlite:${folder}/pushlens.db`,
    ADMIN_EMAIL: 'admin@example.com',
    ADMIN_PASSWORD: 'a lighthouse keeps no secrets 9',
    COLLECTOR: 'off',
    LOG_LEVEL: 'silent',
    ...more,
  })
const withApp = { TIM_SDKAPPID: OWN, TIM_SECRET_KEY: SECRET, TIM_BASE_URL: 'http://127.0.0.1:9' }

async function started(env: Env): Promise<Running> {
  const running = await compose(env)
  undo.push(() => running.stop())
  return running
}

/** What people would be told: the app with its opened secret key, and the days of the archive. */
async function answers({ ctx }: Running) {
  const app = await ctx.store.apps.get(OWN)
  if (!app) throw new Error('no app')
  const days = await ctx.store.daily.within({ appId: OWN, source: 'task', from: 0, to: 4_000_000_000 })
  return { app: app.name, secret: await ctx.upstreamApp(app).secretKey(), days }
}

async function rowsOf(path: string) {
  const db = await openDatabase({ kind: 'sqlite', path })
  const rows = await everyRow(db, 'sqlite')
  await db.destroy()
  return rows
}

test('a backup made under load is restored in another folder: same rows, same answers; without the key a sentence', async () => {
  const [here, there] = [newFolder(), newFolder()]
  const served = await started(envOf(here, withApp))
  const db = await openDatabase({ kind: 'sqlite', path: join(here, 'pushlens.db') })
  undo.push(() => db.destroy())
  for (let step = 0; step < STEPS; step++) await saveWindows(db, stepOf(step))
  let over = false
  let written = STEPS
  const made = served.ctx.backups.make('person').finally(() => {
    over = true
  })
  while (!over) await saveWindows(db, stepOf(written++))
  const { name, bytes } = await made
  const copy = join(here, 'backups', name)
  // Steps are saved in pairs of windows in one transaction, so that a torn copy would show.
  const copied = await rowsOf(copy)
  expect((copied.get('windows')?.length ?? 1) % 2).toBe(0)
  expect(copied.get('windows')?.length).toBeGreaterThanOrEqual(STEPS)

  mkdirSync(there, { recursive: true })
  const options = { app: '*', 'password-stdin': false, from: copy }
  const refused = await restore(envOf(there), options)
  expect(refused).toMatchObject({ exitCode: 1, text: expect.stringContaining('there is no master key here') })

  copyFileSync(join(here, 'master.key'), join(there, 'master.key'))
  const beganMs = performance.now()
  expect(await restore(envOf(there), options)).toMatchObject({ exitCode: 0 })
  const restored = await rowsOf(join(there, 'pushlens.db'))
  for (const [table, rows] of copied) expect(restored.get(table), table).toEqual(rows)
  const again = await started(envOf(there))
  const told = await answers(again)
  const rtoMs = Math.round(performance.now() - beganMs)

  expect(told.secret).toBe(SECRET)
  const days = (await answers(served)).days
  expect(told.days.length).toBeGreaterThan(0)
  // The last day may have grown after the copy.
  expect(told.days.slice(0, -1)).toEqual(days.slice(0, told.days.length - 1))
  const text = `a backup of ${(bytes / 1e6).toFixed(1)} MB made under load was restored and answered in ${rtoMs} ms`
  console.log(text)
  figure('restore', text)
}, 120_000)
