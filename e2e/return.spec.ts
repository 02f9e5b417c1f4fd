import type { Page } from '@playwright/test'
import { addPerson } from './testing/add-person'
import { codeOf } from './testing/authenticator'
import { CAST, PASSWORD } from './testing/cast'
import { expect, signIn, test } from './testing/fixtures'
import { testEnv } from './testing/test-env'

const TASKS = ['returns_6917d001_58d4a5c8_1_1_1', 'returns_6917d002_58d4a5c8_1_1_2']

async function fill(page: Page, actor: keyof typeof CAST) {
  await page.getByLabel('E-mail').fill(CAST[actor])
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

const LINKS = [
  '/losses?source=task&range=30d&vendor=xiaomi&group=owner',
  `/?source=task&range=24h&task=${TASKS[0]}&task=${TASKS[1]}&sort=lost`,
  '/campaigns?q=%E8%90%A5%E9%94%80+%26+sale&sort=label&group=tag',
  '/losses/code?code=10302&source=task&range=7d',
  '/?source=task&range=7d&tag=Returns+%26+more&by=vendor',
]

for (const link of LINKS) {
  test(`a link opened signed out returns to itself: ${link}`, async ({ as, url }) => {
    const editor = await as('editor')
    const apps = await (await editor.request.get('/api/v1/apps')).json()
    const path = `/api/v1/apps/${apps.items[0].id}/tasks/${TASKS[0]}`
    const saved = await editor.request.put(path, { data: { tags: ['Returns & more'] }, headers: { origin: url } })
    expect(saved.status()).toBe(200)
    const page = await as(null)
    await page.goto(link)
    await expect(page).toHaveURL(/\/sign-in\?next=/)
    await fill(page, 'viewer')
    await expect(page).toHaveURL(`${url}${link}`)
    await expect(page.locator('h1')).toBeVisible()
  })
}

test('a sign-in never leads to another site', async ({ as, url }) => {
  const page = await as(null)
  await page.goto(`/sign-in?next=${encodeURIComponent('//evil.example/losses')}`)
  await fill(page, 'viewer')
  await expect(page).toHaveURL(`${url}/`)
})

test('a link opened signed out returns to itself after the set-up of a second factor, and after its code', async ({
  browser,
}) => {
  const env = await testEnv(20)
  try {
    const server = await env.start()
    addPerson(env.env, 'viewer')
    const admin = await browser.newContext({ baseURL: server.url })
    await signIn(admin.request, server.url, 'admin')
    const required = await admin.request.put('/api/v1/second-factor/required', {
      data: { roles: ['viewer'] },
      headers: { origin: server.url },
    })
    expect(required.status()).toBe(200)

    const link = '/losses?source=task&range=30d&group=owner'
    const page = await (await browser.newContext({ baseURL: server.url })).newPage()
    await page.goto(link)
    await fill(page, 'viewer')
    await expect(page.getByRole('heading', { name: 'Set up two-factor authentication' })).toBeVisible()
    await page.getByRole('button', { name: 'Start' }).click()
    const secret = (await page.locator('code').innerText()).replaceAll(' ', '')
    await page.getByLabel('Code', { exact: true }).fill(codeOf(secret, -1))
    await page.getByRole('button', { name: 'Turn on' }).click()
    await page.getByRole('button', { name: 'I have saved them' }).click()
    await expect(page).toHaveURL(`${server.url}${link}`)

    await page.context().clearCookies()
    await page.goto(link)
    await fill(page, 'viewer')
    await page.getByLabel('Code', { exact: true }).fill(codeOf(secret))
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await expect(page).toHaveURL(`${server.url}${link}`)
  } finally {
    await env.end()
  }
})
