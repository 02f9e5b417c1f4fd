import type { Page } from '@playwright/test'
import { expectAccessible } from './testing/accessible'
import { type Control, expect, test, tracesAsked } from './testing/fixtures'

interface Case {
  case: string
  pushId?: string
  taskId?: string
  userId: string
}

async function cases(control: Control): Promise<Case[]> {
  return ((await control('/truth/pushes?limit=3')) as { items: Case[] }).items
}
const DAY = 86_400
const hexOf = (secondsAgo: number) => Math.floor(Date.now() / 1_000 - secondsAgo).toString(16)
const main = (page: Page) => page.locator('#content')
const box = (page: Page) => page.getByRole('textbox', { name: 'Look up anything' })

/** Pastes as a user does: focus, insert text, press Enter. */
async function paste(page: Page, text: string) {
  await box(page).fill(text)
  await box(page).press('Enter')
}

test('⌘K and / focus the search box; a ticket line gives a verdict, and no UserID is left behind', async ({
  as,
  control,
}) => {
  const found = (await cases(control)).find((one) => one.case === 'refused by vendor' && one.taskId)
  const { taskId = '', userId = '' } = found ?? {}
  const page = await as('support')
  const addresses: string[] = []
  page.on('request', (request) => addresses.push(request.url()))
  await page.goto('/losses')
  await page.locator('body').press('Slash')
  await expect(box(page)).toBeFocused()
  await page.keyboard.press('/')
  await expect(box(page)).toHaveValue('/')
  await page.keyboard.press('Escape')
  await expect(box(page)).not.toBeFocused()
  await page.keyboard.press('ControlOrMeta+k')
  await expect(box(page)).toBeFocused()
  await page.keyboard.insertText(`Ticket 4711, 2026-11-20 14:00: nothing came, userid=${userId} taskid=${taskId}`)
  await page.keyboard.press('Enter')
  await expect(page.getByText(/^Stopped at /).first()).toBeVisible()
  await expect(main(page).getByRole('status').first()).toContainText('TaskID of a campaign with a UserID')

  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state]))
  expect(addresses.filter((address) => decodeURIComponent(address).includes(userId))).toEqual([])
  expect(await page.title()).not.toContain(userId)
  expect(kept).not.toContain(userId)
  expect(kept).toContain('/lookup?k=')
  await page.reload()
  await expect(page.getByText(/^Stopped at /).first()).toBeVisible()

  await page.getByRole('link', { name: 'Look-up', exact: true }).first().click()
  const recent = page.getByRole('region', { name: 'Your recent look-ups' })
  await expect(recent.getByRole('listitem')).toHaveCount(1)
  // The server reads the name out to the person who made the look-up.
  await expect(recent.getByRole('listitem')).toContainText(userId)
  await expectAccessible(page)
  await recent.getByRole('button', { name: /^Remove TaskID/ }).click()
  await expect(recent).toBeHidden()
})

test('a warning requires a confirmation before Tencent is called', async ({ as, control }) => {
  const page = await as('support')
  await control('/arrivals/reset', {})
  await page.goto('/lookup')
  for (const [text, said] of [
    [`${hexOf(2 * DAY)}_5f5fe251_2000005e80aa873_2780d131_bc614e kim`, 'This ID belongs to SDKAppID 1600119377'],
    [`${hexOf(9 * DAY)}_6a4086c0_9bf5fb50_200002d1089b322_2000005d8d46421`, 'this push is 9 days old'],
    ['48374_2837546_1557481126', 'names a message, not a push'],
  ] as const) {
    await paste(page, text)
    await expect(page.getByRole('alert').filter({ hasText: 'Not looked up yet' })).toContainText(said)
    expect(await tracesAsked(control)).toBe(0)
  }
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Try anyway' }).click()
  await expect.poll(() => tracesAsked(control)).toBe(1)
  await expect(page.getByRole('region', { name: 'Verdict' })).toBeVisible()
})

