import { expectAccessible, expectAccessibleInEveryLook } from './testing/accessible'
import { expect, test } from './testing/fixtures'

const PAGES = ['/settings/tokens', '/settings/api', '/settings/api?operation=postTokens']

test('API tokens and reference in every look', async ({ as }) => {
  const page = await as('admin')
  for (const path of PAGES) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    // A button that waits for its script is disabled, and axe would skip it.
    await expect(page.locator('main button:disabled')).toHaveCount(0)
    await expectAccessibleInEveryLook(page, path)
  }
})

test('an administrator creates a token, uses it, and revokes it, by keyboard', async ({ as, request, url }) => {
  const page = await as('admin')
  await page.goto('/settings/tokens')
  const use = async (token: string) => {
    const headers = { authorization: `Bearer ${token}` }
    return (await request.get(`${url}/api/v1/apps`, { headers })).status()
  }
  await page.getByLabel('Name').fill('Nightly report')
  await page.getByLabel('Only some apps').check()
  await page.getByRole('checkbox', { name: 'Demo shop' }).check()
  await page.getByRole('button', { name: 'Create token' }).press('Enter')
  await expect(page.getByRole('heading', { name: 'Token “Nightly report” created' })).toBeFocused()
  const token = await page.locator('code').innerText()
  expect(token).toMatch(/^plk_/)
  await expectAccessible(page, 'a created token')
  const row = page.getByRole('table', { name: 'Active tokens' }).getByRole('row').filter({ hasText: 'Nightly report' })
  await expect(row).toContainText('Demo shop')
  await expect(row).toContainText('in 90 days')
  expect(await use(token)).toBe(200)

  await page.getByRole('button', { name: 'I have copied it' }).click()
  await page.reload()
  await expect(page.getByText(token)).toHaveCount(0)
  await row.getByRole('button', { name: 'Revoke “Nightly report”' }).press('Enter')
  await expect(row.getByRole('button', { name: 'Keep it' })).toBeFocused()
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(row).toHaveCount(0)
  expect(await use(token)).toBe(401)
  await page.locator('summary').filter({ hasText: 'ended token' }).click()
  await expect(page.getByRole('table', { name: 'Ended tokens' })).toContainText('Nightly report')
})

test('everybody tries a request in the reference', async ({ as }) => {
  const page = await as('viewer')
  await page.goto('/settings/api')
  await page.getByRole('link', { name: /Reads the funnel/ }).click()
  await expect(page.getByRole('heading', { level: 2, name: /Reads the funnel/ })).toBeVisible()
  await page.getByLabel('interval').selectOption('day')
  await page.getByRole('button', { name: 'Send request' }).click()
  await expect(page.getByRole('heading', { name: /Status 200/ })).toBeVisible()
  await expect(page.getByText('"interval": "day"')).toBeVisible()
})

test('tokens are for administrators of all apps', async ({ as }) => {
  const page = await as('viewer')
  await page.goto('/settings/tokens')
  await expect(page.getByRole('heading', { name: 'Your role does not allow this' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'API tokens' })).toHaveCount(0)
})
