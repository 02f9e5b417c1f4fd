import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page, Request } from '@playwright/test'
import { expectAccessible, expectAccessibleInEveryLook } from './testing/accessible'
import { expect, signIn, test } from './testing/fixtures'
import { framingPage } from './testing/framing-page'
import { expectHydrated } from './testing/hydrated'
import type { Server } from './testing/server'
import { type TestEnv, testEnv } from './testing/test-env'

/** Each test makes its own link on a server of its own, whose log and database are searched afterwards. */
test.describe.configure({ mode: 'serial' })

let env: TestEnv
let server: Server
test.beforeAll(async () => {
  env = await testEnv(20)
  server = await env.start({ TIM_NAME: 'Demo shop', DEMO: 'on' })
})
test.afterAll(() => env.end())

const REFUSED = 'This link does not work: it may have ended or been withdrawn. Ask the person who sent it.'
const exact = (count: number) => new Intl.NumberFormat('en-GB').format(count)
const control = async (path: string) => (await fetch(`${env.emulator.controlUrl}${path}`)).json()
const arrivals = async () => ((await control('/arrivals')) as { items: unknown[] }).items.length
const secretOf = (address: string) => new URL(address).hash.slice(1)

async function open(browser: Browser, actor: 'admin' | null, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.url, ...options })
  if (actor) await signIn(context.request, server.url, actor)
  return context.newPage()
}

/** Opens the dialog on a page, lets the test fill it, and returns the address that it shows once. */
async function share(page: Page, path: string, fill: (dialog: ReturnType<Page['getByRole']>) => Promise<void>) {
  await page.goto(path)
  const button = page.getByRole('button', { name: /^Share/ })
  await expectHydrated(button)
  await button.press('Enter')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('heading', { name: 'Share' })).toBeVisible()
  await fill(dialog)
  await dialog.getByRole('button', { name: 'Create link' }).press('Enter')
  await expect(dialog.getByRole('heading', { name: /created$/ })).toBeFocused()
  return dialog.locator('[data-share-address]').innerText()
}

/** Revokes the newest link of the list. */
async function revokeNewest(page: Page): Promise<void> {
  await page.goto('/settings/shares')
  const summary = page.getByText('Manage', { exact: true }).first()
  await expectHydrated(page.locator('details').filter({ has: summary }).first())
  await summary.click()
  await page.getByRole('button', { name: 'Revoke', exact: true }).first().click()
  await expect(page.getByRole('button', { name: 'Keep it' })).toBeFocused()
  await page.getByRole('button', { name: 'Revoke link' }).click()
  await expect(page.getByRole('button', { name: 'Revoke link' })).toHaveCount(0)
}

