import errors from '../messages/en/errors.json' with { type: 'json' }
import { type Arrival, SDK_APP_ID } from './testing/emulator-process'
import { expect, signIn, test } from './testing/fixtures'
import { testEnv } from './testing/test-env'

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
const FUNNEL = `/api/v1/apps/${SDK_APP_ID}/funnel?source=task&range=7d`

for (const { name, fault, code, calls } of FAILURES) {
  test(`page and API report the cause: ${name}`, async ({ page }) => {
    const { emulator, start, end } = await testEnv(20)
    try {
      const server = await start()
      await emulator.control('/faults', { endpoint: 'all_member_push_statistics', ...fault })
      await signIn(page.request, server.url, 'admin')
      await expect
        .poll(async () => (await (await page.request.get(server.url + FUNNEL)).json()).freshness.problem?.code, {
          timeout: 30_000,
        })
        .toBe(code)
      const { total, freshness } = await (await page.request.get(server.url + FUNNEL)).json()
      expect(total).toBeNull()
      expect(freshness.problem).toMatchObject(errors[code])
      await page.goto(server.url)
      await expect(page.getByText(errors[code].title).first()).toBeVisible()
      await expect(page.getByText(errors[code].detail).first()).toBeVisible()
      if (code === 'upstream_credential') {
        await page.goto(`${server.url}/losses`)
        await expect(page.getByRole('button', { name: 'Check again' })).toBeVisible()
        await expect(page.getByText(errors[code].title).filter({ visible: true })).toHaveCount(1)
        await expect(page.getByRole('banner').getByRole('link', { name: 'Stopped' })).toBeVisible()
      }
      if (calls !== undefined) {
        const { items } = (await emulator.control('/arrivals')) as { items: Arrival[] }
        expect(items.filter((one) => one.endpoint === 'all_member_push_statistics')).toHaveLength(calls)
      }
    } finally {
      await end()
    }
  })
}

test('an unreachable upstream is reported, and stored data stays', async ({ page }) => {
  const { emulator, start, end } = await testEnv(20)
  try {
    const server = await start()
    await signIn(page.request, server.url, 'admin')
    const before = await (await page.request.get(server.url + FUNNEL)).json()
    expect(before.total.sent).toBeGreaterThan(0)
    await emulator.stop()
    const other = FUNNEL.replace('7d', '30d')
    await expect
      .poll(async () => (await (await page.request.get(server.url + other)).json()).freshness.problem?.code, {
        timeout: 30_000,
      })
      .toBe('upstream_unreachable')
    const after = await (await page.request.get(server.url + FUNNEL)).json()
    expect(after.total).toEqual(before.total)
  } finally {
    await end()
  }
})

test('invalid JSON as printed in the documents is still parsed', async ({ page }) => {
  const { emulator, start, end } = await testEnv(20)
  try {
    const server = await start()
    await emulator.control('/faults', { kind: 'invalidJson', variant: 'trailingComma', endpoint: '*' })
    await signIn(page.request, server.url, 'admin')
    const { total, range, asOf } = await (await page.request.get(server.url + FUNNEL)).json()
    const [from, to, at] = [range.from, range.to, asOf].map((iso) => Date.parse(iso) / 1_000)
    const truth = (await emulator.control(`/truth?source=task&metric=statistics&from=${from}&to=${to}&asOf=${at}`)) as {
      total: { sent: number }
    }
    expect(total.sent).toBe(truth.total.sent)
  } finally {
    await end()
  }
})
