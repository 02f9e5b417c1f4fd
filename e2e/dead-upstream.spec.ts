import { connect, createServer, type Server as Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { APIRequestContext } from '@playwright/test'
import { dose, figure } from '../lib/testing/dose'
import errors from '../messages/en/errors.json' with { type: 'json' }
import { type EmulatorProcess, SDK_APP_ID } from './testing/emulator-process'
import { everyAddress } from './testing/every-address'
import { expect, signIn, test } from './testing/fixtures'
import { connectApps, testEnv } from './testing/test-env'

/** Five kinds of upstream failure, each for its own app, all at the same time. */
const FAILURES = [
  { kind: 'refused', code: 'upstream_unreachable' },
  { kind: 'hang', code: 'upstream_timeout' },
  { kind: 'truncate', code: 'upstream_unreachable' },
  { kind: 'http502', code: 'upstream_bad_gateway' },
  { kind: 'drip', code: 'upstream_timeout' },
] as const
const apps = FAILURES.map((failure, i) => ({ ...failure, id: SDK_APP_ID + i }))
const OUTAGE_S = dose(20, 600)
const LATER_S = 30 * 3_600

/** Returns a day in the app's time zone, counted back from today. */
const day = (back: number) => new Date(Date.now() + 8 * 3_600_000 - back * 86_400_000).toISOString().slice(0, 10)
const DAYS = { funnel: `from=${day(8)}&to=${day(1)}`, losses: `from=${day(3)}&to=${day(1)}` }

/** Starts a proxy in front of the emulator that can be closed, so that its port refuses connections. */
async function closableProxy(target: number) {
  let server: Socket
  const sockets = new Set<{ destroy(): void }>()
  const open = (port: number) =>
    new Promise<number>((done) => {
      server = createServer((client) => {
        const upstream = connect(target, '127.0.0.1')
        for (const socket of [client, upstream]) sockets.add(socket.on('error', () => {}))
        client.pipe(upstream).pipe(client)
      })
      server.listen(port, '127.0.0.1', () => done(Number(Object(server.address()).port)))
    })
  const port = await open(0)
  return {
    url: `http://127.0.0.1:${port}`,
    open: () => open(port),
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
      sockets.clear()
    },
  }
}

const pushIdOf = async (emulator: EmulatorProcess, app: number) => {
  const { items } = (await emulator.control(`/truth/pushes?limit=1&sdkappid=${app}`)) as {
    items: { pushId?: string }[]
  }
  return items.find(({ pushId }) => pushId)?.pushId ?? ''
}

async function addressesOf(emulator: EmulatorProcess, app: number) {
  const trace = `pushId=${await pushIdOf(emulator, app)}`
  const { pages, reports } = everyAddress({
    ids: { app: String(app), taskId: 'unknown', id: 'user_10001' },
    queries: {
      ...DAYS,
      ...{ traces: trace, lookup: trace, code: 'code=-1', reasons: 'q=-1', cover: DAYS.losses },
      ...{ compare: 'task=unknown,other', growth: 'taskId=unknown' },
    },
  })
  const both = (path: string) =>
    /\/(funnel|losses)\?/.test(path) ? ['task', 'chat'].map((source) => `${path}&source=${source}`) : [path]
  return { pages: pages.map((path) => `${path}&app=${app}`), reports: [...new Set(reports.flatMap(both))] }
}

interface Report {
  asOf: string | null
  coverage?: { held: number; expected: number }
  freshness: { state: string; problem: { code: string; since: string | null } | null }
}

async function get(request: APIRequestContext, url: string): Promise<string> {
  const answer = await request.get(url)
  const text = await answer.text()
  expect(answer.status(), `${url}\n${text.slice(0, 500)}`).toBe(200)
  return text
}

const watched = (paths: string[]) => paths.filter((path) => /\/(funnel|losses|traces)\?/.test(path))

async function reportsOf(request: APIRequestContext, url: string, paths: string[]): Promise<Report[]> {
  return Promise.all(watched(paths).map(async (path) => JSON.parse(await get(request, url + path))))
}