test('a stranger sees the numbers of a live link, its secret stays in the browser, and revoking ends it', async ({
  browser,
}) => {
  const admin = await open(browser, 'admin')
  await admin.goto('/')
  await expect(admin.locator('.numbers')).toContainText(/\d{2},\d{3}/)
  const address = await share(admin, '/', async (dialog) => {
    await expectAccessibleInEveryLook(admin, 'the share dialog')
    await dialog.getByLabel('Name').fill('')
    await dialog.getByRole('button', { name: 'Create link' }).click()
    await expect(dialog.getByLabel('Name')).toBeFocused()
    await expect(dialog.getByText('Fill this in.')).toBeVisible()
    await dialog.getByLabel('Name').fill('For the board')
    await dialog.getByLabel('Losses').check()
    await dialog.getByText('Preview as visitors see it').click()
    const preview = dialog.frameLocator('iframe')
    await expect(preview.getByText('Shared view of Demo shop')).toBeVisible()
    await expect(preview.locator('.numbers')).toContainText(/\d{2},\d{3}/)
  })
  const secret = secretOf(address)
  expect(secret).toMatch(/^[\w-]{43}$/)

  const stranger = await open(browser, null)
  const sent: Request[] = []
  stranger.on('request', (request) => sent.push(request))
  const before = await arrivals()
  const [answer] = await Promise.all([
    stranger.waitForResponse((response) => response.url().endsWith('/view')),
    stranger.goto(address),
  ])
  await expect(stranger.getByRole('heading', { level: 1, name: 'For the board' })).toBeVisible()
  await expect(stranger.getByText('Demo, invented data')).toBeVisible()
  const { view } = await answer.json()
  const [from, to] = [Date.parse(view.funnel.range.from) / 1_000, Date.parse(view.funnel.range.to) / 1_000]
  const asOf = Math.floor(Date.parse(view.funnel.asOf) / 1_000)
  const { total } = await control(`/truth?source=task&metric=statistics&from=${from}&to=${to}&asOf=${asOf}`)
  for (const count of [total.sendable, total.sent]) {
    await expect(stranger.locator('.numbers').getByText(exact(count), { exact: true })).toBeVisible()
  }
  await expectAccessibleInEveryLook(stranger, 'a shared overview')
  await stranger.getByRole('button', { name: 'Losses', exact: true }).click()
  await expect(stranger.getByRole('heading', { name: 'Before sending' })).toBeVisible()
  await stranger.locator('details.reason summary').first().click()
  await expectAccessibleInEveryLook(stranger, 'shared losses')
  await expect(stranger.locator('main a[href^="/"], header a[href]')).toHaveCount(0)

  // A part of the page is reached without losing the secret, so that a reload opens the link again.
  await stranger.getByRole('button', { name: 'Overview', exact: true }).click()
  await stranger.locator('a[href^="#receipts"]').first().click()
  await expect(stranger.locator('#receipts')).toHaveAttribute('open', '')
  await stranger.getByLabel('Language').selectOption('ko')
  await expect(stranger.getByText('Demo shop 공유 화면')).toBeVisible()
  await expect(stranger.locator('html')).toHaveAttribute('lang', 'ko')
  await expect.poll(() => secretOf(stranger.url())).toBe(secret)
  await stranger.reload()
  await expect(stranger.getByText('Demo shop 공유 화면')).toBeVisible()

  expect(await arrivals()).toBe(before)
  expect(await stranger.context().cookies()).toEqual([])
  for (const request of sent) {
    expect(request.url()).not.toContain(secret)
    const headers = await request.allHeaders()
    expect(headers.referer ?? '').toBe('')
    const holding = Object.entries(headers).filter(([, value]) => value.includes(secret))
    expect(holding.map(([name]) => name)).toEqual(request.url().endsWith('/view') ? ['x-share-secret'] : [])
    expect(request.postData() ?? '').not.toContain(secret)
  }
  expect(server.output()).not.toContain(secret)
  for (const name of readdirSync(env.folder)) {
    if (!name.startsWith('pushlens.db') || name.endsWith('.lock')) continue
    expect(readFileSync(join(env.folder, name)).includes(secret), name).toBe(false)
  }

  await revokeNewest(admin)
  await stranger.getByRole('button', { name: '손실', exact: true }).click()
  await expect(stranger.getByText('만료되었거나 취소되었을 수 있습니다', { exact: false })).toBeVisible()
})

test('every refusal is the same, and an address without its secret takes a paste of the whole one', async ({
  browser,
}) => {
  const admin = await open(browser, 'admin')
  const address = await share(admin, '/losses', (dialog) => dialog.getByLabel('Name').fill('Losses for Kim'))
  const [bare = '', secret = ''] = address.split('#')
  const stranger = await open(browser, null)
  await stranger.goto(bare)
  await expect(stranger.getByRole('heading', { name: 'This address is incomplete' })).toBeVisible()
  await expectAccessibleInEveryLook(stranger, 'an incomplete address')
  await stranger.getByLabel('Whole address').fill(bare)
  await stranger.getByRole('button', { name: 'Open link' }).click()
  await expect(stranger.getByRole('alert')).toContainText('not the whole address')
  await stranger.getByLabel('Whole address').fill(address)
  await stranger.getByRole('button', { name: 'Open link' }).click()
  await expect(stranger.getByRole('heading', { level: 1, name: 'Losses for Kim' })).toBeVisible()
  expect(stranger.url()).toBe(address)

  const other = `${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`
  await revokeNewest(admin)
  const shells: string[] = []
  for (const refused of [address, `${bare}#${other}`, `${server.url}/share/nobody#${secret}`]) {
    const page = await open(browser, null)
    await page.goto(refused)
    await expect(page.getByText(REFUSED)).toBeVisible()
    shells.push(await page.locator('main').innerText())
  }
  expect(new Set(shells).size).toBe(1)
  await stranger.reload()
  await expectAccessibleInEveryLook(stranger, 'a refusal')
  const view = async (id: string, key: string) => {
    const headers = { 'x-share-secret': key, 'content-type': 'application/json' }
    const answer = await fetch(`${server.url}/api/v1/shares/${id}/view`, { method: 'POST', headers, body: '{}' })
    return { status: answer.status, body: await answer.text() }
  }
  const id = new URL(bare).pathname.split('/').at(-1) ?? ''
  const revoked = await view(id, secret)
  expect(revoked.status).toBe(404)
  expect(await view(id, other)).toEqual(revoked)
  expect(await view('nobody', secret)).toEqual(revoked)
})

