import type { Page } from '@playwright/test'
import Papa from 'papaparse'
import { SDK_APP_ID } from './testing/emulator-process'
import { expect, test } from './testing/fixtures'

interface Truth {
  items: { taskId: string; at: number; audience: string }[]
}
type Row = Record<string, string>

const grouped = (count: number) => new Intl.NumberFormat('en-GB').format(count)

/** Returns what a link of the export menu downloads: the rows of a CSV file, or the JSON. */
async function fileOf(page: Page, label: string) {
  const link = page.locator('a[download]', { hasText: label })
  const answer = await page.request.get((await link.getAttribute('href')) ?? '')
  expect(answer.status(), label).toBe(200)
  expect(answer.headers()['content-disposition']).toBe('attachment')
  const text = (await answer.text()).replace('\ufeff', '')
  expect(text).toContain('Demo, invented data')
  return text.startsWith('{') ? JSON.parse(text) : Papa.parse<Row>(text.trimEnd(), { header: true }).data
}

/** Saves the table of the page as a picture. */
async function pictureOf(page: Page) {
  await page.getByText('Export', { exact: true }).click()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Table (PNG)' }).click(),
  ])
  expect(file.suggestedFilename()).toMatch(/\.png$/)
}

test('losses are the same numbers on the page, in CSV, JSON and the API', async ({ as, url }) => {
  const page = await as('viewer')
  await page.goto('/losses?source=task&range=yesterday&compare=none')
  await expect(page.locator('.reason').first()).toBeVisible()
  const rows: Row[] = await fileOf(page, 'Losses (CSV)')
  const file = await fileOf(page, 'Losses (JSON)')
  const api = await (
    await page.request.get(`${url}/api/v1/apps/${SDK_APP_ID}/losses?source=task&range=yesterday&compare=none`)
  ).json()
  expect(file.stages).toEqual(api.stages)
  expect([file.note, file.range.tz, file.coverage]).toEqual(['Demo, invented data', api.range.tz, api.coverage])
  for (const stage of api.stages) {
    const lost = rows.find((row) => row.stage === stage.stage && row.row === 'lost')
    expect(lost).toMatchObject({ count: String(stage.lost), tz: api.range.tz, held: String(api.coverage.held) })
    await expect(page.locator(`#${stage.stage}`)).toContainText(grouped(stage.lost))
  }
  await pictureOf(page)
})

test('campaigns, one campaign and a comparison are the same numbers on the page, in CSV, JSON and the API', async ({
  as,
  control,
  url,
}) => {
  const { items } = (await control('/truth/tasks')) as Truth
  const end = items.at(-1)?.at ?? 0
  const settled = items.filter(({ at }) => at > end - 20 * 86_400 && at < end - 9 * 86_400)
  const chosen = settled.filter(({ audience }) => audience === 'all').slice(-2)
  const page = await as('editor')
  const api = `${url}/api/v1/apps/${SDK_APP_ID}`
  for (const [n, { taskId }] of chosen.entries()) {
    const data = { label: `Exported ${n + 1}`, tags: ['exported'] }
    const put = await page.request.put(`${api}/tasks/${taskId}`, { data, headers: { origin: url } })
    expect(put.status()).toBe(200)
    await page.goto(`/campaigns/${taskId}`)
    await expect(page.getByRole('heading', { name: 'Growth since sending' })).toBeVisible()
  }

  await page.goto('/campaigns?tag=exported&group=tag')
  const list = await (await page.request.get(`${api}/tasks?tag=exported&group=tag`)).json()
  const listed: Row[] = await fileOf(page, 'Campaigns (CSV)')
  expect(listed.map(({ task_id, sent }) => [task_id, sent])).toEqual(
    list.items.map((one: { taskId: string; total: { sent: number } }) => [one.taskId, String(one.total.sent)]),
  )
  expect((await fileOf(page, 'Campaigns (JSON)')).groups).toEqual(list.groups)
  const [sum] = (await fileOf(page, 'Tag totals (CSV)')) as Row[]
  const all = list.items.reduce((sent: number, one: { total: { sent: number } }) => sent + one.total.sent, 0)
  expect(sum).toMatchObject({ tag: 'exported', campaigns: '2', known: '2', sent: String(all), tz: `UTC${list.tz}` })
  await expect(page.locator('.group-head')).toContainText(grouped(all))
  await pictureOf(page)

  const taskId = chosen[0]?.taskId ?? ''
  await page.goto(`/campaigns/${taskId}`)
  const funnel = await (await page.request.get(`${api}/funnel?task=${taskId}`)).json()
  const [numbers] = (await fileOf(page, 'Key numbers (CSV)')) as Row[]
  expect(numbers).toMatchObject({ sent: String(funnel.total.sent), delivered: String(funnel.total.delivered) })
  expect((await fileOf(page, 'Full report (JSON)')).total).toEqual(funnel.total)
  await expect(page.getByRole('region', { name: 'Key numbers since sending' })).toContainText(
    grouped(funnel.total.sent),
  )
  const growth = await (await page.request.get(`${api}/tasks/growth?taskId=${taskId}`)).json()
  expect((await fileOf(page, 'Growth (JSON)')).lines).toEqual(growth.lines)
  const last = ((await fileOf(page, 'Growth (CSV)')) as Row[]).at(-1)
  expect(last).toMatchObject({ age: 'latest', sent: String(growth.lines.at(-1).total.sent), tz: `UTC${growth.tz}` })
  await pictureOf(page)

  const task = chosen.map((one) => one.taskId).join(',')
  await page.goto(`/campaigns/compare?task=${task}`)
  const compared = await (await page.request.get(`${api}/tasks/compare?task=${task}`)).json()
  expect((await fileOf(page, 'Comparison (JSON)')).tasks).toEqual(compared.tasks)
  const lines: Row[] = await fileOf(page, 'Comparison (CSV)')
  for (const [i, one] of compared.tasks.entries()) {
    expect(lines[i]).toMatchObject({ task: one.taskId, sent: String(one.counts.sent), as_of: one.asOf })
    await expect(
      page
        .getByRole('table')
        .getByRole('row')
        .nth(i + 1),
    ).toContainText(grouped(one.counts.sent))
  }
  await pictureOf(page)
})
