import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Request } from '@playwright/test'
import { expectAccessibleInEveryLook } from './testing/accessible'
import { expect, test } from './testing/fixtures'
import type { Server } from './testing/server'
import { manageNewest, openPage, REFUSED, revokeNewest, shareLink } from './testing/share-link'
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
const exact = (count: number) => new Intl.NumberFormat('en-GB').format(count)
const arrivals = async () => ((await control('/arrivals')) as { items: unknown[] }).items.length
const secretOf = (address: string) => new URL(address).hash.slice(1)

test('a stranger sees the numbers of a live link, its secret stays in the browser, and revoking ends it', async ({
  browser,
}) => {
  const admin = await openPage(browser, server.url, 'admin')
  await admin.goto('/')
  await expect(admin.locator('.numbers')).toContainText(/\d{2},\d{3}/)
  // A link shows what is stored, so somebody has to have opened the losses before.
  await admin.goto('/losses')
  await expect(admin.locator('details.reason').first()).toBeVisible()
  const address = await shareLink(admin, '/', async (dialog) => {
    await expectAccessibleInEveryLook(admin, 'the share dialog')
    await dialog.getByLabel('Name', { exact: true }).fill('')
    await dialog.getByRole('button', { name: 'Create link' }).click()
    await expect(dialog.getByLabel('Name', { exact: true })).toBeFocused()
    await expect(dialog.getByText('Fill this in.')).toBeVisible()
    await dialog.getByLabel('Name', { exact: true }).fill('For the board')
    await dialog.getByLabel('Losses').check()
    await dialog.getByText('Preview as visitors see it').click()
    const preview = dialog.frameLocator('iframe')
    await expect(preview.getByText('Shared view of Demo shop')).toBeVisible()
    await expect(preview.locator('.numbers')).toContainText(/\d{2},\d{3}/)
  })
  const secret = secretOf(address)
  expect(secret).toMatch(/^[\w-]{43}$/)

  const stranger = await openPage(browser, server.url, null)
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
  await expect(stranger.locator('a[href^="/"]')).toHaveCount(0)

  // A part of the page is reached without losing the secret, so that a reload opens the link again.
  // The losses have such a link as well, so it waits for the overview.
  await stranger.getByRole('button', { name: 'Overview', exact: true }).click()
  await stranger.locator('.numbers a[href="#receipts"]').first().click()
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
    // A font names its stylesheet, and nothing names the link.
    expect(headers.referer ?? '').not.toContain('/share')
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
  await expect(stranger.getByText('만료되었거나 회수되었을 수 있습니다', { exact: false })).toBeVisible()
})

test('every refusal is the same, and an address without its secret takes a paste of the whole one', async ({
  browser,
}) => {
  const admin = await openPage(browser, server.url, 'admin')
  const address = await shareLink(admin, '/losses', (dialog) =>
    dialog.getByLabel('Name', { exact: true }).fill('Losses for Kim'),
  )
  const [bare = '', secret = ''] = address.split('#')
  const stranger = await openPage(browser, server.url, null)
  await stranger.goto(bare)
  await expect(stranger.getByRole('heading', { name: 'This address is incomplete' })).toBeVisible()
  await expectAccessibleInEveryLook(stranger, 'an incomplete address')
  await stranger.getByLabel('Whole address').fill(bare)
  await stranger.getByRole('button', { name: 'Open link' }).click()
  await expect(stranger.getByText('This is not the whole address of this link.')).toBeVisible()
  await stranger.getByLabel('Whole address').fill(address)
  await stranger.getByRole('button', { name: 'Open link' }).click()
  await expect(stranger.getByRole('heading', { level: 1, name: 'Losses for Kim' })).toBeVisible()
  expect(stranger.url()).toBe(address)

  const other = `${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`
  await revokeNewest(admin)
  const shells: string[] = []
  for (const refused of [address, `${bare}#${other}`, `${server.url}/share/nobody#${secret}`]) {
    const page = await openPage(browser, server.url, null)
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

test('the list of links pauses, resumes, renews and revokes all', async ({ browser }) => {
  const admin = await openPage(browser, server.url, 'admin')
  const address = await shareLink(admin, '/', (dialog) =>
    dialog.getByLabel('Name', { exact: true }).fill('Weekly numbers'),
  )
  const stranger = await openPage(browser, server.url, null)
  await stranger.goto(address)
  await expect(stranger.getByRole('heading', { level: 1, name: 'Weekly numbers' })).toBeVisible()
  await manageNewest(admin)
  await expectAccessibleInEveryLook(admin, 'the list of links')
  await admin.locator('details[open]').getByText('Openings', { exact: true }).click()
  await expect(admin.getByRole('cell', { name: 'Opened', exact: true }).first()).toBeVisible()
  await admin.getByRole('button', { name: 'Pause' }).click()
  await expect(admin.getByRole('button', { name: 'Resume' })).toBeVisible()
  await stranger.reload()
  await expect(stranger.getByText(REFUSED)).toBeVisible()
  await admin.getByRole('button', { name: 'Resume' }).click()
  await expect(admin.getByRole('button', { name: 'Pause' })).toBeVisible()
  await stranger.reload()
  await expect(stranger.getByRole('heading', { level: 1, name: 'Weekly numbers' })).toBeVisible()
  await admin.getByRole('button', { name: 'Renew for 30 days' }).click()
  await expect(admin.getByRole('table', { name: 'Active links' })).toContainText(/20\d\d/)
  await stranger.reload()
  await expect(stranger.getByRole('heading', { level: 1, name: 'Weekly numbers' })).toBeVisible()
  await admin.getByText('Revoke many links').click()
  await expect(admin.getByRole('button', { name: 'Revoke these links' })).toBeDisabled()
  await admin.getByLabel('Type revoke to confirm').fill('revoke')
  await admin.getByRole('button', { name: 'Revoke these links' }).click()
  await expect(admin.getByRole('table', { name: 'Active links' })).toHaveCount(0)
  await stranger.reload()
  await expect(stranger.getByText(REFUSED)).toBeVisible()
})
