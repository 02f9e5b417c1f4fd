import { readFileSync } from 'node:fs'
import { expectAccessibleInEveryLook } from './testing/accessible'
import { expect, test } from './testing/fixtures'

test('an administrator makes, downloads and deletes a backup, and reads what to keep beside it', async ({ as }) => {
  const page = await as('admin')
  await page.goto('/settings/system')
  const section = page.getByRole('region', { name: 'Backups' })
  await expect(section).toContainText('The key is the file master.key in the data folder.')
  const make = section.getByRole('button', { name: 'Back up now' })
  await make.click()
  await expect(section.getByRole('status')).toHaveText('The backup is made and checked.')
  await expectAccessibleInEveryLook(page)

  const downloading = page.waitForEvent('download')
  await section.getByRole('link', { name: /^Download pushlens-.*-manual\.db$/ }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toMatch(/^pushlens-\d{8}T\d{6}Z-manual\.db$/)
  expect(
    readFileSync(await download.path())
      .subarray(0, 15)
      .toString(),
  ).toBe('SQLite format 3')

  const remove = section.getByRole('button', { name: /^Delete pushlens-/ })
  await remove.click()
  await section.getByRole('button', { name: 'Delete backup' }).click()
  await expect(section.getByText('No backups yet.')).toBeVisible()
  await expect(page.getByText(/^Pushlens \d+\.\d+\.\d+\. It does not look for new versions by itself\.$/)).toBeVisible()

  await page.goto('/settings/audit')
  const entries = page.getByRole('table', { name: 'Entries' })
  await expect(entries).toContainText('Downloaded a backup')
  await expect(entries).toContainText('Deleted a backup')
})
