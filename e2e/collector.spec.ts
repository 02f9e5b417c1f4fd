import { SDK_APP_ID } from './testing/emulator-process'
import { expect, signIn, test } from './testing/fixtures'
import { testEnv } from './testing/test-env'

test('the collector starts with the server, and its data is served without a call', async ({ page }) => {
  const { emulator, start, end } = await testEnv(20)
  try {
    const server = await start({ COLLECTOR: 'on' })
    const arrivals = async () => ((await emulator.control('/arrivals')) as { items: { endpoint: string }[] }).items
    await expect.poll(async () => (await arrivals()).length, { timeout: 30_000 }).toBeGreaterThan(40)
    expect(new Set((await arrivals()).map(({ endpoint }) => endpoint)).size).toBe(4)
    await emulator.stop()
    await signIn(page.request, server.url, 'admin')
    const funnel = `${server.url}/api/v1/apps/${SDK_APP_ID}/funnel?source=task&range=7d`
    expect((await (await page.request.get(funnel)).json()).total.sent).toBeGreaterThan(0)
    expect(await server.stop()).toBe(0)
  } finally {
    await end()
  }
})

test('an administrator can pause collecting: requests still work, and the header shows it', async ({ page }) => {
  const { emulator, start, end } = await testEnv(20)
  try {
    const server = await start({ COLLECTOR: 'on' })
    const calls = async () => ((await emulator.control('/arrivals')) as { items: unknown[] }).items.length
    await signIn(page.request, server.url, 'admin')
    await page.goto(`${server.url}/settings/system`)
    await expect(page.getByRole('banner').getByText('Collecting', { exact: true })).toBeVisible()
    await page.getByRole('button', { name: 'Pause collecting' }).click()
    await expect(page.getByRole('banner').getByRole('link', { name: 'Paused' })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Resume collecting' })).toBeVisible()
    await page.getByLabel('Call each endpoint at most once every').fill('2')
    await page.getByRole('button', { name: 'Set', exact: true }).click()
    await expect(page.getByRole('row').filter({ hasText: 'normal_push_loss' })).toContainText('2 s')
    const status = `${server.url}/api/v1/apps/${SDK_APP_ID}/status`
    const waiting = async () => {
      const { lanes } = (await (await page.request.get(status)).json()) as { lanes: { queue: number; state: string }[] }
      return lanes.filter(({ queue, state }) => queue > 0 || state === 'busy').length
    }
    await expect.poll(waiting, { timeout: 20_000 }).toBe(0)
    const before = await calls()
    const now = Math.floor(Date.now() / 1_000)
    const range = `from=${now - 7_200}&to=${now - 600}`
    const funnel = `${server.url}/api/v1/apps/${SDK_APP_ID}/funnel?source=chat&${range}`
    await expect.poll(async () => (await (await page.request.get(funnel)).json()).total).not.toBeNull()
    expect((await calls()) - before).toBe(1)
  } finally {
    await end()
  }
})