test('a link for a partner shows rates only, behind a password', async ({ browser }) => {
  const admin = await open(browser, 'admin')
  const address = await share(admin, '/', async (dialog) => {
    await dialog.getByRole('button', { name: /A partner/ }).click()
    await dialog.getByRole('button', { name: 'Create link' }).click()
    await expect(dialog.getByLabel('Password')).toBeFocused()
    await dialog.getByLabel('Password').fill('seagulls at noon')
  })
  const partner = await open(browser, null, { viewport: { width: 390, height: 844 } })
  await partner.goto(address)
  await expect(partner.getByRole('heading', { name: 'This link needs a password' })).toBeVisible()
  await expectAccessible(partner, 'the password of a link')
  await partner.getByLabel('Password', { exact: true }).fill('seagulls at night')
  await partner.keyboard.press('Enter')
  await expect(partner.getByRole('alert')).toContainText('Check the password')
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
  const admin = await open(browser, 'admin')
  const address = await share(admin, '/', (dialog) => dialog.getByRole('button', { name: /A ticket/ }).click())
  const stranger = await open(browser, null)
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

test('a look-up is shared as evidence without the person', async ({ browser }) => {
  const { items } = (await control('/truth/pushes?limit=1')) as {
    items: { case: string; taskId?: string; userId: string }[]
  }
  const found = items.find((one) => one.case === 'refused by vendor' && one.taskId !== undefined)
  const [taskId, userId] = [found?.taskId ?? '', found?.userId ?? '']
  const admin = await open(browser, 'admin')
  await admin.goto('/lookup')
  await admin.getByLabel('Look up anything').and(admin.getByRole('textbox')).fill(`${taskId} ${userId}`)
  await admin.keyboard.press('Enter')
  await expect(admin.getByText(/^Stopped at /).first()).toBeVisible()
  const address = await share(admin, admin.url(), async () => {})
  const stranger = await open(browser, null)
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
  const admin = await open(browser, 'admin')
  const address = await share(admin, '/', async (dialog) => {
    await dialog.getByText('Embedding and chat previews').click()
    await dialog.getByLabel('Sites that may embed it').fill('wiki.example.com')
    await dialog.getByRole('button', { name: 'Create link' }).click()
    await expect(dialog.getByLabel('Sites that may embed it')).toBeFocused()
    await dialog.getByLabel('Sites that may embed it').fill(allowed.origin)
  })
  const code = await admin.getByRole('region', { name: 'Code for embedding' }).locator('pre').innerText()
  expect(code).toContain(address)
  for (const { frame } of [allowed, other]) frame(code)
  const visitor = await open(browser, null)
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

test('the list of links pauses, resumes, renews and revokes all', async ({ browser }) => {
  const admin = await open(browser, 'admin')
  const address = await share(admin, '/', (dialog) => dialog.getByLabel('Name').fill('Weekly numbers'))
  const stranger = await open(browser, null)
  await stranger.goto(address)
  await expect(stranger.getByRole('heading', { level: 1, name: 'Weekly numbers' })).toBeVisible()
  await admin.goto('/settings/shares')
  await expectAccessibleInEveryLook(admin, 'the list of links')
  const summary = admin.getByText('Manage', { exact: true }).first()
  await expectHydrated(admin.locator('details').filter({ has: summary }).first())
  await summary.click()
  await admin.getByText('Openings', { exact: true }).last().click()
  await expect(admin.getByRole('cell', { name: 'Opened' }).first()).toBeVisible()
  await admin.getByRole('button', { name: 'Pause' }).click()
  await expect(admin.getByRole('button', { name: 'Resume' })).toBeVisible()
  await stranger.reload()
  await expect(stranger.getByText(REFUSED)).toBeVisible()
  await admin.getByRole('button', { name: 'Resume' }).click()
  await expect(admin.getByRole('button', { name: 'Pause' })).toBeVisible()
  await stranger.reload()
  await expect(stranger.getByRole('heading', { level: 1, name: 'Weekly numbers' })).toBeVisible()
  await admin.getByText('Revoke many links').click()
  await expect(admin.getByRole('button', { name: 'Revoke these links' })).toBeDisabled()
  await admin.getByLabel('Type revoke to confirm').fill('revoke')
  await admin.getByRole('button', { name: 'Revoke these links' }).click()
  await expect(admin.getByRole('table', { name: 'Active links' }).getByRole('row')).toHaveCount(1)
  await stranger.reload()
  await expect(stranger.getByText(REFUSED)).toBeVisible()
})
