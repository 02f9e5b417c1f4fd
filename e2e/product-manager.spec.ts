import type { Locator, Page } from '@playwright/test'
import { SDK_APP_ID } from './testing/emulator-process'
import { expect, test } from './testing/fixtures'

/** Counts the clicks of a person who has a question. */
function clicks(most: number) {
  let used = 0
  return async (target: Locator) => {
    used++
    expect(used, 'clicks').toBeLessThanOrEqual(most)
    await target.click()
  }
}

const isCompared = async (page: Page, url: string) => {
  const funnel = `${url}/api/v1/apps/${SDK_APP_ID}/funnel?source=task&interval=day`
  await page.request.get(`${funnel}&range=30d`)
  const { comparison } = await (await page.request.get(`${funnel}&range=yesterday&compare=weekday`)).json()
  return comparison?.held === true
}

test('yesterday against last week, which vendor and why: two clicks', async ({ as, url }) => {
  const page = await as('viewer')
  await expect.poll(() => isCompared(page, url), { timeout: 30_000 }).toBe(true)
  await page.goto('/')
  const click = clicks(2)
  await click(page.getByRole('link', { name: 'Yesterday', exact: true }))
  await expect(page.locator('summary', { hasText: 'Same weekday' })).toBeVisible()
  await expect(page.locator('.numbers')).toContainText(/[▲▼±]/)
  const vendor = page.locator('.vendors tbody tr', { hasText: 'vivo' })
  await expect(vendor).toContainText(/pp|–/)
  await click(vendor.getByRole('link', { name: 'vivo', exact: true }))
  await expect(page).toHaveURL(/\/losses\?.*range=yesterday.*vendor=vivo/)
  await expect(page.locator('.reason').first()).toContainText(/\d/)
})

test('compare these two campaigns: four clicks from the overview', async ({ as, control, url }) => {
  const { items } = (await control('/truth/tasks')) as { items: { taskId: string; at: number }[] }
  const page = await as('editor')
  for (const [n, { taskId }] of items.slice(-2).entries()) {
    const path = `${url}/api/v1/apps/${SDK_APP_ID}/tasks/${taskId}`
    const data = { label: `Asked ${n + 1}`, tags: [] }
    expect((await page.request.put(path, { data, headers: { origin: url } })).status()).toBe(200)
  }
  await page.goto('/')
  const click = clicks(4)
  await click(page.getByRole('navigation').getByRole('link', { name: 'Campaigns', exact: true }).first())
  const first = page.getByRole('checkbox', { name: 'Select Asked 1' })
  await click(first)
  await click(page.getByRole('checkbox', { name: 'Select Asked 2' }))
  await click(page.getByRole('button', { name: 'Compare 2 campaigns' }))
  await expect(page.getByRole('heading', { level: 1, name: 'Compare campaigns' })).toBeVisible()
  await expect(page.getByRole('table')).toContainText('Asked 1')
})

test('send it: one click copies the summary, two save a picture of the losses', async ({ as }) => {
  const page = await as('viewer', { permissions: ['clipboard-read', 'clipboard-write'] })
  await page.goto('/?source=task&range=7d')
  const copy = page.getByRole('button', { name: 'Copy summary' })
  await clicks(2)(copy)
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toContain('Demo, invented data')
  expect(copied).toContain('http')
  await page.goto('/losses?source=task&range=yesterday')
  const click = clicks(2)
  await click(page.getByText('Export', { exact: true }))
  const file = page.waitForEvent('download')
  await click(page.getByRole('button', { name: 'Table (PNG)' }))
  expect((await file).suggestedFilename()).toBe(`losses-${SDK_APP_ID}.png`)
})