test('during five kinds of upstream failure every page and report keeps its data, and collection catches up', async ({
  page,
}) => {
  test.setTimeout((OUTAGE_S + dose(120, 2_700)) * 1_000)
  const others = apps.slice(1).flatMap(({ id }) => ['--app', `${id}::administrator`])
  const env = await testEnv(5, ['--users', '300', ...others])
  const { emulator } = env
  const proxy = await closableProxy(Number(new URL(emulator.url).port))
  try {
    connectApps(
      env,
      apps.map(({ id, kind }) => [id, kind === 'refused' ? proxy.url : emulator.url]),
    )
    const proxied = { TIM_BASE_URL: proxy.url }
    const first = await env.start(proxied)
    await signIn(page.request, first.url, 'admin')
    const questions = await Promise.all(apps.map(async (app) => ({ ...app, ...(await addressesOf(emulator, app.id)) })))
    const before: Record<string, Report[]> = {}
    for (const { id, reports } of questions) {
      await expect(async () => {
        before[id] = await reportsOf(page.request, first.url, reports)
        expect(before[id].map(({ freshness }) => freshness.state)).not.toContain('pending')
      }).toPass({ timeout: 60_000 })
    }
    await first.stop()

    await emulator.control('/clock', { offset: LATER_S })
    for (const { id, kind } of apps) {
      if (kind !== 'refused') await emulator.control('/faults', { kind, sdkAppId: id, endpoint: '*' })
    }
    proxy.close()
    const server = await env.start({ ...proxied, COLLECTOR: 'on', TEST_CLOCK_OFFSET_S: String(LATER_S) })
    let answers = 0
    for (const until = Date.now() + OUTAGE_S * 1_000; Date.now() < until; await pause(dose(500, 5_000))) {
      for (const { pages, reports } of questions) {
        await Promise.all([...pages, ...reports].map((path) => get(page.request, server.url + path)))
        answers += pages.length + reports.length
      }
    }
    for (const { id, kind, code, pages, reports } of questions) {
      const now = await reportsOf(page.request, server.url, reports)
      expect(
        now.map(({ asOf }) => asOf),
        kind,
      ).toEqual(before[id]?.map(({ asOf }) => asOf))
      for (const { freshness } of now.filter(({ asOf }) => asOf !== null)) {
        expect.soft(freshness, kind).toMatchObject({ state: 'stale', problem: { code, since: expect.any(String) } })
      }
      const overview = await get(page.request, server.url + (pages.find((path) => path.startsWith('/?')) ?? ''))
      const html = await get(page.request, `${server.url}/?app=${id}&${DAYS.funnel}`)
      expect(html + overview, kind).toContain(errors[code].title)
      expect(html, kind).toMatch(/Since \d/)
    }
    figure(
      'failures',
      `${OUTAGE_S} s each: ${apps.map(({ kind }) => kind).join(', ')}; ${answers} answers from every page and report, all 200`,
    )

    await emulator.control('/faults/reset', {})
    await proxy.open()
    const recovered = Date.now()
    for (const { id } of dose(apps, [])) {
      const checked = await page.request.post(`${server.url}/api/v1/apps/${id}/check`, {
        data: {},
        headers: { origin: server.url },
      })
      expect(checked.status(), await checked.text()).toBe(200)
    }
    for (const { id, kind, reports } of questions) {
      const state = async () => (await reportsOf(page.request, server.url, reports)).map(({ freshness }) => freshness)
      await expect
        .poll(async () => (await state()).filter((one) => one.state !== 'fresh' || one.problem), {
          timeout: 100_000,
          message: kind,
        })
        .toEqual([])
      const pending = async () => {
        const { archive } = JSON.parse(await get(page.request, `${server.url}/api/v1/apps/${id}/status`))
        return archive.reduce((sum: number, one: { pending: number }) => sum + one.pending, 0)
      }
      await expect.poll(pending, { timeout: 2_400_000 }).toBeLessThanOrEqual(dose(Infinity, 0))
    }
    figure(
      'recovered',
      `all data was collected ${Math.round((Date.now() - recovered) / 1_000)} s after the upstream recovered`,
    )
  } finally {
    proxy.close()
    await env.end()
  }
})
