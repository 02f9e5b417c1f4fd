import { expect, test } from './testing/fixtures'
import { expectHydrated } from './testing/hydrated'
test('look', async ({ as }) => {
  const page = await as('admin')
  await page.goto('/settings/system')
  const make = page.getByRole('button', { name: 'Back up now' })
  await expectHydrated(make)
  await make.click()
  await expect(page.getByRole('status').filter({ hasText: 'made and checked' })).toBeVisible()
  for (const [scheme, width] of [['light', 1440], ['dark', 390]] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    await page.setViewportSize({ width, height: 900 })
    await page.getByRole('region', { name: 'Backups' }).screenshot({ path: `/dev/shm/ops-${scheme}-${width}.png` })
  }
})
