import { gzipSync } from 'node:zlib'
import { SDK_APP_ID } from './testing/emulator-process'
import { expect, test } from './testing/fixtures'

interface Truth {
  total: { sendable: number; sent: number; delivered: number; clicked: number }
}
const exact = (count: number) => new Intl.NumberFormat('en-GB').format(count)

for (const source of ['task', 'chat'] as const) {
  test(`the overview of ${source} shows the upstream's own numbers`, async ({ as, url, control }) => {
    const page = await as('viewer')
    await page.goto(`/?source=${source}&range=7d`)
    const reply = await (
      await page.request.get(`${url}/api/v1/apps/${SDK_APP_ID}/funnel?source=${source}&range=7d`)
    ).json()
    const [from, to] = [Date.parse(reply.range.from) / 1_000, Date.parse(reply.range.to) / 1_000]
    const asOf = Math.floor(Date.parse(reply.asOf) / 1_000)
    const { total } = (await control(
      `/truth?source=${source}&metric=statistics&from=${from}&to=${to}&asOf=${asOf}`,
    )) as Truth
    const { sendable, sent, delivered, clicked } = reply.total
    expect({ sendable, sent, delivered, clicked }).toEqual(total)
    for (const count of [total.sendable, total.sent]) {
      await expect(page.getByText(exact(count), { exact: true }).first()).toBeVisible()
    }
    await expect(page.getByText('not reported', { exact: true }).first()).toBeVisible()
  })
}

test('a visitor without a session is redirected to sign in, and returns after signing in', async ({ as }) => {
  const page = await as(null)
  await page.goto('/')
  await expect(page).toHaveURL(/\/sign-in/)
  await page.getByLabel('E-mail').fill('pm@example.com')
  await page.getByLabel('Password', { exact: true }).fill('a lighthouse keeps no secrets 9')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible()
})

test('without JavaScript the numbers are shown', async ({ as }) => {
  const first = await as('viewer')
  await first.goto('/?source=task&range=7d')
  await expect(first.getByText('not reported', { exact: true }).first()).toBeVisible()
  const page = await as('viewer', { javaScriptEnabled: false })
  await page.goto('/?source=task&range=7d')
  await expect(page.locator('main')).toContainText(/\d{2},\d{3}/)
  await page.getByRole('link', { name: 'Chat messages' }).click()
  await expect(page).toHaveURL(/source=chat/)
})

test('every page of a demo says that it is a demo', async ({ as }) => {
  const page = await as('support')
  for (const path of ['/', '/lookup']) {
    await page.goto(path)
    await expect(page.getByText('Demo, invented data')).toBeVisible()
  }
  const outside = await as(null)
  await outside.goto('/sign-in')
  await expect(outside.getByText('Demo, invented data')).toBeVisible()
})

test('the page uses the browser language', async ({ as }) => {
  for (const [locale, heading] of [
    ['zh-CN', '总览'],
    ['ko', '개요'],
  ] as const) {
    const page = await as('viewer', { locale })
    await page.goto('/')
    await expect(page.locator('html')).toHaveAttribute('lang', locale)
    await expect(page.locator('h1')).toHaveText(heading)
  }
})

test('the scripts of the first load are at most 175 KiB, compressed', async ({ as, url }) => {
  const { request } = await as('viewer')
  const html = await (await request.get(`${url}/?source=task&range=7d`)).text()
  const tags = [...html.matchAll(/<script\b[^>]*\bsrc="([^"]+)"[^>]*>/g)]
  const modern = new Set(tags.flatMap(([tag, src]) => (/\bnomodule\b/i.test(tag) ? [] : (src ?? []))))
  const sizes: Record<string, number> = {}
  for (const src of modern) {
    const answer = await request.get(new URL(src, url).href)
    expect(answer.status()).toBe(200)
    sizes[src] = gzipSync(await answer.body()).length
  }
  expect(modern.size).toBeGreaterThan(3)
  const kib = Object.values(sizes).reduce((sum, size) => sum + size, 0) / 1_024
  expect(kib, JSON.stringify(sizes)).toBeLessThanOrEqual(175)
  expect(kib, 'the measured page must include React').toBeGreaterThan(60)
})
