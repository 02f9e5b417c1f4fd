import type { Browser, Page } from '@playwright/test'
import { expectAccessible } from './testing/accessible'
import { addPerson } from './testing/add-person'
import { codeOf } from './testing/authenticator'
import { CAST, PASSWORD } from './testing/cast'
import { expect, signIn, test } from './testing/fixtures'
import type { Server } from './testing/server'
import { type TestEnv, testEnv } from './testing/test-env'

/** They follow each other on one server: the first person turns it on, the administrator requires it. */
test.describe.configure({ mode: 'serial' })

const PAGE = '/settings/profile'
let env: TestEnv
let server: Server

test.beforeAll(async () => {
  env = await testEnv(20)
  server = await env.start()
  addPerson(env.env, 'support')
  addPerson(env.env, 'viewer')
})
test.afterAll(() => env.end())

async function visit(browser: Browser, options = {}) {
  const context = await browser.newContext({ baseURL: server.url, ...options })
  return context.newPage()
}

async function fillSignIn(page: Page, actor: keyof typeof CAST) {
  await page.goto('/sign-in')
  await page.getByLabel('E-mail').fill(CAST[actor])
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** Reads the key below the QR code, and confirms it with the code of one step ago, so that the current one stays unused. */
async function confirm(page: Page): Promise<{ secret: string; used: string }> {
  const secret = (await page.locator('code').innerText()).replaceAll(' ', '')
  expect(secret).toMatch(/^[A-Z2-7]{32}$/)
  const used = codeOf(secret, -1)
  await page.getByLabel('Code', { exact: true }).fill(used)
  await page.getByRole('button', { name: 'Turn on' }).click()
  await expect(page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')).toHaveCount(10)
  return { secret, used }
}

test('a person turns it on, signs in with a code once, and with a recovery code', async ({ browser }) => {
  const page = await visit(browser)
  await signIn(page.request, server.url, 'support')
  await page.goto('/')
  await page.getByTitle('Your account').click()
  await page.getByRole('link', { name: 'Profile' }).click()
  await page.getByRole('button', { name: 'Set up' }).click()
  await page.getByLabel('Your password').fill('not my password')
  await page.keyboard.press('Enter')
  await expect(page.getByText('The password is wrong.')).toBeVisible()
  await page.getByLabel('Your password').fill(PASSWORD)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('img', { name: 'QR code for your authenticator app' })).toBeVisible()
  await expectAccessible(page)
  const { secret, used } = await confirm(page)
  const [recovery = ''] = await page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem').allInnerTexts()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'I have saved them' }).click()
  await expect(page.getByText('10 recovery codes left.')).toBeVisible()
  await expectAccessible(page)

  const code = codeOf(secret)
  for (const [typed, accepted] of [
    [used, false],
    [code, true],
    [code, false],
    [recovery.toLowerCase(), true],
    [recovery, false],
  ] as const) {
    const other = await visit(browser)
    await fillSignIn(other, 'support')
    await expect(other.getByText('Enter your code')).toBeVisible()
    if (typed === used) await expectAccessible(other)
    await other.getByLabel('Code', { exact: true }).fill(typed)
    await other.keyboard.press('Enter')
    if (accepted) await expect(other).toHaveURL(`${server.url}/`)
    else await expect(other.getByText('This code is not accepted')).toBeVisible()
    await other.context().close()
  }
  await page.reload()
  await expect(page.getByText('9 recovery codes left.')).toBeVisible()
})

test('an administrator requires it for a role, whose people set it up at their next sign-in', async ({ browser }) => {
  const admin = await visit(browser)
  await signIn(admin.request, server.url, 'admin')
  await admin.goto('/settings/people')
  const required = admin.getByRole('region', { name: 'Require two-factor authentication' })
  await required.getByLabel('Viewer').check()
  await expectAccessible(admin)
  await required.getByRole('button', { name: 'Save' }).click()
  await expect(admin.getByText('Saved')).toBeVisible()

  const page = await visit(browser, { viewport: { width: 390, height: 844 }, colorScheme: 'dark' })
  await fillSignIn(page, 'viewer')
  await expect(page.getByRole('heading', { name: 'Set up two-factor authentication' })).toBeVisible()
  for (const path of ['/', '/losses', PAGE, '/sign-in']) {
    await page.goto(path)
    await expect(page).toHaveURL((at) => at.pathname === '/sign-in/second-factor')
  }
  await page.goto('/')
  expect((await page.request.get('/api/v1/apps')).status()).toBe(401)
  await page.getByRole('button', { name: 'Start' }).click()
  await expectAccessible(page)
  await confirm(page)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'I have saved them' }).click()
  await expect(page).toHaveURL(`${server.url}/`)
  await page.goto(PAGE)
  await expect(page.getByText('Your role requires it')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Turn off' })).toHaveCount(0)
})

test('broken sign-in bodies are refused, and no part of them is printed', async ({ request }) => {
  const canary = 'canary-password-7341'
  const bodies = [
    ['application/json', ''],
    ['application/json', `{"password":"${canary}`],
    ['application/json', `password=${canary}`],
    ['application/x-www-form-urlencoded', `{"password":"${canary}"}`],
  ] as const
  for (const action of ['callback/credentials', 'signout']) {
    for (const [type, data] of bodies) {
      const answer = await request.post(`${server.url}/api/auth/${action}`, { headers: { 'content-type': type }, data })
      expect([answer.status(), await answer.text()]).toEqual([400, expect.not.stringContaining('canary')])
    }
  }
  expect(server.output()).not.toContain('canary')
})

test('an administrator sees that client addresses are ignored', async ({ browser }) => {
  const admin = await visit(browser)
  await signIn(admin.request, server.url, 'admin')
  await admin.goto('/settings/system')
  await expect(admin.getByText('TRUST_PROXY=1')).toHaveCount(0)
  await admin.request.get('/api/auth/csrf', { headers: { 'x-forwarded-for': '203.0.113.7' } })
  await admin.goto('/settings/system')
  await expect(admin.getByText('TRUST_PROXY=1')).toBeVisible()
  await expectAccessible(admin)
  expect(server.output()).toContain('set TRUST_PROXY')
})
