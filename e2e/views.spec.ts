import type { Browser, Page } from '@playwright/test'
import { expectAccessibleInEveryLook } from './testing/accessible'
import { addPerson } from './testing/add-person'
import type { Actor } from './testing/cast'
import { expect, signIn, test } from './testing/fixtures'
import type { Server } from './testing/server'
import { type TestEnv, testEnv } from './testing/test-env'

let env: TestEnv
let server: Server

test.beforeAll(async () => {
  env = await testEnv(20)
  server = await env.start()
  addPerson(env.env, 'viewer')
  addPerson(env.env, 'support')
})
test.afterAll(() => env.end())

async function visit(browser: Browser, actor: Actor, options = {}): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.url, ...options })
  await signIn(context.request, server.url, actor)
  return context.newPage()
}
const menu = (page: Page) => page.locator('summary', { hasText: 'Views' })
const views = (page: Page) => page.getByRole('region', { name: 'Saved views' })

async function save(page: Page, name: string, { start = false } = {}) {
  await menu(page).click()
  const field = page.getByLabel('Name of this view')
  await field.fill(name)
  if (start) await page.getByLabel('Open as start page').check()
  await page.getByRole('button', { name: 'Save view' }).click()
  await expect(page.getByText('View saved')).toBeVisible()
  await page.keyboard.press('Escape')
}

test('a view is saved with its relative range, opened, renamed, made the start page and deleted; others do not see it', async ({
  browser,
}) => {
  const page = await visit(browser, 'viewer')
  await page.goto('/losses?source=task&range=30d&group=owner')
  await save(page, 'Who fixes the month')
  await page.goto('/?source=chat&range=30d&by=vendor')
  await save(page, 'Chat by vendor', { start: true })
  await menu(page).click()
  const list = page.getByRole('list', { name: 'Saved views' })
  await expect(list.getByRole('link')).toHaveText(['Who fixes the month', 'Chat by vendorStart page'])
  await expectAccessibleInEveryLook(page, 'the menu of views')

  // The path alone opens the start page. The navigation still reaches the overview.
  await page.goto('/')
  await expect(page).toHaveURL(/\/\?source=chat&range=30d.*by=vendor/)
  await expect(page.getByRole('link', { name: /^Lines: By vendor/ })).toBeVisible()
  await page.getByRole('navigation').getByRole('link', { name: 'Overview' }).first().click()
  await expect(page).toHaveURL(`${server.url}/?source=task`)
  await expect(page.getByRole('link', { name: '7 days', exact: true })).toHaveAttribute('aria-current', 'true')

  await page.goto('/settings/profile')
  await expect(views(page).getByRole('listitem')).toHaveCount(2)
  await expectAccessibleInEveryLook(page, 'the profile with views')
  const rename = views(page).getByRole('button', { name: 'Rename the view Who fixes the month' })
  await rename.click()
  await views(page).getByLabel('Name', { exact: true }).fill('Owners')
  await page.getByRole('button', { name: 'Save name' }).last().click()
  await expect(views(page).getByRole('link', { name: 'Owners' })).toBeVisible()
  await views(page).getByRole('button', { name: 'Use the view Owners as start page' }).click()
  const chosen = views(page)
    .getByRole('listitem')
    .filter({ has: page.getByText('Start page', { exact: true }) })
  await expect(chosen).toHaveText(/^Owners/)
  await page.goto('/')
  await expect(page).toHaveURL(/\/losses\?source=task&range=30d.*group=owner/)

  const other = await visit(browser, 'support')
  await other.goto('/losses')
  await menu(other).click()
  await expect(other.getByText('No saved views of this app yet.')).toBeVisible()
  await other.goto('/')
  await expect(other.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()

  await page.goto('/settings/profile')
  const remove = views(page).getByRole('button', { name: 'Delete the view Owners' })
  await remove.click()
  await views(page).getByText('Delete view', { exact: true }).click()
  await expect(views(page).getByRole('listitem')).toHaveCount(1)
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  await expect(page).toHaveURL(`${server.url}/`)
})

test('a view opens without JavaScript', async ({ browser }) => {
  const page = await visit(browser, 'support')
  await page.goto('/campaigns?q=sale&group=tag')
  await save(page, 'Sales')
  const plain = await visit(browser, 'support', { javaScriptEnabled: false })
  await plain.goto('/campaigns')
  await menu(plain).click()
  await expect(plain.getByLabel('Name of this view')).toHaveCount(0)
  await plain.getByRole('link', { name: 'Sales', exact: true }).click()
  await expect(plain).toHaveURL(/\/campaigns\?q=sale&group=tag$/)
})
