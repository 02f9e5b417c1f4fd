import { expectAccessibleInEveryLook } from './testing/accessible'
import { expect, test } from './testing/fixtures'

test('the audit in every look', async ({ as }) => {
  const page = await as('admin')
  await page.goto('/settings/audit')
  await expect(page.getByRole('heading', { level: 1, name: 'Audit' })).toBeVisible()
  await expect(page.getByText('none changed or removed')).toBeVisible()
  await expect(page.getByRole('table', { name: 'Entries' }).getByRole('row').nth(1)).toBeVisible()
  await expectAccessibleInEveryLook(page)
})

test('an administrator finds an export among the entries, and saves what matches', async ({ as, url }) => {
  const page = await as('admin')
  await page.request.get(`${url}/api/v1/reasons`, { headers: { accept: 'text/csv' } })
  await page.goto('/settings/audit')
  await page.getByLabel('What').selectOption({ label: 'Exported: reasons' })
  await page.getByRole('button', { name: 'Apply' }).click()
  await expect(page).toHaveURL(/action=export\.reasons/)
  const rows = page.getByRole('table', { name: 'Entries' }).getByRole('row')
  await expect(rows.nth(1)).toContainText('Exported: reasons')
  await expect(rows.nth(1)).toContainText('127.0.0.0/24')
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save as CSV' }).first().click()
  expect((await saved).suggestedFilename()).toBe('audit.csv')
  await page.getByRole('link', { name: 'Clear filter' }).click()
  await expect(page).toHaveURL(/\/settings\/audit$/)
})

test('the audit works without JavaScript', async ({ as }) => {
  const page = await as('admin', { javaScriptEnabled: false })
  await page.goto('/settings/audit?from=2001-01-01&to=2001-01-02')
  await expect(page.getByText('No entries match')).toBeVisible()
})

test('other roles see whom to ask', async ({ as }) => {
  const page = await as('viewer')
  await page.goto('/settings/audit')
  await expect(page.getByText('The audit is for administrators of all apps.')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Audit' })).toHaveCount(0)
})

test('the master key is replaced by a button, and everything goes on', async ({ as }) => {
  const page = await as('admin')
  await page.goto('/settings/system')
  const section = page.getByRole('region', { name: 'Master key' })
  await section.getByRole('button', { name: 'Replace master key' }).click()
  await expect(section.getByText('Replaced. Make a backup now.')).toHaveCount(0)
  await section.getByRole('checkbox').check()
  await section.getByRole('button', { name: 'Replace master key' }).click()
  await expect(section.getByText('Replaced. Make a backup now.')).toBeVisible()
  await expect(section.getByText('Last replaced:')).toBeVisible()
  await page.getByRole('button', { name: 'Check again' }).click()
  await expect(page.getByText('6 of 6 endpoints responded.')).toBeVisible({ timeout: 30_000 })
  await page.goto('/settings/audit?action=key.rotate')
  await expect(page.getByRole('table', { name: 'Entries' })).toContainText('Replaced the master key')
})
