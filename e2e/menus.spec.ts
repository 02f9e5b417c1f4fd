import { expect, test } from './testing/fixtures'

test('a menu opens, moves and closes by keyboard', async ({ as }) => {
  const page = await as('viewer')
  await page.goto('/?source=task&range=7d')
  const menu = page.locator('header details[data-menu]', { hasText: '한국어' })
  const item = (name: string) => menu.getByRole('button', { name })
  // The menu listens once the page is hydrated.
  await expect(async () => {
    await menu.locator('summary').focus()
    await page.keyboard.press('ArrowDown')
    await expect(item('English')).toBeFocused({ timeout: 1_000 })
  }).toPass()
  await page.keyboard.press('ArrowUp')
  await expect(item('한국어')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(menu.locator('summary')).toBeFocused()
  await expect(item('English')).toBeHidden()

  await page.keyboard.press('Enter')
  await expect(item('English')).toBeVisible()
  await page.keyboard.press('Shift+Tab')
  await expect(item('English')).toBeHidden()
})

test('a menu opens without JavaScript', async ({ as }) => {
  const page = await as('viewer', { javaScriptEnabled: false })
  await page.goto('/')
  const menu = page.locator('header details[data-menu]', { hasText: '한국어' })
  await menu.locator('summary').click()
  await expect(menu.getByText('简体中文')).toBeVisible()
})
