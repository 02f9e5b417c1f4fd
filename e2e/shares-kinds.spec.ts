import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expectAccessible, expectAccessibleInEveryLook } from './testing/accessible'
import { SDK_APP_ID } from './testing/emulator-process'
import { expect, test } from './testing/fixtures'
import { framingPage } from './testing/framing-page'
import type { Server } from './testing/server'
import { openPage, shareLink } from './testing/share-link'
import { type TestEnv, testEnv } from './testing/test-env'

/** Each file has a server of its own, so that its log and database can be searched, and its calls counted. */
test.describe.configure({ mode: 'serial' })

let env: TestEnv
let server: Server
test.beforeAll(async () => {
  env = await testEnv(20)
  server = await env.start({ TIM_NAME: 'Demo shop', DEMO: 'on' })
})
test.afterAll(() => env.end())

const control = async (path: string) => (await fetch(`${env.emulator.controlUrl}${path}`)).json()

test('a link for a partner shows rates only, behind a password', async ({ browser }) => {
  const admin = await openPage(browser, server.url, 'admin')
  const address = await shareLink(admin, '/', async (dialog) => {
    await dialog.getByRole('button', { name: /A partner/ }).click()
    await dialog.getByRole('button', { name: 'Create link' }).click()
    await expect(dialog.getByLabel('Password', { exact: true })).toBeFocused()
    await dialog.getByLabel('Password', { exact: true }).fill('seagulls at noon')
  })
  const partner = await openPage(browser, server.url, null, { viewport: { width: 390, height: 844 } })
  await partner.goto(address)
  await expect(partner.getByRole('heading', { name: 'This link needs a password' })).toBeVisible()
  await expectAccessible(partner, 'the password of a link')
  await partner.getByLabel('Password', { exact: true }).fill('seagulls at night')
  await partner.keyboard.press('Enter')
  await expect(partner.getByText(/Check the password/)).toBeVisible()
  await partner.getByLabel('Password', { exact: true }).fill('seagulls at noon')
  const [answer] = await Promise.all([
    partner.waitForResponse((response) => response.url().endsWith('/view')),
    partner.keyboard.press('Enter'),
  ])
  await expect(partner.locator('.numbers')).toContainText(/\d\s?%/)
  expect(await partner.locator('.numbers').innerText()).not.toMatch(/\d,\d{3}/)
  const { view } = await answer.json()
  expect([view.funnel.total.sendable, view.funnel.total.sent]).toEqual([null, null])
  await expectAccessibleInEveryLook(partner, 'a shared view with rates only')
})

test('a frozen link hands out the file that its hash is of', async ({ browser }) => {
  const admin = await openPage(browser, server.url, 'admin')
  const address = await shareLink(admin, '/', (dialog) => dialog.getByRole('button', { name: /A ticket/ }).click())
  const stranger = await openPage(browser, server.url, null)
  await stranger.goto(address)
  await expect(stranger.getByText(/^Frozen on/)).toBeVisible()
  const hash = await stranger.locator('header code').innerText()
  const [file] = await Promise.all([
    stranger.waitForEvent('download'),
    stranger.getByRole('button', { name: 'Download JSON' }).click(),
  ])
  expect(
    createHash('sha256')
      .update(readFileSync(await file.path()))
      .digest('hex'),
  ).toBe(hash)
  await expectAccessibleInEveryLook(stranger, 'a frozen link')
  await admin.goto('/settings/shares')
  await expect(admin.getByText(hash)).toBeVisible()
})

test('a link of a tag lists its campaigns, also one that gets the tag later', async ({ browser }) => {
  const { items } = (await control('/truth/tasks')) as { items: { taskId: string; at: number; audience: string }[] }
  const end = items.at(-1)?.at ?? 0
  const [first, second, other] = items.filter(({ at, audience }) => audience === 'all' && at < end - 86_400).slice(-3)
  if (!first || !second || !other) throw new Error('too few campaigns')
  const admin = await openPage(browser, server.url, 'admin')
  const register = async ({ taskId }: { taskId: string }, label: string, tag: string) => {
    const path = `/api/v1/apps/${SDK_APP_ID}/tasks/${taskId}`
    const data = { label, tags: [tag] }
    expect((await admin.request.put(path, { data, headers: { origin: server.url } })).status()).toBe(200)
    await admin.goto(`/campaigns/${taskId}`)
    await expect(admin.getByRole('region', { name: 'Key numbers since sending' })).toBeVisible()
  }
  await register(first, 'Spring news', 'spring')
  await register(other, 'Autumn news', 'autumn')
  const address = await shareLink(admin, '/campaigns?tag=spring', (dialog) =>
    expect(dialog.getByLabel('Tag', { exact: true })).toHaveValue('spring'),
  )
  const stranger = await openPage(browser, server.url, null, { viewport: { width: 390, height: 844 } })
  await stranger.goto(address)
  // On a phone each row is a card.
  const names = stranger.locator('.campaigns tbody th button')
  await expect(names).toHaveText(['Spring news'])
  await expectAccessibleInEveryLook(stranger, 'a shared list of campaigns')

  await register(second, 'Spring sale', 'spring')
  await expect(async () => {
    await stranger.reload()
    await expect(names).toHaveText([/^Spring (sale|news)$/, /^Spring (sale|news)$/], { timeout: 2_000 })
  }).toPass({ timeout: 20_000 })
  await names.filter({ hasText: 'Spring sale' }).click()
  await expect(stranger.getByRole('heading', { level: 2, name: 'Spring sale' })).toBeVisible()
  const { total } = (await control(
    `/truth?source=task&metric=statistics&task=${second.taskId}&from=${second.at - (second.at % 3_600)}&to=${end + 30 * 86_400}`,
  )) as { total: { sent: number } }
  await expect(stranger.getByRole('region', { name: 'Key numbers since sending' })).toContainText(
    total.sent.toLocaleString('en'),
  )
  await expectAccessibleInEveryLook(stranger, 'a shared campaign')
  await stranger.getByRole('button', { name: 'All campaigns' }).click()
  await expect(names).toHaveCount(2)
})

