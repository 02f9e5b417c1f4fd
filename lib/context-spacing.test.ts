import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { compose } from './context'
import { connectApp } from './context-app'
import { base } from './context-base'
import { readEnv } from './env'

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

/** A demo on a database in which a real app was connected before. */
async function demoBesideRealApp(spacingMs: string) {
  const folder = mkdtempSync(join(tmpdir(), 'pl-spacing-'))
  undo.push(() => rmSync(folder, { recursive: true }))
  const env = readEnv({
    DATABASE_URL: `sqlite:${folder}/pushlens.db`,
    TIM_SDKAPPID: '1400000001',
    TIM_SECRET_KEY: 'k'.repeat(64),
    TIM_BASE_URL: 'http://127.0.0.1:9',
    UPSTREAM_SPACING_MS: spacingMs,
    COLLECTOR: 'off',
    DEMO: 'on',
    LOG_LEVEL: 'silent',
    ADMIN_EMAIL: 'admin@example.com',
    ADMIN_PASSWORD: 'a lighthouse keeps no secrets 9',
  })
  const before = await base(env)
  if (!env.app) throw new Error('the environment has no app')
  await connectApp(before, { ...env.app, sdkAppId: 1_400_000_002, baseUrl: null, demo: false })
  await before.store.close()
  const running = await compose(env)
  undo.push(() => running.stop())
  const spacing = async (id: string) =>
    new Set((await running.ctx.gateway.lanes(id)).slice(0, 6).map(({ spacingMs }) => spacingMs))
  return { gateway: running.ctx.gateway, spacing }
}

test('a spacing below a second applies only to apps whose upstream is on this machine', async () => {
  const { gateway, spacing } = await demoBesideRealApp('5')
  expect(await spacing('1400000001')).toEqual(new Set([5]))
  expect(await spacing('1400000002')).toEqual(new Set([1_000]))
  for (const ms of [20, null]) {
    await gateway.pace('1400000002', ms)
    expect(await spacing('1400000002')).toEqual(new Set([1_000]))
  }
})

test('a longer spacing applies to every app', async () => {
  const { spacing } = await demoBesideRealApp('3000')
  expect(await spacing('1400000001')).toEqual(new Set([3_000]))
  expect(await spacing('1400000002')).toEqual(new Set([3_000]))
})
