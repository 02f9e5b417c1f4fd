import { expect, test, tracesAsked } from './testing/fixtures'

interface Case {
  case: string
  pushId?: string
  taskId?: string
  userId: string
}
type Control = (path: string) => Promise<unknown>

async function find(control: Control, name: string, kind: 'taskId' | 'pushId'): Promise<Case> {
  const { items } = (await control('/truth/pushes?limit=1')) as { items: Case[] }
  const found = items.find((one) => one.case === name && one[kind] !== undefined)
  if (!found) throw new Error(`the emulator has no ${name} by ${kind}`)
  return found
}

test('a PushID pasted into the search box gives a verdict and a timeline', async ({ as, control }) => {
  const { pushId = '' } = await find(control, 'delivered and clicked', 'pushId')
  const page = await as('support')
  await page.goto('/lookup')
  await page.getByLabel('Look up anything').and(page.getByRole('textbox')).fill(pushId)
  await page.keyboard.press('Enter')
  await expect(page.getByText('The push arrived and was clicked.')).toBeVisible()
  await expect(page.getByText('certain', { exact: true })).toBeVisible()
  await page.getByRole('radio', { name: 'Story' }).focus()
  await page.keyboard.press('ArrowRight')
  const raw = page.getByRole('region', { name: 'Raw response' })
  await expect(raw).toContainText('POST /v4/timpush/normal_push_trace')
  await expect(raw).toContainText('InstanceTrace')
  await expect(page.getByRole('region', { name: 'Devices' })).toBeHidden()
})

test('a TaskID with a UserID shows where the push stopped', async ({ as, control }) => {
  const { taskId = '', userId } = await find(control, 'refused by vendor', 'taskId')
  const page = await as('support')
  await page.goto('/lookup')
  await page.getByLabel('Look up anything').and(page.getByRole('textbox')).fill(`${taskId} ${userId}`)
  await page.keyboard.press('Enter')
  await expect(page.getByText(/^Stopped at /).first()).toBeVisible()
})

test('an unknown user is reported immediately', async ({ as, control }) => {
  const { taskId = '', userId } = await find(control, 'unknown user', 'taskId')
  const page = await as('support')
  await page.goto(`/lookup?taskId=${taskId}&userId=${userId}`)
  await expect(page.getByText(/Tencent does not know/i).first()).toBeVisible()
})

test('without JavaScript a stored look-up shows its verdict', async ({ as, control }) => {
  const { pushId = '' } = await find(control, 'delivered and clicked', 'pushId')
  const first = await as('support')
  await first.goto(`/lookup?pushId=${pushId}`)
  await expect(first.getByText('The push arrived and was clicked.')).toBeVisible()
  const page = await as('support', { javaScriptEnabled: false })
  await page.goto(`/lookup?pushId=${pushId}`)
  await expect(page.getByText('The push arrived and was clicked.')).toBeVisible()
  await page.getByText('Raw', { exact: true }).click()
  await expect(page.getByText('InstanceTrace')).toBeVisible()
})

test('a viewer sees who can grant look-ups', async ({ as, url, control }) => {
  const { pushId } = await find(control, 'delivered and clicked', 'pushId')
  const page = await as('viewer')
  await page.goto(`/lookup?pushId=${pushId}`)
  await expect(page.locator('main')).toContainText(/administrator/i)
  const answer = await page.request.get(`${url}/api/v1/apps/1400187352/traces?pushId=${pushId}`)
  expect([answer.status(), (await answer.json()).code]).toEqual([403, 'forbidden'])
})

test('a link on another site looks nobody up before a press', async ({ as, url, control }) => {
  const { taskId = '', userId } = await find(control, 'refused by vendor', 'taskId')
  const page = await as('support')
  const address = `${url}/lookup?taskId=${taskId}&userId=${userId}`
  await page.route('http://elsewhere.example/', (route) =>
    route.fulfill({ contentType: 'text/html', body: `<a href="${address.replace('&', '&amp;')}">See this push</a>` }),
  )
  await page.goto('http://elsewhere.example/')
  const before = await tracesAsked(control)
  await page.getByRole('link', { name: 'See this push' }).click()
  await expect(page).toHaveURL(/\/lookup\?k=s1\./)
  await expect(page.getByText('Not looked up yet')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Verdict' })).toHaveCount(0)
  expect(await tracesAsked(control)).toBe(before)
  await page.locator('main').getByRole('link', { name: 'Look up', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Verdict' })).toBeVisible()
})
