import { DatabaseSync } from '@photostructure/sqlite'
import ko from '../messages/ko/crash.json' with { type: 'json' }
import zh from '../messages/zh-CN/crash.json' with { type: 'json' }
import { expect, signIn, test } from './testing/fixtures'
import { testEnv } from './testing/test-env'

test('a page that fails in the browser says so in its language and theme, and leads back', async ({ as, url }) => {
  const context = (await as('viewer', { locale: 'zh-CN' })).context()
  await context.addCookies([{ name: 'theme', value: 'dark', url }])
  // The error of a page of `as` would fail the test.
  const page = await context.newPage()
  await page.goto('/campaigns')
  const overview = page.getByRole('link', { name: '总览' }).first()
  // Before, the link would load a new document, in which nothing is broken.
  await expect(overview).toBeVisible()
  await page.evaluate(() => {
    const broken = () => {
      throw new Error('broken on purpose')
    }
    Object.assign(Intl, { NumberFormat: broken, DateTimeFormat: broken })
  })
  await overview.click()
  await expect(page.getByRole('heading', { name: zh.title })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.getByRole('link', { name: zh.home }).click()
  await expect(page.locator('h1')).toHaveText('总览')
})

test('a page that fails on the server says so in the reader’s language and theme, with a reference', async ({
  browser,
}) => {
  const env = await testEnv(20)
  const context = await browser.newContext({ locale: 'ko' })
  try {
    const server = await env.start()
    await signIn(context.request, server.url, 'admin')
    const db = new DatabaseSync(`${env.folder}/pushlens.db`)
    db.exec('alter table people rename to elsewhere')
    db.close()
    const page = await context.newPage()
    await page.goto(server.url)
    await expect(page.getByRole('heading', { name: ko.title })).toBeVisible()
    await expect(page.getByText(ko.reference)).toBeVisible()
    await context.addCookies(
      Object.entries({ locale: 'zh-CN', theme: 'dark' }).map(([name, value]) => ({ name, value, url: server.url })),
    )
    await page.reload()
    await expect(page.getByRole('heading', { name: zh.title })).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  } finally {
    await context.close()
    await env.end()
  }
})
