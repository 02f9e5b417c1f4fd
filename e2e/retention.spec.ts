import { expectAccessibleInEveryLook } from './testing/accessible'
import { expect, test } from './testing/fixtures'

test('an administrator sees what is kept, and what other days would delete, without JavaScript', async ({ as }) => {
  const page = await as('admin', { javaScriptEnabled: false })
  await page.goto('/settings/retention')
  await expect(page.getByRole('table', { name: 'Stored data' }).getByRole('row')).toHaveCount(13)
  await expect(page.getByText('Currently 90 days, from RETENTION_TRACES_DAYS.')).toBeVisible()
  await page.getByLabel('Keep looked-up traces for (days)').fill('30')
  await page.getByRole('button', { name: 'Show', exact: true }).click()
  await expect(page.getByText('To change it, set RETENTION_TRACES_DAYS=30 and restart Pushlens.')).toBeVisible()
  await page.goto('/settings/retention?traces=soon')
  await expect(page.getByText('Enter a whole number from 1 to 3,650.')).toBeVisible()
})

test('the retention in every look, and on a phone', async ({ as }) => {
  const page = await as('admin', { viewport: { width: 390, height: 844 } })
  await page.goto('/settings/retention?traces=30')
  await expect(page.getByRole('table', { name: 'Expected size' })).toBeVisible()
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
  await expectAccessibleInEveryLook(page)
})

test('other roles see whom to ask', async ({ as }) => {
  const page = await as('viewer')
  await page.goto('/settings/retention')
  await expect(page.getByText('Data retention is for administrators of all apps.')).toBeVisible()
})