test('a look-up is shared as evidence without the person', async ({ browser }) => {
  const { items } = (await control('/truth/pushes?limit=1')) as {
    items: { case: string; taskId?: string; userId: string }[]
  }
  const found = items.find((one) => one.case === 'refused by vendor' && one.taskId !== undefined)
  const [taskId, userId] = [found?.taskId ?? '', found?.userId ?? '']
  const admin = await openPage(browser, server.url, 'admin')
  await admin.goto('/lookup')
  await admin.getByLabel('Look up anything').and(admin.getByRole('textbox')).fill(`${taskId} ${userId}`)
  await admin.keyboard.press('Enter')
  await expect(admin.getByText(/^Stopped at /).first()).toBeVisible()
  const address = await shareLink(admin, admin.url(), async () => {})
  const stranger = await openPage(browser, server.url, null)
  const [answer] = await Promise.all([
    stranger.waitForResponse((response) => response.url().endsWith('/view')),
    stranger.goto(address),
  ])
  await expect(stranger.getByText(/^Stopped at /).first()).toBeVisible()
  await expect(stranger.locator('header code')).toHaveText(/^[0-9a-f]{64}$/)
  expect(await answer.text()).not.toContain(userId)
  expect(await stranger.locator('body').innerText()).not.toContain(userId)
  await expectAccessibleInEveryLook(stranger, 'a shared look-up')
})

test('a link is shown in frames of its origins alone, also where the browser blocks storage', async ({ browser }) => {
  const [allowed, other] = [await framingPage(), await framingPage()]
  const admin = await openPage(browser, server.url, 'admin')
  const address = await shareLink(admin, '/', async (dialog) => {
    await dialog.getByText('Embedding and chat previews').click()
    await dialog.getByLabel('Sites that may embed it').fill('wiki.example.com')
    await dialog.getByRole('button', { name: 'Create link' }).click()
    await expect(dialog.getByLabel('Sites that may embed it')).toBeFocused()
    await dialog.getByLabel('Sites that may embed it').fill(allowed.origin)
  })
  const code = await admin.getByRole('region', { name: 'Code for embedding' }).locator('pre').innerText()
  expect(code).toContain(address)
  for (const { frame } of [allowed, other]) frame(code)
  const visitor = await openPage(browser, server.url, null)
  await visitor.addInitScript(() => {
    const blocked = {
      get: () => {
        throw new DOMException('blocked', 'SecurityError')
      },
    }
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) Object.defineProperty(window, name, blocked)
  })
  await visitor.goto(allowed.origin)
  await expect(visitor.frameLocator('iframe').locator('.numbers')).toContainText(/\d{2},\d{3}/)
  await visitor.goto(other.origin)
  await expect.poll(() => visitor.frames()[1]?.url()).toMatch(/^chrome-error:/)
  const headersOf = async (path: string) => (await fetch(`${server.url}${path}`)).headers
  const own = await headersOf(new URL(address).pathname)
  expect(own.get('content-security-policy')).toContain(`frame-ancestors ${allowed.origin}`)
  expect([own.get('x-frame-options'), own.get('referrer-policy'), own.get('set-cookie')]).toEqual([
    null,
    'no-referrer',
    null,
  ])
  expect(own.get('cache-control')).toContain('no-store')
  const unknown = await headersOf('/share/nobody')
  expect(unknown.get('content-security-policy')).toContain("frame-ancestors 'none'")
  expect(unknown.get('x-robots-tag')).toContain('noindex')
  for (const { stop } of [allowed, other]) stop()
})
