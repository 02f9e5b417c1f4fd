import type { Browser, BrowserContextOptions, Locator, Page } from '@playwright/test'
import { expect, signIn } from './fixtures'

/** The one sentence of every refusal. */
export const REFUSED = 'This link does not work: it may have ended or been withdrawn. Ask the person who sent it.'

/** Opens a page in a browser of its own, signed in as an administrator or not at all. */
export async function openPage(
  browser: Browser,
  url: string,
  actor: 'admin' | null,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ baseURL: url, ...options })
  if (actor) await signIn(context.request, url, actor)
  return context.newPage()
}

/** Opens the dialog of a page, lets the test fill it, and returns the address, which is shown once. */
export async function shareLink(page: Page, path: string, fill: (dialog: Locator) => Promise<void>): Promise<string> {
  await page.goto(path)
  const button = page.getByRole('button', { name: /^Share/ })
  await button.press('Enter')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('heading', { name: 'Share' })).toBeVisible()
  await fill(dialog)
  await dialog.getByRole('button', { name: 'Create link' }).press('Enter')
  await expect(dialog.getByRole('heading', { name: /created$/ })).toBeFocused()
  return dialog.locator('[data-share-address]').innerText()
}

/** Opens the actions of the newest link of the list. */
export async function manageNewest(page: Page): Promise<void> {
  await page.goto('/settings/shares')
  const manage = page.getByLabel(/^Manage/).first()
  await manage.click()
}

export async function revokeNewest(page: Page): Promise<void> {
  await manageNewest(page)
  await page.getByRole('button', { name: 'Revoke', exact: true }).first().click()
  await expect(page.getByRole('button', { name: 'Keep it' })).toBeFocused()
  await page.getByRole('button', { name: 'Revoke link' }).click()
  await expect(page.getByRole('button', { name: 'Revoke link' })).toHaveCount(0)
}
