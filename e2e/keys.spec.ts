import type { Page } from '@playwright/test'
import { expectAccessibleInEveryLook } from './testing/accessible'
import { expect, test } from './testing/fixtures'

interface Press {
  key: string
  code: string
  [modifier: string]: string | boolean
}

/** Opens a page and waits until its keys work. */
async function open(page: Page, path: string) {
  await page.goto(path)
  await expectKeys(page)
}
const expectKeys = (page: Page) => expect(page.locator('html[data-keys-ready]')).toHaveCount(1)
const range = (page: Page) => page.getByRole('list', { name: 'Time range' }).locator('a[aria-current]')
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Keyboard shortcuts' })

test('D, W and T open ranges, the arrows shift them, X compares, and back returns', async ({ as }) => {
  const page = await as('viewer')
  await open(page, '/?source=chat&range=30d&sort=lost')
  await page.keyboard.press('d')
  await expect(range(page)).toHaveText('Today')
  await page.keyboard.press('t')
  await expect(range(page)).toHaveText('30 days')
  await page.keyboard.press('w')
  await expect(range(page)).toHaveText('7 days')
  await expect(page).toHaveURL(/source=chat&range=7d.*sort=lost/)
  const week = page.url()

  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowLeft')
  await expect(page).toHaveURL(/from=\d{4}-\d\d-\d\d&to=/)
  const { searchParams } = new URL(page.url())
  const days = (name: string) => Date.parse(searchParams.get(name) ?? '') / 86_400_000
  expect(days('to') - days('from')).toBe(7)
  await page.keyboard.press('ArrowRight')
  await expect(page).toHaveURL(new RegExp(`from=${searchParams.get('to')}`))
  await page.goBack()
  await page.goBack()
  await expect(page).toHaveURL(week)

  await page.keyboard.press('x')
  await expect(page).toHaveURL(/compare=none/)
  await expect(page.getByRole('list', { name: 'Active filters' })).toContainText('No comparison')
  await page.keyboard.press('x')
  await expect(page).toHaveURL(/compare=previous/)
  await expect(page.getByRole('list', { name: 'Active filters' })).toHaveCount(0)
})

test('keys do nothing with modifiers, in fields and menus, while composing, and on what uses arrows', async ({
  as,
}) => {
  const page = await as('editor')
  await open(page, '/?source=task&range=30d')
  const before = page.url()
  const dispatch = (init: Press) =>
    page.evaluate((given) => {
      document.body.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...given }))
    }, init)
  for (const held of ['ctrlKey', 'altKey', 'metaKey', 'shiftKey'])
    await dispatch({ key: 'd', code: 'KeyD', [held]: true })
  await dispatch({ key: 'Process', code: 'KeyD', isComposing: true })
  await dispatch({ key: 'n', code: 'KeyN', isComposing: true })
  await dispatch({ key: '/', code: 'Slash', isComposing: true })
  const box = page.getByRole('searchbox').or(page.locator('header [data-search-field]')).first()
  await box.focus()
  await page.keyboard.type('dwtx?')
  await expect(box).toHaveValue('dwtx?')
  await page.keyboard.press('Escape')
  await page.locator('summary', { hasText: 'Views' }).click()
  await page.keyboard.press('d')
  await page.keyboard.press('Escape')
  await expect(page.locator('details[data-menu][open]')).toHaveCount(0)
  const chart = page.locator('svg[role="application"]').first()
  await chart.focus()
  await page.keyboard.press('ArrowLeft')
  await expect(dialog(page)).toHaveCount(0)
  await expect(page.getByRole('dialog', { name: 'Add note' })).toHaveCount(0)
  await expect(page).toHaveURL(before)
  // A letter is the key's place, so a Korean layout works too.
  await dispatch({ key: 'ㅇ', code: 'KeyD' })
  await expect(range(page)).toHaveText('Today')
})

test('? lists the keys; one switch turns single keys off, in this browser', async ({ as }) => {
  const page = await as('editor')
  await open(page, '/?source=task&range=7d')
  await page.keyboard.press('?')
  await expect(dialog(page)).toBeVisible()
  await expectAccessibleInEveryLook(page, 'the list of keys')
  await page.keyboard.press('d')
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toHaveCount(0)
  await expect(range(page)).toHaveText('7 days')

  await page.keyboard.press('?')
  await dialog(page).getByLabel('Single-key shortcuts').uncheck()
  await page.keyboard.press('Escape')
  const expectOff = async () => {
    for (const key of ['?', 'd', 'n', '/']) await page.keyboard.press(key)
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(page.locator('header [data-search-field]').first()).not.toBeFocused()
    await expect(page).toHaveURL(/range=7d/)
  }
  await expectOff()
  await page.reload()
  await expectKeys(page)
  await expectOff()
  await page.keyboard.press('ControlOrMeta+k')
  await expect(page.locator('header [data-search-field]').first()).toBeFocused()

  await page.goto('/settings/profile')
  const profile = page.getByRole('region', { name: 'Keyboard shortcuts' })
  await expect(profile.getByLabel('Single-key shortcuts')).not.toBeChecked()
  await profile.getByLabel('Single-key shortcuts').check()
  await expectKeys(page)
  // The switch has the focus, and a field keeps its keys.
  await page.keyboard.press('?')
  await expect(dialog(page)).toHaveCount(0)
  await page.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('?')
  await expect(dialog(page)).toBeVisible()
})

test('Escape leaves one thing at a time', async ({ as, url }) => {
  const page = await as('editor')
  const taskId = 'keys_6917d000_58d4a5c8_1_1_1'
  const apps = await (await page.request.get('/api/v1/apps')).json()
  const saved = await page.request.put(`/api/v1/apps/${apps.items[0].id}/tasks/${taskId}`, {
    data: { label: 'Keyboard festival' },
    headers: { origin: url },
  })
  expect(saved.status()).toBe(200)
  await open(page, '/losses')
  await page.keyboard.press('/')
  const box = page.locator('header [data-search-field]').first()
  await expect(box).toBeFocused()
  await page.keyboard.type('Keyboard fest')
  const found = page.getByRole('link', { name: /Keyboard festival/ })
  await expect(found).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(found).toHaveCount(0)
  await expect(box).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(box).not.toBeFocused()

  // The box finds a campaign by its name.
  await page.keyboard.press('/')
  await box.fill('')
  await page.keyboard.type('festival')
  await found.click()
  await expect(page.getByRole('heading', { level: 1, name: 'Keyboard festival' })).toBeVisible()
})
