import { expectAccessibleInEveryLook } from './testing/accessible'
import { expect, test } from './testing/fixtures'

test('the system page in every look', async ({ as }) => {
  const page = await as('admin')
  await page.goto('/settings/system')
  await expect(page.getByRole('table', { name: 'Tencent API calls' }).getByRole('row')).toHaveCount(8)
  await expect(page.getByRole('table', { name: 'Archive' }).getByRole('row')).toHaveCount(5)
  await expectAccessibleInEveryLook(page)
})

test('an administrator opens it from the navigation, checks the endpoints, and sees the calls', async ({ as }) => {
  const page = await as('admin')
  await page.goto('/')
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'System' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'System' })).toBeVisible()
  await page.getByRole('button', { name: 'Check again' }).click()
  await expect(page.getByText('6 of 6 endpoints responded.')).toBeVisible({ timeout: 30_000 })
  const row = page.getByRole('row').filter({ hasText: 'normal_push_trace' })
  await expect(row).not.toContainText('never')
})

test('the open system page refreshes by itself', async ({ as }) => {
  const page = await as('admin')
  await page.goto('/settings/system')
  await page.waitForResponse((answer) => answer.url().endsWith('/status') && answer.ok(), { timeout: 15_000 })
})

test('the system page works without JavaScript', async ({ as }) => {
  const page = await as('admin', { javaScriptEnabled: false })
  await page.goto('/settings/system')
  await expect(page.getByRole('table', { name: 'Tencent API calls' }).getByRole('row')).toHaveCount(8)
  await expect(page.getByRole('table', { name: 'Archive' }).getByRole('row')).toHaveCount(5)
})

test('other roles see whom to ask', async ({ as }) => {
  const page = await as('viewer')
  await page.goto('/settings/system')
  await expect(page.getByText('It needs the role Administrator on this app.')).toBeVisible()
  await expect(page.getByRole('link', { name: 'System' })).toHaveCount(0)
})

test('/metrics answers 404 without METRICS_TOKEN', async ({ request, url }) => {
  expect((await request.get(`${url}/metrics`)).status()).toBe(404)
})
