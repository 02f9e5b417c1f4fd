import { createHmac, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { alertSecret } from './access/keys/alert-signature'
import { compose, type Running } from './context'
import { base } from './context-base'
import { readEnv } from './env'
import { freshDatabase } from './store/testing/database'
import { upstream } from './timpush/testing/http-server'

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

async function webhookAndEnv(databaseUrl: string) {
  const webhook = await upstream((response) => void response.end('ok'))
  undo.push(() => webhook.close())
  const env = readEnv({
    DATABASE_URL: databaseUrl,
    MASTER_KEY: randomBytes(32).toString('base64'),
    ADMIN_EMAIL: 'admin@example.com',
    ADMIN_PASSWORD: 'a lighthouse keeps no secrets 9',
    TIM_BASE_URL: 'http://127.0.0.1:9',
    ALERT_WEBHOOK: `${webhook.url}/hook`,
    LOG_LEVEL: 'silent',
  })
  const before = await base(env)
  const key = { dataKey: '', sealed: '', fingerprint: '' }
  const described = { region: 'china' as const, baseUrl: null, adminId: 'a', utcOffsetMin: 480, demo: false, key }
  const app = { ...described, id: '15', sdkAppId: 15, name: 'Shop', origin: 'interface' as const, createdAt: 1 }
  await before.store.apps.upsert(app)
  await before.store.apps.setStopped('15', { code: 'upstream_credential', upstreamCode: 70003, at: 1 })
  await before.store.close()
  const told = () =>
    webhook.calls.filter(({ headers }) => String(headers['x-pushlens-id']).startsWith('credential:15:'))
  return { env, told }
}

const isSent = async ({ ctx }: Running) => String(await ctx.store.settings.get('alerts')).includes('"sentAt":1')

test('a broken app is reported to the webhook, signed, once over two starts', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pl-alert-'))
  undo.push(() => rmSync(folder, { recursive: true }))
  const { env, told } = await webhookAndEnv(`sqlite:${folder}/pushlens.db`)
  let running = await compose(env)
  await expect.poll(() => isSent(running), { timeout: 10_000 }).toBe(true)
  await running.stop()
  running = await compose(env)
  undo.push(() => running.stop())

  const [first, ...more] = told()
  expect([first !== undefined, more]).toEqual([true, []])
  const [, t, v1] = /^t=(\d+),v1=(\w+)$/.exec(String(first?.headers['x-pushlens-signature'])) ?? []
  const secret = alertSecret(running.access.master).reveal()
  expect(v1).toBe(
    createHmac('sha256', secret)
      .update(`${t}.${JSON.stringify(first?.body)}`)
      .digest('hex'),
  )
})

test('of two replicas one reports, and the other goes on when it stops', async () => {
  const database = await freshDatabase(undo)
  if (database.kind !== 'postgres') throw new Error('not PostgreSQL')
  const { env, told } = await webhookAndEnv(database.url)
  const first = await compose(env)
  const second = await compose(env)
  undo.push(() => second.stop())
  await expect.poll(() => isSent(second), { timeout: 10_000 }).toBe(true)
  expect(await second.ctx.store.leases.held('alerts')).toEqual(['alerts'])
  await first.stop()
  await expect.poll(() => second.ctx.store.leases.held('alerts'), { timeout: 10_000 }).toEqual(['alerts'])
  expect(told()).toHaveLength(1)
})
