import errors from '../messages/en/errors.json' with { type: 'json' }
import { type Arrival, SDK_APP_ID } from './testing/emulator-process'
import { expect, signIn, test } from './testing/fixtures'
import { connectApps, type TestEnv, testEnv } from './testing/test-env'

const LANE = 'all_member_push_statistics'

/** For each upstream failure, page and API say what happened and what to do. */
const FAILURES: { name: string; fault: object; code: keyof typeof errors; calls?: number }[] = [
  { name: 'a hanging upstream', fault: { kind: 'hang' }, code: 'upstream_timeout' },
  { name: 'a reset connection', fault: { kind: 'reset' }, code: 'upstream_unreachable' },
  { name: 'a 502 page', fault: { kind: 'http502' }, code: 'upstream_bad_gateway' },
  { name: 'an answer cut short', fault: { kind: 'truncate' }, code: 'upstream_unreachable' },
  { name: 'an answer too large to read', fault: { kind: 'huge' }, code: 'upstream_unreadable' },
  { name: 'an expired signature', fault: { kind: 'code', code: 70001 }, code: 'upstream_expired_signature', calls: 2 },
  { name: 'a wrong key', fault: { kind: 'code', code: 70009 }, code: 'upstream_credential', calls: 1 },
  {
    name: 'an account that is not an administrator',
    fault: { kind: 'code', code: 60010 },
    code: 'upstream_not_admin',
    calls: 1,
  },
  { name: 'another region', fault: { kind: 'code', code: 60026 }, code: 'upstream_wrong_region', calls: 1 },
  { name: 'push not enabled', fault: { kind: 'code', code: 90045 }, code: 'upstream_not_enabled', calls: 1 },
  { name: 'bad parameters', fault: { kind: 'code', code: 90100 }, code: 'upstream_bad_request' },
  { name: 'calls too fast', fault: { kind: 'code', code: 60007 }, code: 'upstream_too_fast' },
  { name: 'an internal error', fault: { kind: 'code', code: 90102 }, code: 'upstream_internal' },
]
const funnelOf = (app: number) => `/api/v1/apps/${app}/funnel?source=task&range=7d`
const cases = FAILURES.map((failure, i) => ({ ...failure, app: SDK_APP_ID + 1 + i }))

test.describe('one server with an app for each failure', () => {
  let env: TestEnv
  let url: string
  test.beforeAll(async () => {
    env = await testEnv(
      20,
      cases.flatMap(({ app }) => ['--app', `${app}::administrator`]),
    )
    connectApps(
      env,
      cases.map(({ app }) => [app, env.emulator.url]),
    )
    url = (await env.start()).url
  })
  test.afterAll(() => env?.end())

  for (const { name, fault, code, calls, app } of cases) {
    test(`page and API report the cause: ${name}`, async ({ page }) => {
      const funnel = url + funnelOf(app)
      await env.emulator.control('/faults', { endpoint: LANE, sdkAppId: app, ...fault })
      await signIn(page.request, url, 'admin')
      await expect
        .poll(async () => (await (await page.request.get(funnel)).json()).freshness.problem?.code, { timeout: 30_000 })
        .toBe(code)
      const { total, freshness } = await (await page.request.get(funnel)).json()
      expect(total).toBeNull()
      expect(freshness.problem).toMatchObject(errors[code])
      await page.goto(`${url}/?app=${app}`)
      await expect(page.getByText(errors[code].title).first()).toBeVisible()
      await expect(page.getByText(errors[code].detail).first()).toBeVisible()
      if (code === 'upstream_credential') {
        await page.goto(`${url}/losses?app=${app}`)
        await expect(page.getByRole('button', { name: 'Check again' })).toBeVisible()
        await expect(page.getByText(errors[code].title).filter({ visible: true })).toHaveCount(1)
        await expect(page.getByRole('banner').getByRole('link', { name: 'Stopped' })).toBeVisible()
      }
      if (calls !== undefined) {
        const { items } = (await env.emulator.control('/arrivals')) as { items: Arrival[] }
        expect(items.filter((one) => one.endpoint === LANE && one.sdkAppId === app)).toHaveLength(calls)
      }
    })
  }

  test('invalid JSON as printed in the documents is still parsed', async ({ page }) => {
    await env.emulator.control('/faults', {
      kind: 'invalidJson',
      variant: 'trailingComma',
      endpoint: '*',
      sdkAppId: SDK_APP_ID,
    })
    await signIn(page.request, url, 'admin')
    const { total, range, asOf } = await (await page.request.get(url + funnelOf(SDK_APP_ID))).json()
    const [from, to, at] = [range.from, range.to, asOf].map((iso) => Date.parse(iso) / 1_000)
    const truth = (await env.emulator.control(
      `/truth?source=task&metric=statistics&from=${from}&to=${to}&asOf=${at}&sdkappid=${SDK_APP_ID}`,
    )) as { total: { sent: number } }
    expect(total.sent).toBe(truth.total.sent)
  })
})

test('an unreachable upstream is reported, and stored data stays', async ({ page }) => {
  const { emulator, start, end } = await testEnv(20)
  try {
    const server = await start()
    const funnel = funnelOf(SDK_APP_ID)
    await signIn(page.request, server.url, 'admin')
    const before = await (await page.request.get(server.url + funnel)).json()
    expect(before.total.sent).toBeGreaterThan(0)
    await emulator.stop()
    const other = funnel.replace('7d', '30d')
    await expect
      .poll(async () => (await (await page.request.get(server.url + other)).json()).freshness.problem?.code, {
        timeout: 30_000,
      })
      .toBe('upstream_unreachable')
    const after = await (await page.request.get(server.url + funnel)).json()
    expect(after.total).toEqual(before.total)
  } finally {
    await end()
  }
})
