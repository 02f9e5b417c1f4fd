import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import type { Page } from '@playwright/test'
import { bundled } from '../lib/testing/bundled'
import { expectAccessible, expectAccessibleInEveryLook } from './testing/accessible'
import { SDK_APP_ID } from './testing/emulator-process'
import { expect, test } from './testing/fixtures'

/** Returns TaskIDs, of our app or of another, that no other spec uses. */
const id = (n: number, app = SDK_APP_ID) =>
  `batch_${(1_763_000_000 + n).toString(16)}_${app.toString(16)}_2000005e80aa873_d03ac87_${n.toString(16)}`
const SHEET = [
  '名称\t标签\tTaskID\t备注',
  `Autumn sale\tsale, vip\t${id(1)}\tfor Kim`,
  `가을 세일\tsale\t${id(2)}\t`,
  `Foreign\t\t${id(3, 1_600_119_377)}\t`,
  `Nameless\t\t\t`,
].join('\n')

async function paste(page: Page, text: string) {
  await page.getByRole('textbox', { name: 'TaskIDs, or columns from a sheet' }).fill(text)
  await page.getByRole('button', { name: 'Preview' }).click()
}

test('campaigns can be pasted, previewed, saved, undone, saved again and edited', async ({ as }) => {
  const page = await as('editor')
  await page.goto('/')
  await page.getByRole('navigation').getByRole('link', { name: 'Campaigns' }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: 'Campaigns' })).toBeVisible()
  await page.getByRole('link', { name: 'Add campaigns' }).first().click()
  await expect(page.getByRole('dialog', { name: 'Add campaigns' })).toBeVisible()
  await paste(page, SHEET)
  await expect(page.getByText('3 new · 1 rejected')).toBeVisible()
  const rows = page.getByRole('table', { name: 'Preview' }).getByRole('row')
  await expect(rows.nth(1)).toContainText('This line has no TaskID.')
  await expect(rows.nth(2)).toContainText('This ID seems to belong to another app.')
  await expect(rows.nth(3)).toContainText(id(1))
  await page.setViewportSize({ width: 390, height: 900 })
  await expectAccessible(page, 'the preview')
  await page.setViewportSize({ width: 1_440, height: 900 })

  const list = page.getByRole('table', { name: 'Campaign list' })
  await page.getByRole('button', { name: 'Save 3 campaigns' }).click()
  await expect(page.getByText('3 added · 1 rejected')).toBeVisible()
  await expect(list.getByText('Autumn sale')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('Undone. The earlier values are restored.')).toBeVisible()
  await expect(list.getByText('Autumn sale')).toHaveCount(0)
  await page.getByRole('button', { name: 'Preview' }).click()
  await page.getByRole('button', { name: 'Save 3 campaigns' }).click()
  await expect(list.getByText('Autumn sale')).toBeVisible()
  // Closing keeps Undo, and text that is not saved yet.
  await page.keyboard.press('Escape')
  await expect(page).not.toHaveURL(/add=1/)
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.getByRole('link', { name: 'Add campaigns' }).first().click()
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible()
  const pasted = page.getByRole('textbox', { name: 'TaskIDs, or columns from a sheet' })
  await pasted.fill('not saved yet')
  await page.keyboard.press('Escape')
  await expect(page).not.toHaveURL(/add=1/)
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.getByRole('link', { name: 'Add campaigns' }).first().click()
  await expect(pasted).toHaveValue('not saved yet')
  await pasted.fill('')
  await page.keyboard.press('Escape')
  await expect(page).not.toHaveURL(/add=1/)
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await list.getByRole('link', { name: 'Edit Autumn sale' }).click()
  await expect(page.getByLabel('Name', { exact: true })).toBeFocused()
  await page.getByLabel('Name', { exact: true }).fill('Winter sale')
  await page.getByRole('textbox', { name: 'Tags' }).fill('#winter, vip，sale')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(list.getByText('Winter sale')).toBeVisible()
  await expect(page.getByLabel('Name', { exact: true })).toHaveCount(0)

  await list.getByRole('link', { name: 'winter', exact: true }).click()
  await expect(page).toHaveURL(/tag=winter/)
  await expect(list.getByRole('link', { name: 'Losses of Winter sale' })).toHaveAttribute('href', /task=batch_/)
  await expect(list.getByText('가을 세일')).toHaveCount(0)
  await page.getByRole('link', { name: 'Tag: winter' }).click()
  await expect(page).not.toHaveURL(/tag=/)
  await page.getByRole('searchbox', { name: 'Search campaigns' }).fill('FOR kim')
  await page.keyboard.press('Enter')
  await expect(list.getByText('Winter sale')).toBeVisible()
  await expect(list.getByText('가을 세일')).toHaveCount(0)
})

