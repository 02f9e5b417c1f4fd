import type { Page } from '@playwright/test'
import { expectAccessibleInEveryLook } from './testing/accessible'
import { SDK_APP_ID, SECRET_KEY } from './testing/emulator-process'
import { expect, signIn, test } from './testing/fixtures'
import type { Server } from './testing/server'
import { type TestEnv, testEnv } from './testing/test-env'

const SECOND = { id: '1400000002', key: 'the-key-of-the-second-app-0123456789' }
const NO_APP = { TIM_SDKAPPID: '', TIM_SECRET_KEY: '', COLLECTOR: 'on' }

let env: TestEnv
let server: Server
let page: Page
const errors: string[] = []

test.describe.configure({ mode: 'serial' })

test.beforeAll(async ({ browser }) => {
  env = await testEnv(20, ['--users', '300', '--app', `${SECOND.id}:${SECOND.key}:administrator`])
  server = await env.start(NO_APP)
  const context = await browser.newContext({ baseURL: server.url, reducedMotion: 'reduce' })
  await signIn(context.request, server.url, 'admin')
  page = await context.newPage()
  // The browser itself reports a refused request; each of them is expected here.
  page.on(
    'console',
    (message) => message.type() === 'error' && !message.text().includes('status of 4') && errors.push(message.text()),
  )
  page.on('pageerror', (error) => errors.push(String(error)))
})

test.afterAll(async () => {
  await page?.context().close()
  await env?.end()
  expect(errors).toEqual([])
})

/** Types into the field that has the focus and goes on to the next one. */
async function type(text: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type(text)
}

test('a stranger connects an app by keyboard, and understands each refusal from the page', async () => {
  // Two minutes for everything: a stranger may make each mistake once.
  test.setTimeout(120_000)
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'No app is connected yet' })).toBeVisible()
  await page.getByRole('link', { name: 'Connect an app' }).press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Connect an app' })).toBeVisible()
  await expect(page.getByText('It is not the client appKey of Push.')).toBeVisible()
  await expectAccessibleInEveryLook(page, 'the empty form')

  // A wrong key: 70009.
  await expect(page.getByRole('button', { name: 'Check the app' })).toBeEnabled()
  await page.getByLabel('SDKAppID', { exact: true }).focus()
  await type(String(SDK_APP_ID))
  await page.keyboard.press('Tab')
  await type('the-client-app-key-of-push-instead')
  await page.keyboard.press('Enter')
  const wrongKey = page.getByRole('alert').filter({ hasText: 'The SecretKey does not belong to this SDKAppID' })
  await expect(wrongKey).toContainText('Press Show beside SDKSecretKey')
  await expect(wrongKey).toContainText('which is the form of an SDKSecretKey')
  await expect(wrongKey).toContainText('70009')
  await expect(page.getByLabel('SecretKey', { exact: true })).toHaveAttribute('aria-invalid', 'true')
  await expectAccessibleInEveryLook(page, 'a wrong key')

  // A wrong administrator: 60010.
  await page.getByLabel('SecretKey', { exact: true }).focus()
  await type(SECRET_KEY)
  await page.getByLabel('Administrator account').focus()
  await type('nobody')
  await page.keyboard.press('Enter')
  const wrongAdmin = page.getByRole('alert').filter({ hasText: 'This account is not an administrator of the app' })
  await expect(wrongAdmin).toContainText('Set as administrator')
  await expect(page.getByLabel('Administrator account')).toHaveAttribute('aria-invalid', 'true')

  // Push is not enabled: 90045.
  await env.emulator.control('/faults', { kind: 'code', code: 90_045 })
  await page.getByLabel('Administrator account').focus()
  await type('administrator')
  await page.keyboard.press('Enter')
  const notEnabled = page.getByRole('alert').filter({ hasText: 'Push is not enabled for this app' })
  await expect(notEnabled).toContainText('Press Enable, or renew the plan')
  await expectAccessibleInEveryLook(page, 'not enabled')

  // Everything is right. The page was reloaded meanwhile: the draft is still there.
  await env.emulator.control('/faults/reset', {})
  await page.reload()
  await expect(page.getByText('Leave empty to keep the key that is stored')).toBeVisible()
  await page.getByRole('button', { name: 'Check the app' }).press('Enter')
  await expect(page.getByRole('heading', { name: 'All endpoints respond' })).toBeVisible()
  await expectAccessibleInEveryLook(page, 'ready')
  await page.getByRole('radio', { name: 'The last day' }).press('Space')
  await page.getByRole('button', { name: 'Start collecting' }).press('Enter')
  await expect(page.getByRole('heading', { name: `App ${SDK_APP_ID} is connected` })).toBeVisible()
  await expect(page.getByText('Complete', { exact: true })).toBeVisible({ timeout: 60_000 })
  await expectAccessibleInEveryLook(page, 'the first fill')
  await page.getByRole('link', { name: 'Open the overview' }).press('Enter')
  await expect(page.getByRole('table').first()).toBeVisible()
})

