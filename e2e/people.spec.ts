import type { Browser, Page } from '@playwright/test'
import { expectAccessibleInEveryLook } from './testing/accessible'
import { PASSWORD } from './testing/cast'
import { expect, test } from './testing/fixtures'
import { type TestEnv, testEnv } from './testing/test-env'

/** People join, change and leave. Each test has its own person, so that they do not disturb each other. */
let env: TestEnv
let url = ''
test.beforeAll(async () => {
  env = await testEnv(20)
  url = (await env.start()).url
})
test.afterAll(() => env.end())

/** Opens a browser of somebody. Requests are refused in these tests on purpose, and a browser logs that as an error. */
const somebody = async (browser: Browser): Promise<Page> => (await browser.newContext()).newPage()

const invited = (name: string) => ({ email: `${name}@example.com`, password: 'quiet marble harbour' })

async function signIn(page: Page, email: string, password: string) {
  await page.goto(`${url}/sign-in`)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).not.toHaveURL(/sign-in/)
}

async function administrator(browser: Browser): Promise<Page> {
  const page = await somebody(browser)
  await signIn(page, env.env.ADMIN_EMAIL ?? '', PASSWORD)
  await page.goto(`${url}/settings/people`)
  return page
}

/** Invites somebody and returns the link that the page shows. */
async function invite(page: Page, email: string): Promise<string> {
  const form = page.getByRole('region', { name: 'Invite someone' })
  await form.getByLabel('E-mail').fill(email)
  await form.getByRole('button', { name: 'Create link' }).click()
  await expect(form.getByText(`Send this link to ${email}`)).toBeVisible()
  return (await form.getByText('/invite#').textContent()) ?? ''
}

async function join(page: Page, link: string, { email, password }: { email: string; password: string }) {
  await page.goto(link)
  await expect(page.getByText(`For ${email}`)).toBeVisible()
  await page.getByLabel('Your name').fill('Kim Min-ji')
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page).toHaveURL(`${url}/`)
}

test('somebody joins by a link once, is disabled while signed in, and is removed', async ({ browser }) => {
  const admin = await administrator(browser)
  const kim = invited('kim')
  const link = await invite(admin, kim.email)
  const page = await somebody(browser)
  await join(page, link, kim)
  await expect(page.getByRole('link', { name: 'Settings' }).first()).toBeVisible()

  const late = await somebody(browser)
  await late.goto(link)
  await expect(late.getByRole('heading', { name: 'This link does not work' })).toBeVisible()

  await admin.reload()
  const row = admin.getByRole('listitem').filter({ hasText: kim.email })
  await row.getByText('Kim Min-ji').first().click()
  await row.getByRole('button', { name: 'Disable' }).click()
  await expect(row.getByText('Disabled', { exact: true })).toBeVisible()
  await page.goto(`${url}/campaigns`)
  await expect(page).toHaveURL(/sign-in/)

  await row.getByText('Remove Kim Min-ji').click()
  await row.getByLabel(`Type ${kim.email} to confirm`).fill('someone@example.com')
  await row.getByRole('button', { name: 'Remove person' }).click()
  await expect(row.getByText('This is not the e-mail address of this person.')).toBeVisible()
  await row.getByLabel(`Type ${kim.email} to confirm`).fill(kim.email)
  await row.getByRole('button', { name: 'Remove person' }).click()
  await expect(row).toHaveCount(0)
})

