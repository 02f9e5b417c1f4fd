import { SDK_APP_ID } from './emulator'
import { expect, signIn, test } from './fixtures'
import { house } from './house'

test('the collector starts with the server, and what it fetched is answered without a call', async ({ page }) => {
  const { emulator, start, end } = await house(20)
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
