import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { type Emulator, startEmulator } from '@/emulator/start'
import { authorize } from '@/lib/access/authorize'
import type { Principal } from '@/lib/access/principal'
import { codeOf } from '@/lib/access/testing/access-env'
import { compose, type Running } from '@/lib/context'
import { type AppChangeBody, appChange, appRemoval, checkBody, newAppBody } from '@/lib/contract/apps/manage'
import { readEnv } from '@/lib/env'
import { newShare } from '@/lib/store/testing/shares'
import { addApp } from './add-app'
import { changeApp } from './change-app'
import { checkApp } from './check-app'
import { listApps } from './list-apps'
import { removeApp } from './remove-app'

const APP = 1_400_000_007
const ID = String(APP)
const KEY = 'the-right-key-of-the-emulated-app'
const OTHER_KEY = 'another-key-that-tencent-does-not-know'
const ADMIN = person('admin')
const undo: (() => unknown)[] = []

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

function person(role: 'admin' | 'viewer'): Principal {
  const grants = [{ app: '*', role }]
  return { kind: 'person', id: role, name: role, email: `${role}@example.com`, grants, sessionIdHash: '' }
}

async function open(more: Record<string, string> = {}): Promise<{ running: Running; emulator: Emulator }> {
  const app = { sdkAppId: APP, key: KEY, admins: ['administrator', 'second'] }
  const emulator = await startEmulator({ apps: [app], spacingMs: 1, users: 50 })
  const folder = mkdtempSync(join(tmpdir(), 'pl-apps-'))
  undo.push(
    () => rmSync(folder, { recursive: true }),
    () => emulator.stop(),
  )
  const env = {
    DATABASE_URL: `sqlite:${folder}/pushlens.db`,
    ADMIN_EMAIL: 'admin@example.com',
    ADMIN_PASSWORD: 'a lighthouse keeps no secrets 9',
    TIM_BASE_URL: emulator.url,
    UPSTREAM_SPACING_MS: '5',
    LOG_LEVEL: 'silent',
    ...more,
  }
  const running = await compose(readEnv(env))
  undo.push(() => running.stop())
  return { running, emulator }
}

async function scoped<Q>({ ctx }: Running, query: Q, id = ID, who = ADMIN) {
  return authorize(who, 'admin', await ctx.store.apps.get(id), query)
}

const add = ({ ctx }: Running, more: object = {}, who = ADMIN) =>
  addApp(ctx, who, newAppBody.parse({ sdkAppId: APP, secretKey: KEY, ...more }))

async function change(running: Running, body: AppChangeBody) {
  return changeApp(running.ctx, await scoped(running, appChange.parse(body)))
}

async function check(running: Running, body: object = {}) {
  return checkApp(running.ctx, await scoped(running, checkBody.parse(body)))
}

const signed = async ({ ctx }: Running) => (await ctx.store.apps.get(ID))?.key.fingerprint

describe('a new app', () => {
  test('is a draft that only administrators see, until it starts to collect', async () => {
    const { running } = await open()
    const { ctx } = running
    const reply = await add(running)
    expect(reply).toMatchObject({ id: ID, name: `App ${ID}`, region: 'china', settings: { draft: true, fixed: false } })
    expect(JSON.stringify(reply)).not.toContain(KEY)
    expect((await listApps(ctx, ADMIN)).items).toHaveLength(1)
    expect((await listApps(ctx, person('viewer'))).items).toEqual([])
    const now = ctx.clock.dataS()
    const started = await change(running, { collectDays: 7 })
    expect(started.settings?.draft).toBe(false)
    expect((await ctx.store.apps.get(ID))?.fillFrom).toBeGreaterThanOrEqual(now - 7 * 86_400)
    const [seen] = (await listApps(ctx, person('viewer'))).items
    expect(seen).toMatchObject({ id: ID, role: 'viewer' })
    expect(seen).not.toHaveProperty('settings')
  })

  test('is refused a second time, and to everybody who does not administer all apps', async () => {
    const { running } = await open()
    await add(running)
    expect(await codeOf(add(running))).toBe('conflict')
    expect(await codeOf(add(running, {}, person('viewer')))).toBe('forbidden')
    expect(await codeOf(add(running, {}, { kind: 'anonymous' }))).toBe('not_signed_in')
  })

  test('is recorded in the audit without its key', async () => {
    const { running } = await open()
    await add(running, { collectDays: 30 })
    const { items } = await running.ctx.store.audit.list({ limit: 5 })
    expect(items.find(({ action }) => action === 'app.add')).toMatchObject({ actor: 'person:admin', appId: ID })
    expect(JSON.stringify(items)).not.toContain(KEY)
  })
})