test('a changed role works on the next request, and the last administrator keeps theirs', async ({ browser }) => {
  const admin = await administrator(browser)
  const lee = invited('lee')
  const page = await somebody(browser)
  await join(page, await invite(admin, lee.email), lee)
  await page.goto(`${url}/settings/people`)
  await expect(page.getByText('People and their roles are for administrators of all apps.')).toBeVisible()
  for (const accept of ['text/html', 'text/x-component']) {
    const headers: Record<string, string> = accept === 'text/html' ? { accept } : { accept, rsc: '1' }
    const body = await (await page.request.get(`${url}/settings/people`, { headers })).text()
    expect(body).not.toContain(env.env.ADMIN_EMAIL)
  }

  await admin.reload()
  const row = admin.getByRole('listitem').filter({ hasText: lee.email })
  await row.getByText('Kim Min-ji').first().click()
  await row.getByLabel('All apps, also future ones').selectOption('support')
  await row.getByRole('button', { name: 'Save roles' }).click()
  await expect(row.getByText('Support · all apps')).toBeVisible()
  await page.goto(`${url}/lookup`)
  await expect(page).toHaveURL(/sign-in/)
  await signIn(page, lee.email, lee.password)
  await page.goto(`${url}/lookup`)
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Your role does not include this page')

  const own = admin.getByRole('listitem').filter({ hasText: 'You' }).filter({ hasText: env.env.ADMIN_EMAIL })
  await own.getByText(env.env.ADMIN_EMAIL ?? '').click()
  await own.getByLabel('All apps, also future ones').selectOption('viewer')
  await own.getByRole('button', { name: 'Save roles' }).click()
  await expect(own.getByText('This would leave no administrator')).toBeVisible()
})

test('a person changes the password, which ends other sessions, and an administrator resets it by a link', async ({
  browser,
}) => {
  const admin = await administrator(browser)
  const park = invited('park')
  const [here, there] = [await somebody(browser), await somebody(browser)]
  await join(here, await invite(admin, park.email), park)
  await signIn(there, park.email, park.password)

  await here.goto(`${url}/settings/profile`)
  await expect(here.getByRole('button', { name: /^End the session/ })).toHaveCount(1)
  await here.getByLabel('Current password').fill('not this one')
  await here.getByLabel('New password').fill('violet anchor tundra')
  await here.getByRole('button', { name: 'Change password' }).click()
  await expect(here.getByText('The current password is wrong.')).toBeVisible()
  await here.getByLabel('Current password').fill(park.password)
  await here.getByRole('button', { name: 'Change password' }).click()
  await expect(here.getByText('Password changed. 1 other session ended.')).toBeVisible()
  await there.goto(`${url}/`)
  await expect(there).toHaveURL(/sign-in/)

  await admin.reload()
  const row = admin.getByRole('listitem').filter({ hasText: park.email })
  await row.getByText('Kim Min-ji').first().click()
  await row.getByRole('button', { name: 'Create password link' }).click()
  const link = (await row.getByText('/invite#').textContent()) ?? ''
  await there.goto(link)
  await expect(there.getByRole('heading', { name: 'Set a new password' })).toBeVisible()
  await there.getByLabel('New password', { exact: true }).fill('a third good password here')
  await there.getByRole('button', { name: 'Set password' }).click()
  await expect(there).toHaveURL(`${url}/`)
  await here.goto(`${url}/`)
  await expect(here).toHaveURL(/sign-in/)
})

test('the zone of the profile is the zone of ranges', async ({ browser }) => {
  const page = await administrator(browser)
  await page.goto(`${url}/settings/profile`)
  await page.getByLabel('Time zone').selectOption('America/New_York')
  await page.goto(`${url}/`)
  await expect(
    page
      .locator('main')
      .getByText(/UTC−[45]/)
      .locator('visible=true')
      .first(),
  ).toBeVisible()
})

test('people, profile and invitation in every look', async ({ as }) => {
  const page = await as(null)
  await page.goto(`${url}/invite`)
  await expect(page.getByRole('heading', { name: 'The address is incomplete' })).toBeVisible()
  await expectAccessibleInEveryLook(page)
  await signIn(page, env.env.ADMIN_EMAIL ?? '', PASSWORD)
  for (const path of ['/settings/profile', '/settings/people']) {
    await page.goto(url + path)
    await expect(page.getByRole('navigation', { name: 'Settings' })).toBeVisible()
    for (const row of await page.locator('main details').all()) await row.evaluate((e) => e.setAttribute('open', ''))
    await expectAccessibleInEveryLook(page)
  }
})
