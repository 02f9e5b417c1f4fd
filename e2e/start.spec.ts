import { expect, test } from './testing/fixtures'
import { freePort } from './testing/server'
import { testEnv } from './testing/test-env'

test('the one-time link in the log creates the first administrator', async ({ page }) => {
  const { start, end } = await testEnv(20)
  try {
    const server = await start({ ADMIN_EMAIL: '', ADMIN_PASSWORD: '' })
    await page.goto(server.url)
    await expect(page).toHaveURL(/\/setup/)
    const link = /http:\S+\/setup#\S+/.exec(server.output())?.[0] ?? ''
    const token = new URL(link).hash.slice(1)
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url().split('#', 1)[0] ?? ''))
    await page.goto(link)
    await expect(page.getByLabel('Setup token')).toBeHidden()
    await expect(page).toHaveURL(/\/setup$/)
    expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBeLessThanOrEqual(0)
    await page.getByLabel('Name').fill('Ada')
    await page.getByLabel('E-mail').fill('ada@example.com')
    await page.getByLabel('Password', { exact: true }).fill('a lighthouse keeps no secrets 9')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible()
    expect(asked.filter((address) => address.includes(token))).toEqual([])
    const again = await page.request.post(`${server.url}/api/v1/setup`, {
      data: { token: 'x', email: 'eve@example.com', name: 'Eve', password: 'a lighthouse keeps no secrets 9' },
      headers: { origin: server.url },
    })
    expect(again.status()).toBe(404)
  } finally {
    await end()
  }
})

test('a start with a misspelt variable exits with 78 and names it', async () => {
  const { start, end } = await testEnv(20)
  try {
    await expect(start({ TIM_REGOIN: 'china' })).rejects.toThrow(
      /ended with 78[\s\S]*TIM_REGOIN is not a known variable/,
    )
  } finally {
    await end()
  }
})

test('a second server on the same file exits with 75, and the first keeps running', async ({ request }) => {
  const { start, end } = await testEnv(20)
  try {
    const first = await start()
    await expect(start({ PORT: String(await freePort()) })).rejects.toThrow(/ended with 75[\s\S]*already serves/)
    expect((await request.get(`${first.url}/readyz`)).status()).toBe(200)
  } finally {
    await end()
  }
})