describe('a check of a draft', () => {
  test('calls every endpoint through the lanes and stores nothing', async () => {
    const { running } = await open()
    await add(running)
    const { endpoints, complete } = await check(running)
    expect([complete, endpoints.filter(({ ok }) => ok).length]).toEqual([true, 6])
    expect(await running.ctx.store.windows.headers({ appId: ID, source: 'task', from: 0 })).toEqual([])
  })

  test.each([
    ['a wrong key', { secretKey: OTHER_KEY }, 70_009],
    ['a wrong administrator', { adminId: 'nobody' }, 60_010],
    ['an SDKAppID of another region', { sdkAppId: 1_400_000_008 }, 70_020],
  ])('with %s calls Tencent once, and stops nothing', async (_, wrong, code) => {
    const { running, emulator } = await open()
    const { id } = await add(running, wrong)
    const { endpoints } = await checkApp(running.ctx, await scoped(running, {}, id))
    expect(endpoints.map(({ problem }) => problem?.upstreamCode)).toEqual(Array(6).fill(code))
    const { items } = (await (await fetch(`${emulator.controlUrl}/arrivals`)).json()) as { items: unknown[] }
    expect(items).toHaveLength(1)
    expect((await running.ctx.store.apps.get(id))?.stopped).toBeNull()
  })

  test('names the endpoints for which the service is not enabled', async () => {
    const { running, emulator } = await open()
    await add(running)
    const fault = { kind: 'code', code: 90_045, endpoint: 'normal_push_loss' }
    await fetch(`${emulator.controlUrl}/faults`, { method: 'POST', body: JSON.stringify(fault) })
    const { endpoints } = await check(running)
    expect(endpoints.filter(({ ok }) => !ok)).toMatchObject([
      { endpoint: 'normal_push_loss', problem: { code: 'upstream_not_enabled', upstreamCode: 90_045 } },
    ])
    expect((await running.ctx.gateway.lanes(ID)).map(({ state }) => state)).not.toContain('stopped')
  })
})

describe('another key', () => {
  test('that Tencent refuses does not take over, and the present one goes on', async () => {
    const { running } = await open()
    await add(running, { collectDays: 30 })
    const before = await signed(running)
    expect(await codeOf(change(running, { secretKey: OTHER_KEY }))).toBe('upstream_credential')
    expect(await signed(running)).toBe(before)
    expect((await running.ctx.store.apps.get(ID))?.stopped).toBeNull()
    expect((await check(running)).endpoints.every(({ ok }) => ok)).toBe(true)
  })

  test('takes over after Tencent has accepted it, also while the present one is refused', async () => {
    const { running } = await open()
    await add(running, { secretKey: OTHER_KEY, collectDays: 30 })
    expect((await check(running)).endpoints.some(({ ok }) => ok)).toBe(false)
    expect((await running.ctx.store.apps.get(ID))?.stopped?.upstreamCode).toBe(70_009)
    await change(running, { secretKey: KEY })
    expect((await running.ctx.store.apps.get(ID))?.stopped).toBeNull()
    expect((await check(running)).endpoints.every(({ ok }) => ok)).toBe(true)
  })

  test('leaves what was sealed before readable', async () => {
    const { running } = await open()
    await add(running, { collectDays: 30 })
    const cell = { table: 'traces', column: 'body_sealed', row: 'x' }
    const { app } = await scoped(running, {})
    const sealed = running.ctx.vault.seal(app, cell, 'kept')
    await change(running, { adminId: 'second', secretKey: KEY })
    const changed = await scoped(running, {})
    expect(running.ctx.vault.open(changed.app, cell, sealed)).toBe('kept')
    expect(changed.app.adminId).toBe('second')
  })
})

describe('an app', () => {
  test('is renamed, paused and resumed, and its channels get names', async () => {
    const { running } = await open()
    await add(running, { collectDays: 30 })
    const named = await change(running, { name: 'Lunch', channels: { platform_9: 'HarmonyOS', platform_10: '' } })
    expect(named).toMatchObject({ name: 'Lunch', channels: { platform_9: 'HarmonyOS' } })
    expect((await change(running, { paused: true })).settings?.pausedAt).not.toBeNull()
    expect((await change(running, { paused: false })).settings?.pausedAt).toBeNull()
  })

  test('moves among the others', async () => {
    const { running } = await open()
    for (const n of [1, 2, 3]) await add(running, { sdkAppId: n, collectDays: 30 })
    const { ctx } = running
    await changeApp(ctx, await scoped(running, { place: 1 }, '3'))
    expect((await listApps(ctx, ADMIN)).items.map(({ id }) => id)).toEqual(['3', '1', '2'])
  })

  test('is removed with its SDKAppID typed; its archive comes back with it or is erased', async () => {
    const { running } = await open()
    await add(running, { collectDays: 30 })
    await check(running)
    const remove = async (confirm: string, archive: 'keep' | 'erase') =>
      removeApp(running.ctx, await scoped(running, appRemoval.parse({ confirm, archive })))
    const stored = async () => (await running.ctx.store.windows.headers({ appId: ID, source: 'task', from: 0 })).length
    expect(await codeOf(remove('1', 'erase'))).toBe('bad_request')
    expect(await stored()).toBeGreaterThan(0)
    const { shares } = running.ctx.store
    await shares.create(newShare({ id: 'a', app_id: ID }))
    await remove(ID, 'keep')
    expect(await running.ctx.store.apps.get(ID)).toBeNull()
    await add(running, { collectDays: 30 })
    expect((await shares.byId('a'))?.revoked_at).not.toBeNull()
    expect(await stored()).toBeGreaterThan(0)
    expect((await check(running)).endpoints.every(({ ok }) => ok)).toBe(true)
    await remove(ID, 'erase')
    expect([await stored(), await shares.byId('a')]).toEqual([0, null])
  })

  test('of the environment keeps its name and key, and stays unless it is a demo', async () => {
    const given = { TIM_SDKAPPID: ID, TIM_SECRET_KEY: KEY }
    const { running } = await open(given)
    expect(await codeOf(change(running, { name: 'Other' }))).toBe('set_by_environment')
    expect(await codeOf(change(running, { secretKey: OTHER_KEY }))).toBe('set_by_environment')
    expect((await change(running, { paused: true })).settings).toMatchObject({ fixed: true })
    const remove = { confirm: ID, archive: 'keep' } as const
    expect(await codeOf(removeApp(running.ctx, await scoped(running, remove)))).toBe('set_by_environment')
  })
})
