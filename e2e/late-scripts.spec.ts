import { expect, test } from './testing/fixtures'
import { holdScripts } from './testing/hydrated'

test('a test presses nothing before the scripts of the page listen', async ({ as }) => {
  const page = await as('viewer', { permissions: ['clipboard-read', 'clipboard-write'] })
  const release = await holdScripts(page)
  await page.goto('/?source=task&range=7d', { waitUntil: 'commit' })
  const copy = page.getByRole('button', { name: 'Copy summary' })
  await expect(expect(copy).toBeVisible({ timeout: 3_000 })).rejects.toThrow(/unhydrated/)
  release()
  await copy.click()
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible()
})