test('a TaskID alone asks for the UserID, works by keyboard, and explains an unknown user', async ({ as, control }) => {
  const { taskId = '' } = (await cases(control)).find((one) => one.taskId) ?? {}
  const page = await as('support', { viewport: { width: 360, height: 740 } })
  await page.goto('/lookup')
  await paste(page, taskId)
  await expect(page.getByRole('search', { name: 'Which user?' })).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'UserID' })).toBeFocused()
  await expectAccessible(page)
  await page.keyboard.type('nobody_at_all')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert').filter({ hasText: 'Tencent does not know this UserID' })).toBeVisible()
})

test('a code opens its page, an ambiguous number offers a choice, other input gets an explanation', async ({ as }) => {
  const page = await as('support')
  await page.goto('/losses')
  await paste(page, 'UNREGISTERED')
  await expect(page).toHaveURL(/\/losses\/code\?code=UNREGISTERED/)
  await paste(page, '10302')
  await expect(page).toHaveURL(/\/losses\/code\?code=10302/)
  await page.getByRole('link', { name: 'Not a code? Open the user 10302' }).click()
  await expect(page).toHaveURL(/\/lookup\/user\/s1\./)
  await paste(page, '7777777')
  await expect(page.getByRole('heading', { name: 'This input has more than one meaning' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Error code 7777777' }).click()
  await expect(page).toHaveURL(/code=7777777/)
  await paste(page, '@TGS#1ABCDEF')
  await expect(page.getByRole('alert').filter({ hasText: 'This is a group ID.' })).toBeVisible()
  await expect(box(page)).toHaveValue('@TGS#1ABCDEF')
})

test('several UserIDs choose a campaign, and an address waits for a choice', async ({ as, url, control }) => {
  const { items } = (await control('/truth/tasks')) as { items: { taskId: string }[] }
  const taskId = items.at(-1)?.taskId ?? ''
  const editor = await as('editor')
  const answer = await editor.request.put(`${url}/api/v1/apps/1400187352/tasks/${taskId}`, {
    data: { label: 'Newest of all' },
    headers: { origin: url },
  })
  expect(answer.ok()).toBe(true)
  const page = await as('support')
  await page.goto('/lookup')
  await paste(page, 'kim@example.com')
  await expect(page.getByRole('link', { name: 'UserID kim@example.com' })).toBeVisible()
  await expect(main(page)).toContainText('No campaign contains it.')
  await paste(page, 'kim_01, lee_02')
  await expect(main(page)).toContainText('Look up 2 users in one of the newest campaigns.')
  await expectAccessible(page)
  await page.getByRole('link', { name: /Newest of all/ }).click()
  await expect(page).toHaveURL(/\/lookup\/bulk#s1\./)
  await expect(main(page)).toContainText('kim_01')
})

test('without JavaScript the search box leads to an encrypted address', async ({ as, control }) => {
  const { taskId = '', userId = '' } = (await cases(control)).find((one) => one.taskId) ?? {}
  const page = await as('support', { javaScriptEnabled: false })
  await page.goto('/lookup')
  await box(page).fill(`${taskId} ${userId}`)
  await page.getByRole('button', { name: 'Look up', exact: true }).click()
  await expect(page).toHaveURL(/\/lookup\?k=s1\./)
  await expect(main(page)).toContainText(userId)
})

test('roles without look-ups get a search box for error codes only', async ({ as, url }) => {
  for (const actor of ['viewer', 'editor'] as const) {
    const page = await as(actor)
    await page.goto('/lookup/bulk')
    await expect(main(page)).toContainText('An administrator of Demo shop can grant it')
    const codes = page.getByRole('textbox', { name: 'Look up an error code' })
    await expect(codes).toBeVisible()
    await page.keyboard.press('ControlOrMeta+k')
    await expect(codes).toBeFocused()
    await page.keyboard.type('10302')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/\/losses\/code\?code=10302/)
    for (const path of ['box', 'bulk']) {
      const data = path === 'box' ? { text: 'kim' } : { items: [{ pushId: 'a' }] }
      const answer = await page.request.post(`${url}/api/v1/apps/1400187352/traces/${path}`, {
        data,
        headers: { origin: url },
      })
      expect([answer.status(), (await answer.json()).code]).toEqual([403, 'forbidden'])
    }
  }
})