test('a draft appears on no page but the list of apps', async ({ request }) => {
  const draft = { sdkAppId: 1_400_000_003, secretKey: SECOND.key }
  await signIn(request, server.url, 'admin')
  const made = await request.post(`${server.url}/api/v1/apps`, { data: draft, headers: { origin: server.url } })
  expect(made.status(), await made.text()).toBe(201)
  expect(await made.text()).not.toContain(SECOND.key)
  await page.goto('/')
  await expect(page.getByRole('banner').getByText('1400000003')).toHaveCount(0)
  await page.goto('/settings/apps')
  await expect(page.getByText('Not connected yet')).toBeVisible()
  await page.getByRole('link', { name: 'Continue' }).click()
  await expect(page.getByLabel('SDKAppID', { exact: true })).toHaveValue('1400000003')
  // Another SDKAppID is another app: the first draft goes.
  await page.getByLabel('SDKAppID', { exact: true }).fill(SECOND.id)
  await page.getByLabel('SecretKey', { exact: true }).fill(SECOND.key)
  await page.getByLabel('Name', { exact: true }).fill('Lunch')
  await page.getByRole('button', { name: 'Check the app' }).click()
  await page.getByRole('button', { name: 'Start collecting' }).click()
  await expect(page.getByRole('heading', { name: 'Lunch is connected' })).toBeVisible()
})

test('the header and the search box switch between apps, and the order can be changed', async () => {
  await page.goto('/settings/apps')
  const list = page.getByRole('list', { name: 'Connected apps' })
  await expect(list.getByRole('listitem')).toHaveCount(2)
  await expectAccessibleInEveryLook(page, 'the list')
  await page.getByRole('button', { name: 'Move Lunch up' }).press('Enter')
  await expect(list.getByRole('listitem').first()).toContainText('Lunch')
  await page.goto('/')
  const current = page.getByRole('banner').locator('details').first().locator('summary')
  await expect(current).toContainText('Lunch')
  await page.keyboard.press('ControlOrMeta+k')
  await page.keyboard.type(String(SDK_APP_ID))
  await page.keyboard.press('Enter')
  await expect(current).toContainText(`App ${SDK_APP_ID}`)
  await current.press('Enter')
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('banner').getByRole('link', { name: /Lunch/ })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(current).toContainText('Lunch')
})

test('an app is renamed, gets another key without a gap, and is paused', async () => {
  await page.goto(`/settings/apps/edit?app=${SECOND.id}`)
  const name = page.getByRole('region', { name: 'Name', exact: true })
  await expect(name.getByRole('button', { name: 'Save' })).toBeEnabled()
  await expectAccessibleInEveryLook(page, 'the settings of an app')
  await name.getByRole('textbox').fill('Dinner')
  await name.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Settings of Dinner')
  const access = page.getByRole('region', { name: 'Key and access' })
  await access.getByLabel('New SecretKey').fill('a-key-that-tencent-does-not-know')
  await access.getByRole('button', { name: 'Test and replace' }).click()
  await expect(access.getByText('The present values stay in use.')).toBeVisible()
  await expect(access.getByText('The SecretKey does not belong to this SDKAppID')).toBeVisible()
  await access.getByLabel('New SecretKey').fill(SECOND.key)
  await access.getByRole('button', { name: 'Test and replace' }).click()
  await expect(access.getByText('Tencent accepted the new values.')).toBeVisible()
  await page.goto('/settings/apps')
  await page.getByRole('button', { name: 'Pause collecting of Dinner' }).click()
  await expect(page.getByText('Paused since')).toBeVisible()
})

test('an app is removed with its SDKAppID typed', async () => {
  await page.goto(`/settings/apps/edit?app=${SECOND.id}`)
  const remove = page.getByRole('region', { name: 'Remove the app' })
  await remove.getByLabel(/Type the SDKAppID/).fill('1')
  await remove.getByRole('button', { name: 'Remove the app' }).click()
  await expect(remove.getByText('This is not the SDKAppID of this app.')).toBeVisible()
  await remove.getByRole('radio', { name: 'Erase the archive' }).check()
  await remove.getByLabel(/Type the SDKAppID/).fill(SECOND.id)
  await remove.getByRole('button', { name: 'Remove the app' }).click()
  await expect(page.getByRole('list', { name: 'Connected apps' }).getByRole('listitem')).toHaveCount(1)
})

test('after an app is connected the demo can be removed, and a restart does not bring it back', async ({ request }) => {
  const own = { sdkAppId: Number(SECOND.id), secretKey: SECOND.key, name: 'Own', collectDays: 1 }
  const demo = { DEMO: 'on', COLLECTOR: 'off', TIM_NAME: 'Demo shop' }
  await page.goto('about:blank')
  await server.stop()
  server = await env.start(demo)
  await signIn(request, server.url, 'admin')
  const made = await request.post(`${server.url}/api/v1/apps`, { data: own, headers: { origin: server.url } })
  expect(made.status(), await made.text()).toBe(201)
  await page.goto(`/settings/apps/fill?app=${SECOND.id}`)
  await expect(page.getByRole('button', { name: 'Remove the demo' })).toBeEnabled()
  await page.getByRole('button', { name: 'Remove the demo' }).press('Enter')
  await expect(page.getByText('The demo is removed.')).toBeVisible()
  // An open page would request updates from the stopped server.
  await page.goto('about:blank')
  await server.stop()
  server = await env.start(demo)
  await page.goto('/settings/apps')
  await expect(page.getByRole('list', { name: 'Connected apps' }).getByRole('listitem')).toHaveCount(1)
  await expect(page.getByText('Demo shop')).toHaveCount(0)
})
