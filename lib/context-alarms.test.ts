import { mkdtempSync, rmSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { compose, type Running } from './context'
import { DAY } from './contract/limits'
import { readEnv } from './env'
import { metricsRoute } from './http/metrics'
import { type TestUpstream, upstream } from './timpush/testing/http-server'

const disk = vi.hoisted(() => ({ free: 0.5 }))
vi.mock('./store/engine/disk', async (original) => ({
  ...(await original<typeof import('./store/engine/disk')>()),
  freeShare: async () => disk.free,
}))
// Checks that run every minute run twenty times a second here.
vi.mock('./gateway/timers', async (original) => {
  const { systemTimers } = await original<typeof import('./gateway/timers')>()
  const sleep: typeof systemTimers.sleep = (ms, wake) => systemTimers.sleep(Math.min(ms, 50), wake)
  return { systemTimers: { ...systemTimers, sleep } }
})

const APP = '1400187352'
const TOKEN = 'a-token-for-the-monitor'
const undo: (() => unknown)[] = []
afterEach(async () => {
  disk.free = 0.5
  for (const step of undo.splice(0).reverse()) await step()
})

/** Opens a webhook, an upstream and a folder for the database. `start` composes a process, also after a stop. */
async function openServices(answer: (response: ServerResponse) => void) {
  const folder = mkdtempSync(join(tmpdir(), 'pl-alarms-'))
  const [webhook, tencent] = [await upstream((response) => void response.end('ok')), await upstream(answer)]
  undo.push(
    () => rmSync(folder, { recursive: true }),
    () => webhook.close(),
    () => tencent.close(),
  )
  async function start(more: Record<string, string> = {}): Promise<Running> {
    const running = await compose(
      readEnv({
        DATABASE_URL: `sqlite:${folder}/pushlens.db`,
        ADMIN_EMAIL: 'admin@example.com',
        ADMIN_PASSWORD: 'a lighthouse keeps no secrets 9',
        TIM_SDKAPPID: APP,
        TIM_SECRET_KEY: 'a-secret-key-that-signs-nothing-here',
        TIM_NAME: 'Shop',
        TIM_BASE_URL: tencent.url,
        UPSTREAM_SPACING_MS: '5',
        ALERT_WEBHOOK: `${webhook.url}/hook`,
        METRICS_TOKEN: TOKEN,
        LOG_LEVEL: 'silent',
        ...more,
      }),
    )
    Object.assign(globalThis, { [Symbol.for('pushlens.running')]: Promise.resolve(running) })
    return running
  }
  return { webhook, start }
}

const texts = ({ calls }: TestUpstream) => calls.map(({ body }) => (body as { text: string }).text)

async function metric(name: string): Promise<number> {
  const request = new Request('http://localhost:3000/metrics', { headers: { authorization: `Bearer ${TOKEN}` } })
  const lines = (await (await metricsRoute(request)).text()).split('\n')
  return Number(lines.find((line) => line.startsWith(`${name}{app="${APP}"}`))?.split(' ')[1])
}

const refused = JSON.stringify({ ActionStatus: 'FAIL', ErrorCode: 70009, ErrorInfo: 'no' })

test('a wrong key is reported to the webhook with what to do, and to the monitor', async () => {
  const { webhook, start } = await openServices((response) => void response.end(refused))
  const running = await start()
  undo.push(() => running.stop())
  expect(await metric('pushlens_credential_ok')).toBe(1)
  running.collector?.start()
  await expect.poll(() => texts(webhook), { timeout: 10_000 }).toHaveLength(1)
  expect(texts(webhook)[0]).toMatch(/^Pushlens: calls for Shop \(1400187352\) have stopped\. Tencent refuses the key/)
  expect(await metric('pushlens_credential_ok')).toBe(0)
})

test('a collector that stores nothing for hours, and data about to be lost, are reported once each', async () => {
  const { webhook, start } = await openServices((response) => void response.destroy())
  await (await start({ COLLECTOR: 'off' })).stop()
  const running = await start({ TEST_CLOCK_OFFSET_S: String(8 * DAY) })
  undo.push(() => running.stop())
  running.collector?.start()
  await expect
    .poll(() => texts(webhook).sort(), { timeout: 10_000 })
    .toEqual([
      expect.stringMatching(
        /^Pushlens: data of Shop \(1400187352\) that is not fetched yet expires at Tencent in \d hours\.$/,
      ),
      expect.stringMatching(/^Pushlens: no data was collected for Shop \(1400187352\) for 19[12] hours\.$/),
    ])
  expect(await metric('pushlens_collector_lag_seconds')).toBeGreaterThan(7 * DAY)
  expect(await metric('pushlens_archive_seconds_to_loss')).toBeLessThan(2 * DAY)
})

test('a nearly full disk is reported', async () => {
  const { webhook, start } = await openServices((response) => void response.destroy())
  disk.free = 0.099
  const running = await start({ COLLECTOR: 'off' })
  undo.push(() => running.stop())
  await expect
    .poll(() => texts(webhook), { timeout: 10_000 })
    .toEqual(['Pushlens: 9 % of the disk is free. When it is full, Pushlens can store no more data.'])
})

test('a healthy process reports nothing, however often it checks', async () => {
  const { webhook, start } = await openServices((response) => void response.destroy())
  const running = await start({ COLLECTOR: 'off' })
  undo.push(() => running.stop())
  const { apps } = running.ctx.store
  const looks = vi.spyOn(apps, 'list')
  await expect.poll(() => looks.mock.calls.length, { timeout: 10_000 }).toBeGreaterThan(6)
  expect(await metric('pushlens_credential_ok')).toBe(1)
  expect(texts(webhook)).toEqual([])
})