test('campaigns can be added by keyboard', async ({ as }) => {
  const page = await as('editor', { colorScheme: 'dark', viewport: { width: 390, height: 900 } })
  await page.goto('/campaigns?q=keyboard')
  await page.getByRole('link', { name: 'Add campaigns' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Close' })).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.insertText(`${id(9)}, keyboard`)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('table', { name: 'Preview' })).toBeVisible()
  // The focus moves to the result of each step.
  const result = page.locator('[tabindex="-1"]:focus')
  await expect(result).toHaveCount(1)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Save 1 campaign' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByText('1 added')).toBeVisible()
  await expect(result).toHaveCount(1)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Undo' })).toBeFocused()
  await expectAccessible(page, 'the list at 390, dark')
})

function token(): string {
  const args = ['token', 'create', '--name', 'sender', '--role', 'editor']
  return execFileSync(process.execPath, [...bundled('scripts/cli.ts'), ...args], {
    cwd: resolve(import.meta.dirname, '..'),
    env: { ...process.env, DATABASE_URL: `sqlite:${process.env.E2E_DATA}/pushlens.db` },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  }).trim()
}

test('a backend registers a campaign with the command on the page; a viewer cannot', async ({ as, url }) => {
  const page = await as('viewer', { javaScriptEnabled: false })
  const editors = await as('editor', { javaScriptEnabled: false })
  await editors.goto('/campaigns?add=1')
  const line = (await editors.locator('pre', { hasText: 'curl' }).textContent()) ?? ''
  const run = (bearer: string) => {
    const command = line
      .replace('TASK_ID', id(20))
      .replace('plk_…', bearer)
      .replace('curl', "curl -s -w '\\n%{http_code}'")
    return execFileSync('sh', ['-c', command], { encoding: 'utf8' }).trimEnd().split('\n')
  }
  const [body = '', status] = run(token())
  expect([status, JSON.parse(body)]).toMatchObject(['200', { taskId: id(20), label: 'Summer sale', knownBy: 'api' }])
  expect(run('plk_nobody')[1]).toBe('401')
  await page.goto('/campaigns?q=summer')
  await expect(page.getByRole('link', { name: 'Summer sale', exact: true })).toHaveAttribute(
    'title',
    /registered by your backend/,
  )
  await expect(page.getByText('Add campaigns')).toHaveCount(0)
  await expect(page.locator('pre')).toHaveCount(0)
  const answer = await page.request.put(`${url}/api/v1/apps/${SDK_APP_ID}/tasks/x`, {
    data: {},
    headers: { origin: url },
  })
  expect(answer.status()).toBe(403)
  const table = await page.request.get(`${url}/api/v1/apps/${SDK_APP_ID}/tasks?q=summer`, {
    headers: { accept: 'text/csv' },
  })
  expect(await table.text()).toContain(`${id(20)},Summer sale,"sale, vip",,`)
})

interface Truth {
  items: { taskId: string; at: number; audience: string }[]
}

test('a campaign has a page, and two campaigns are compared with two clicks', async ({ as, control, url }) => {
  const { items } = (await control('/truth/tasks')) as Truth
  const end = items.at(-1)?.at ?? 0
  // Old enough to have all their receipts, so that even their newest counts can be compared.
  const settled = items.filter(({ at }) => at > end - 20 * 86_400 && at < end - 9 * 86_400)
  const [older, newer] = settled.filter(({ audience }) => audience === 'all').slice(-2)
  if (!older || !newer) throw new Error('too few campaigns')
  const page = await as('editor')
  for (const [n, { taskId }] of [older, newer].entries()) {
    const data = { label: `Compared ${n + 1}`, tags: ['compared'], note: 'for Kim' }
    const path = `${url}/api/v1/apps/${SDK_APP_ID}/tasks/${taskId}`
    expect((await page.request.put(path, { data, headers: { origin: url } })).status()).toBe(200)
    await page.goto(`/campaigns/${taskId}`)
    await expect(page.getByRole('heading', { level: 1, name: `Compared ${n + 1}` })).toBeVisible()
    await expect(page.getByRole('heading', { name: 'Growth since sending' })).toBeVisible()
  }
  const from = newer.at - (newer.at % 3_600)
  const span = `from=${from}&to=${from + 30 * 86_400}`
  const truth = await control(`/truth?source=task&metric=statistics&task=${newer.taskId}&${span}`)
  const { total } = truth as { total: { sendable: number; sent: number } }
  const numbers = page.getByRole('region', { name: 'Key numbers since sending' })
  await expect(numbers).toContainText(total.sendable.toLocaleString('en'))
  await expect(numbers).toContainText(total.sent.toLocaleString('en'))
  await expectAccessibleInEveryLook(page, 'a campaign')
  await page.getByRole('link', { name: 'Edit', exact: true }).click()
  await expect(page.getByRole('dialog', { name: 'Edit' }).getByLabel('Name', { exact: true })).toBeFocused()
  await page.getByRole('button', { name: 'Close' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page).not.toHaveURL(/edit=1/)

  await page.getByLabel('Compare with').selectOption({ value: older.taskId })
  await page.getByRole('button', { name: 'Compare', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Compare campaigns' })).toBeVisible()
  const rows = page.getByRole('table').getByRole('row')
  await expect(rows.nth(1)).toContainText('Compared 2')
  await expect(rows.nth(2)).toContainText(/Compared 1.*(more than chance|could be chance)/)
  await expect(page.getByRole('list', { name: 'Age since sending' }).locator('[aria-current]')).toHaveText('Latest')
  await expectAccessibleInEveryLook(page, 'a comparison')

  // A UserID goes into a sealed address only.
  const support = await as('support')
  await support.goto(`/campaigns/${newer.taskId}`)
  await support.getByLabel('UserID', { exact: true }).fill('user_10001')
  const person = support.getByRole('search', { name: 'Trace a push to one user' })
  await person.getByRole('button', { name: 'Look up' }).click()
  await expect(support).toHaveURL(/\/lookup\?(?!.*user_10001)/)

  const plain = await as('viewer', { javaScriptEnabled: false })
  await plain.goto(`/campaigns/${newer.taskId}`)
  await expect(plain.getByRole('region', { name: 'Key numbers since sending' })).toBeVisible()
  await plain.goto('/campaigns/not-a-campaign-of-this-app')
  await expect(plain.getByText('This campaign is not registered')).toBeVisible()
})
