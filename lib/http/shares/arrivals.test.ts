import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { POST } from '@/app/api/v1/shares/[id]/view/route'
import { startEmulator } from '@/emulator/start'
import { hashSecret, newSecret, newShareId } from '@/lib/access/shares/secret'
import { createToken } from '@/lib/access/tokens'
import { compose, type Running } from '@/lib/context'
import { DAY } from '@/lib/contract/limits'
import { SHARE_SECRET_HEADER } from '@/lib/contract/shares/pages'
import type { ShareQuery } from '@/lib/contract/shares/view'
import { readEnv } from '@/lib/env'

/** An archive with nothing in it, over the emulator: whoever is signed in would cause a call with every page. */
const APP = '1400187352'
const KEY = 'a-secret-key-for-the-share-tests'
const folder = mkdtempSync(join(tmpdir(), 'pl-share-arrivals-'))
let emulator: Awaited<ReturnType<typeof startEmulator>>
let running: Running

beforeAll(async () => {
  emulator = await startEmulator({
    apps: [{ sdkAppId: Number(APP), key: KEY, admins: ['administrator'] }],
    spacingMs: 5,
  })
  running = await compose(
    readEnv({
      DATABASE_URL: `sqlite:${folder}/pushlens.db`,
      ADMIN_EMAIL: 'admin@example.com',
      ADMIN_PASSWORD: 'a lighthouse keeps no secrets 9',
      TIM_SDKAPPID: APP,
      TIM_SECRET_KEY: KEY,
      TIM_BASE_URL: emulator.url,
      UPSTREAM_SPACING_MS: '5',
      COLLECTOR: 'off',
      LOG_LEVEL: 'silent',
    }),
  )
  Object.assign(globalThis, { [Symbol.for('pushlens.running')]: Promise.resolve(running) })
})
afterAll(async () => {
  await running.stop()
  await emulator.stop()
  rmSync(folder, { recursive: true })
})

async function arrivals(): Promise<number> {
  return ((await (await fetch(`${emulator.controlUrl}/arrivals`)).json()) as { items: unknown[] }).items.length
}

async function shareOf(source: string): Promise<{ id: string; secret: string }> {
  const { access, ctx } = running
  const given = {
    name: 'owner',
    role: 'admin',
    apps: ['*'],
    expiresAt: null,
    by: { actor: 'test', address: null },
  } as const
  const { row } = await createToken(access, given)
  const [id, secret] = [newShareId(), newSecret().reveal()]
  const nowS = Math.floor(ctx.clock.wallMs() / 1_000)
  const scope = {
    ...{ pages: source === 'task' ? ['overview', 'losses', 'campaigns'] : ['overview', 'losses'], source },
    ...{ tasks: { kind: 'all' }, vendors: null, figures: 'counts' },
    ...{ range: { mode: 'rolling', preset: '7d' }, dates: { kind: 'back', days: 60 } },
  }
  await ctx.store.shares.create({
    ...{ id, app_id: APP, secret_hash: hashSecret(access.master, secret), name: 'n', origins: '[]', picture: 0 },
    ...{ owner: `token:${row.id}`, created_at: nowS, ends_at: nowS + DAY },
    content: JSON.stringify({ kind: 'live', scope }),
  })
  return { id, secret }
}

test('reading links in every way causes no call', async () => {
  const taskId = 'sent-by-somebody'
  const nowS = running.ctx.clock.dataS()
  await running.ctx.store.tasks.register({ appId: APP, taskId, sentAt: nowS - DAY, knownBy: 'api', createdAt: nowS })
  const before = await arrivals()
  const ways: Partial<ShareQuery>[] = [
    ...(['overview', 'losses', 'campaigns'] as const).map((page) => ({ page })),
    ...(['today', 'yesterday', '24h', '7d', '30d'] as const).map((range) => ({ range, compare: 'weekday' as const })),
    ...(['hour', 'day', 'week'] as const).map((interval) => ({ interval, range: '7d' as const })),
    ...(['today', '30d'] as const).map((range) => ({ page: 'losses' as const, range, compare: 'previous' as const })),
    { task: [taskId] },
    { page: 'losses', task: [taskId] },
    { campaign: taskId },
    { vendor: 'xiaomi' },
  ]
  const states = new Set<string>()
  for (const { id, secret } of [await shareOf('task'), await shareOf('chat')]) {
    for (const query of ways) {
      const headers = { 'content-type': 'application/json', [SHARE_SECRET_HEADER]: secret }
      const init = { method: 'POST', headers, body: JSON.stringify({ query }) }
      const answer = await POST(new Request('http://localhost:3000/x', init), { params: Promise.resolve({ id }) })
      expect([200, 403]).toContain(answer.status)
      const text = await answer.text()
      for (const [, state = ''] of text.matchAll(/"freshness":\{"state":"(\w+)"/g)) states.add(state)
      expect(text).not.toMatch(/"place":\d|"pending"/)
    }
  }
  expect([...states].filter((state) => !['fresh', 'stale', 'final'].includes(state))).toEqual([])
  const queued = await running.ctx.gateway.lanes(APP)
  expect(queued.reduce((sum, { queue }) => sum + queue, 0)).toBe(0)
  expect(await arrivals()).toBe(before)
}, 60_000)
