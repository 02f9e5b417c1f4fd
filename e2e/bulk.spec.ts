import { readFile } from 'node:fs/promises'
import { expectAccessible } from './testing/accessible'
import { expect, test, tracesAsked } from './testing/fixtures'

interface Case {
  case: string
  taskId?: string
  pushId?: string
  userId: string
}

const box = 'Look up anything'

test('a pasted list is answered line by line, survives a reload, and downloads as CSV', async ({ as, control }) => {
  const { items } = (await control('/truth/pushes?limit=4')) as { items: Case[] }
  const chats = [...new Set(items.flatMap(({ pushId }) => pushId ?? []))].slice(0, 7)
  const page = await as('support', { viewport: { width: 390, height: 800 } })
  await page.goto('/lookup')
  await page.getByRole('textbox', { name: box }).fill(chats.join('\n'))
  await page.getByRole('button', { name: 'Look up', exact: true }).click()
  await expect(page).toHaveURL(/\/lookup\/bulk#s1\./)
  await expect(page.getByRole('progressbar', { name: 'Bulk look-up' })).toBeVisible()
  await expect(page.getByRole('status').first()).toContainText('7 of 7 done')
  const table = page.getByRole('table', { name: 'Bulk look-up' })
  await expect(table.getByRole('rowheader')).toHaveText(chats)
  await expect(table).not.toContainText('Waiting')
  await expectAccessible(page)

  await control('/arrivals/reset', {})
  await page.reload()
  await expect(page.getByRole('status').first()).toContainText('7 of 7 done')
  expect(await tracesAsked(control)).toBe(0)

  // A link on another site, such as a ticket, waits for a press.
  const address = page.url()
  await page.route('http://elsewhere.example/', (route) =>
    route.fulfill({ contentType: 'text/html', body: `<a href="${address}">These pushes</a>` }),
  )
  await page.goto('http://elsewhere.example/')
  await page.getByRole('link', { name: 'These pushes' }).click()
  await expect(page.getByText('Not looked up yet')).toBeVisible()
  await expect(table).toHaveCount(0)
  await page.locator('main').getByRole('button', { name: 'Look up', exact: true }).last().click()
  await expect(page.getByRole('status').first()).toContainText('7 of 7 done')

  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save as CSV' }).click()
  const text = await readFile(await (await saved).path(), 'utf8')
  expect(text.trim().split('\r\n')).toHaveLength(8)
  for (const pushId of chats) expect(text).toContain(pushId)
})

test('users of one campaign: explains unknown users, and calls for an old push only after a confirmation', async ({
  as,
  control,
}) => {
  const { items } = (await control('/truth/pushes?limit=4')) as { items: Case[] }
  const { taskId = '', userId } = items.find((one) => one.case === 'delivered, not clicked' && one.taskId) ??
    items[0] ?? { userId: '' }
  const page = await as('support')
  await page.goto('/lookup')
  await page.getByRole('textbox', { name: box }).fill([taskId, userId, 'nobody_at_all', 'nobody_else'].join('\n'))
  await page.getByRole('textbox', { name: box }).press('Enter')
  const row = (name: string) => page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) })
  await expect(row('nobody_at_all')).toContainText('Tencent does not know this UserID')
  await expect(row(userId)).toContainText('certain')
  expect(decodeURIComponent(page.url())).not.toContain(userId)

  const old = taskId.replace(
    /^(batch_)?[0-9a-f]{8}/,
    (_, batch = '') => `${batch}${Math.floor(Date.now() / 1_000 - 9 * 86_400).toString(16)}`,
  )
  await control('/arrivals/reset', {})
  await page.getByRole('textbox', { name: box }).fill([old, 'kim_1', 'lee_2'].join('\n'))
  await page.getByRole('textbox', { name: box }).press('Enter')
  await expect(row('kim_1')).toContainText('this push is 9 days old')
  expect(await tracesAsked(control)).toBe(0)
  await page.getByRole('button', { name: 'Check these too' }).click()
  await expect(page.getByRole('status').first()).toContainText('2 of 2 done')
})

test('a list can be stopped and resumed', async ({ as, control }) => {
  const { items } = (await control('/truth/pushes?limit=6')) as { items: Case[] }
  const chats = [...new Set(items.flatMap(({ pushId }) => pushId ?? []))].slice(8, 20)
  const page = await as('support')
  await control('/faults', { kind: 'latency', endpoint: 'normal_push_trace', ms: 300, times: 12 })
  await page.goto('/lookup')
  await page.getByRole('textbox', { name: box }).fill(chats.join(' '))
  await page.getByRole('textbox', { name: box }).press('Enter')
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(page.getByText('Stopped. The results so far are kept.')).toBeVisible()
  await control('/faults/reset', {})
  await page.getByRole('button', { name: 'Resume' }).click()
  await expect(page.getByRole('status').first()).toContainText(`${chats.length} of ${chats.length} done`)
})
