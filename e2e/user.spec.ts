import type { APIRequestContext, Page } from '@playwright/test'
import { expectAccessibleInEveryLook } from './testing/accessible'
import { SDK_APP_ID } from './testing/emulator-process'
import { expect, test } from './testing/fixtures'

interface Case {
  case: string
  taskId?: string
  userId: string
}
type Control = (path: string) => Promise<unknown>
interface UserAnswer {
  ref: string
  verdict: { key: string }
  presence: { state: string }
}

const API = `/api/v1/apps/${SDK_APP_ID}`

async function ask<T>(request: APIRequestContext, url: string, path: string, body: object): Promise<T> {
  const answer = await request.post(`${url}${API}${path}`, { data: body, headers: { origin: url } })
  expect(answer.status(), await answer.text()).toBe(200)
  return answer.json()
}

const seen = new Map<string, UserAnswer & Case>()

/** Finds a user of a case whose account has the given state, and looks up their campaign. */
async function find(
  page: Page,
  url: string,
  control: Control,
  name: string,
  state: string,
): Promise<UserAnswer & Case> {
  const before = seen.get(`${name} ${state}`)
  if (before) return before
  const { items } = (await control('/truth/pushes?limit=12')) as { items: Case[] }
  for (const one of items.filter((item) => item.case === name && item.taskId)) {
    await ask(page.request, url, '/traces/lookup', { taskId: one.taskId, userId: one.userId })
    const known = await ask<UserAnswer>(page.request, url, '/users/lookup', { userId: one.userId })
    seen.set(`${name} ${known.presence.state}`, { ...one, ...known })
    if (known.presence.state === state) return { ...one, ...known }
  }
  throw new Error(`no user ${name} is ${state}`)
}

test('a UserID alone gives a verdict with its evidence and the next step', async ({ as, url, control }) => {
  const page = await as('support', { timezoneId: 'Asia/Seoul' })
  const { userId } = await find(page, url, control, 'delivered, not clicked', 'push_online')
  await page.goto('/lookup')
  await page.locator('main').getByRole('textbox', { name: 'Look up anything' }).fill(userId)
  await page.locator('main').getByRole('textbox', { name: 'Look up anything' }).press('Enter')
  await expect(page).toHaveURL(/\/lookup\/user\/s1\./)
  expect(page.url()).not.toContain(userId)
  const verdict = page.getByRole('region', { name: 'Verdict' })
  await expect(
    verdict.getByRole('heading', { name: /^Reachable: a campaign was delivered to this phone .* ago\.$/ }),
  ).toBeVisible()
  await expect(verdict).toContainText('Account state: in the background, reachable.')
  await expect(page.getByRole('region', { name: 'Current state' })).toContainText('In background, reachable')
  const campaigns = page.getByRole('region', { name: 'Latest campaigns' })
  await campaigns.locator('summary').first().focus()
  await page.keyboard.press('Enter')
  await expect(campaigns.getByText(/your time \(UTC\+9\)/).first()).toBeVisible()
  await page.getByText('Reply to the user').click()
  await expect(page.locator('li[lang="ko"]')).toContainText('보낸 사람')
  const chat = page.getByRole('region', { name: 'Find one chat message' })
  await chat.getByLabel('Sender').fill('kim')
  await expect(chat.locator('pre')).toContainText(`Sender: kim\nReceiver: ${userId}\nTime, at most 1 hour: `)
  await expect(chat.locator('pre')).toContainText('(UTC+8)')
})

test('a signed-out account is reported first, also without JavaScript and for another start time', async ({
  as,
  url,
  control,
}) => {
  const first = await as('support')
  const { ref } = await find(first, url, control, 'delivered, not clicked', 'offline')
  // The account state is cached for 30 s; the page without JavaScript cannot fetch it.
  await ask(first.request, url, '/users/lookup', { ref })
  const page = await as('support', { javaScriptEnabled: false })
  await page.goto(`/lookup/user/${ref}`)
  await expect(
    page.getByRole('heading', { name: 'Signed out: cannot receive pushes until the app is opened.' }),
  ).toBeVisible()
  await page.getByLabel(/^From this time/).fill('2026-01-01T20:00')
  await page.getByRole('button', { name: 'Apply' }).click()
  await expect(page).toHaveURL(/since=2026-01-01T20%3A00/)
  await expect(page.getByRole('heading', { name: /^Signed out/ })).toBeVisible()
  await page.goto(`/lookup/user/${ref.slice(0, -3)}abc`)
  await expect(page.getByRole('main').getByRole('alert')).toBeVisible()
})

test('a viewer sees who can grant look-ups, and gets no answer', async ({ as, url, control }) => {
  const support = await as('support')
  const { ref, userId } = await find(support, url, control, 'delivered, not clicked', 'push_online')
  for (const actor of ['viewer', 'editor'] as const) {
    const page = await as(actor)
    await page.goto(`/lookup/user/${ref}`)
    await expect(page.locator('main')).toContainText(/administrator/i)
    await expect(page.locator('main')).not.toContainText(userId)
    const answer = await page.request.post(`${url}${API}/users/lookup`, { data: { userId }, headers: { origin: url } })
    expect([answer.status(), (await answer.json()).code]).toEqual([403, 'forbidden'])
  }
})

test('only an administrator can erase a user, by typing the UserID twice', async ({ as, url, control }) => {
  const page = await as('admin')
  const { ref, userId } = await find(page, url, control, 'refused by vendor', 'push_online')
  await page.goto(`/lookup/user/${ref}`)
  await page.getByRole('link', { name: 'Erase this user’s data' }).click()
  await expect(page.getByLabel('UserID', { exact: true })).toHaveValue(userId)
  await expect(page.getByRole('button', { name: 'Erase permanently' })).toBeEnabled()
  await page.getByLabel('Repeat the UserID').fill('somebody else')
  await page.keyboard.press('Enter')
  await expect(page.locator('main').getByRole('status')).toHaveText('The two UserIDs differ.')
  await page.getByLabel('Repeat the UserID').fill(userId)
  await page.getByRole('button', { name: 'Erase permanently' }).click()
  await expect(page.locator('main').getByRole('status')).toHaveText(/^Erased [1-9]\d* look-ups?/)
  const support = await as('support')
  await support.goto('/settings/erase')
  await expect(support.locator('main')).toContainText(/administrator/i)
})

test('the user page is accessible in every look', async ({ as, url, control }) => {
  const page = await as('support')
  const { ref } = await find(page, url, control, 'delivered, not clicked', 'push_online')
  await page.goto(`/lookup/user/${ref}`)
  await page.waitForLoadState('networkidle')
  await page.getByText('Reply to the user').click()
  await expectAccessibleInEveryLook(page)
})
