import type { Page } from '@playwright/test'
import { expectAccessibleInEveryLook } from './testing/accessible'
import { expect, test } from './testing/fixtures'

const TAG = 'Food & drink'
const IDS = [1, 2].map((n) => `filters_6917d00${n}_58d4a5c8_1_1_${n}`)
const chips = (page: Page) => page.getByRole('list', { name: 'Active filters' }).getByRole('link')

async function addTag(page: Page, url: string) {
  const apps = await (await page.request.get('/api/v1/apps')).json()
  for (const id of IDS) {
    const path = `/api/v1/apps/${apps.items[0].id}/tasks/${id}`
    const saved = await page.request.put(path, { data: { tags: [TAG] }, headers: { origin: url } })
    expect(saved.status()).toBe(200)
  }
}

test('a tag stays in the address of the overview and losses while everything else changes', async ({ as, url }) => {
  const page = await as('editor')
  await addTag(page, url)
  await page.goto(`/?tag=${encodeURIComponent(TAG)}`)
  await expect(chips(page)).toHaveText([/^Tag: Food & drink \(2 campaigns\)/])
  await expectAccessibleInEveryLook(page, 'the overview of a tag')
  await page.goto(`/?tag=${encodeURIComponent(TAG)}&by=vendor&sort=lost&compare=none`)
  await page.getByRole('link', { name: '30 days', exact: true }).click()
  await expect(page).toHaveURL(/range=30d&compare=none&tag=Food\+%26\+drink&sort=lost&by=vendor$/)
  await page.getByRole('link', { name: 'Earlier', exact: true }).click()
  await expect(page).toHaveURL(/from=.*&tag=Food\+%26\+drink&sort=lost&by=vendor$/)
  expect(new URL(page.url()).searchParams.get('tag')).toBe(TAG)
  expect(new URL(page.url()).searchParams.get('task')).toBeNull()
  await expect(chips(page)).toHaveText([/^Tag: Food/, /^Lines: By vendor/])
  // Removing one keeps the other.
  await chips(page).last().click()
  await expect(page).not.toHaveURL(/by=vendor/)
  await expect(chips(page)).toHaveText([/^Tag: Food/])

  await page.goto(`/losses?tag=${encodeURIComponent(TAG)}&vendor=xiaomi`)
  await expect(chips(page)).toHaveText([/^Vendor: Xiaomi/, /^Tag: Food & drink/])
  await page.getByRole('link', { name: 'Today', exact: true }).click()
  await expect(page).toHaveURL(/range=today/)
  await page.getByText('By cause', { exact: true }).click()
  await page.getByRole('link', { name: 'Code', exact: true }).click()
  await expect(page).toHaveURL(/range=today.*group=code/)
  expect(new URL(page.url()).searchParams.get('tag')).toBe(TAG)
  await expect(chips(page)).toHaveText([/^Vendor: Xiaomi/, /^Tag: Food & drink/, /^Group: Code/])
  await chips(page).first().click()
  await expect(chips(page)).toHaveText([/^Tag: Food & drink/, /^Group: Code/])
  await chips(page).first().click()
  await expect(page).not.toHaveURL(/tag=/)
  await expect(chips(page)).toHaveText([/^Group: Code/])
})

test('campaigns show search, tag and group as chips', async ({ as, url }) => {
  const page = await as('editor')
  await addTag(page, url)
  await page.goto(`/campaigns?q=filters&tag=${encodeURIComponent(TAG)}&group=tag&sort=label`)
  await expect(chips(page)).toHaveText([/^Search: filters/, /^Tag: Food & drink/, /^Group: Tags/])
  await chips(page).first().click()
  await expect(page).toHaveURL(/\/campaigns\?tag=Food\+%26\+drink&sort=label&group=tag$/)
  await chips(page).last().click()
  await expect(page).toHaveURL(/\/campaigns\?tag=Food\+%26\+drink&sort=label$/)
})

test('back and forward show exactly the page from before', async ({ as }) => {
  const page = await as('viewer')
  await page.goto('/?source=chat&range=7d')
  const shown = () =>
    page.evaluate(() => [
      location.pathname + location.search,
      document.querySelector('h1')?.textContent,
      [...document.querySelectorAll('ul.choices [aria-current]')].map((link) => link.textContent),
      [...document.querySelectorAll('ul[aria-label="Active filters"] a')].map((link) => link.textContent),
    ])
  await page.getByRole('link', { name: '30 days', exact: true }).click()
  await expect(page).toHaveURL(/range=30d/)
  await expect(page.locator('ul.choices a[aria-current]').nth(1)).toHaveText('30 days')
  const range = await shown()
  await page.getByRole('link', { name: 'By vendor' }).click()
  await expect(chips(page)).toHaveText([/^Lines: By vendor/])
  const vendors = await shown()
  await page.getByRole('navigation').getByRole('link', { name: 'Losses' }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: 'Losses' })).toBeVisible()
  const losses = await shown()
  await page.goBack()
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  await expect.poll(shown).toEqual(vendors)
  await page.goBack()
  await expect.poll(shown).toEqual(range)
  await page.goForward()
  await expect.poll(shown).toEqual(vendors)
  await page.goForward()
  await expect.poll(shown).toEqual(losses)
})

test('a comparison that cannot be made is not selected, and says why', async ({ as }) => {
  const page = await as('viewer')
  // Nothing was collected so long ago.
  await page.goto('/?source=chat&range=30d&compare=previous')
  const menu = page.locator('summary', { hasText: /comparison|Compare/ })
  await expect(menu).toHaveText('No comparison')
  await menu.click()
  const list = page.getByRole('list', { name: 'Compare with' })
  await expect(list.locator('a[aria-current]')).toHaveText('No comparison')
  await expect(page.getByText(/^No comparison: .* is incomplete$/).first()).toBeVisible()
})
