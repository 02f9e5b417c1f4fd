import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { alertSecret } from './access/keys/alert-signature'
import { compose } from './context'
import { base } from './context-base'
import { readEnv } from './env'
import { upstream } from './timpush/testing/http-server'

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

test('a broken app is reported to the webhook, signed, once over two starts', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pl-alert-'))
  undo.push(() => rmSync(folder, { recursive: true }))
  const webhook = await upstream((response) => void response.end('ok'))
  undo.push(() => webhook.close())
  const env = readEnv({
    DATABASE_URL: `sqlite:${folder}/pushlens.db`,
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

  const isSent = async () => String(await running.ctx.store.settings.get('alerts')).includes('"sentAt":1')
  let running = await compose(env)
  await expect.poll(isSent, { timeout: 10_000 }).toBe(true)
  await running.stop()
  running = await compose(env)
  undo.push(() => running.stop())

  const told = webhook.calls.filter(({ headers }) => String(headers['x-pushlens-id']).startsWith('credential:15:'))
  expect(told).toHaveLength(1)
  const [, t, v1] = /^t=(\d+),v1=(\w+)$/.exec(String(told[0]?.headers['x-pushlens-signature'])) ?? []
  const secret = alertSecret(running.access.master).reveal()
  expect(v1).toBe(
    createHmac('sha256', secret)
      .update(`${t}.${JSON.stringify(told[0]?.body)}`)
      .digest('hex'),
  )
})
