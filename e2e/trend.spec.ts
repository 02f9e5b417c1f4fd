import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expectAccessible } from './testing/accessible'
import { SDK_APP_ID } from './testing/emulator-process'
import { expect, test } from './testing/fixtures'

interface Bucket {
  from: string
  to: string
  state: string
  asOf: string | null
  sent: number | null
}
interface Truth {
  total: { sendable: number; sent: number; delivered: number; clicked: number }
}
const exact = (count: number) => new Intl.NumberFormat('en-GB').format(count)
const seconds = (iso: string) => Math.floor(Date.parse(iso) / 1_000)

/** Returns the counts in the chart's table, row by row. */
async function tableOf(page: Page): Promise<string[][]> {
  const rows = await page.locator('.trend-table tbody tr').all()
  return Promise.all(rows.map(async (row) => (await row.locator('td').allTextContents()).slice(0, 4)))
}

/** Uses the page by `input` until the chart has its tooltips. It listens once it is hydrated, later than the page loads. */
async function expectTooltips(page: Page, input: () => Promise<void>): Promise<void> {
  await expect(async () => {
    await input()
    await expect(page.locator('.trend svg.recharts-surface')).toBeVisible({ timeout: 1_000 })
  }).toPass()
}

for (const source of ['task', 'chat'] as const) {
  test(`the days of ${source} are the upstream's own, day by day`, async ({ as, url, control }) => {
    const page = await as('viewer')
    const query = `source=${source}&range=7d&interval=day`
    await page.goto(`/?${query}`)
    await page.getByText('Show as table', { exact: true }).click()
    await expect(async () => {
      const reply = await (await page.request.get(`${url}/api/v1/apps/${SDK_APP_ID}/funnel?${query}`)).json()
      const series: Bucket[] = reply.series
      expect(series).toHaveLength(7)
      expect(series.filter(({ state }) => state !== 'held' && state !== 'stale')).toEqual([])
      const truths = await Promise.all(
        series.map(async ({ from, to, asOf }) => {
          const window = `from=${seconds(from)}&to=${seconds(to)}&asOf=${seconds(asOf ?? '')}`
          return (await control(`/truth?source=${source}&metric=statistics&${window}`)) as Truth
        }),
      )
      const expected = truths.map(({ total }) =>
        [total.sendable, total.sent, total.delivered, total.clicked].map((count) => exact(count)),
      )
      expect(expected.flat().some((count) => count !== '0')).toBe(true)
      expect(await tableOf(page)).toEqual(expected)
    }).toPass({ timeout: 20_000 })
  })
}

test('measure, vendors and interval are links, and tooltips are laid over the chart without a layout shift', async ({
  as,
}) => {
  const page = await as('viewer')
  await page.addInitScript(() => {
    Object.assign(window, { shift: 0 })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        Object.assign(window, { shift: Reflect.get(window, 'shift') + Reflect.get(entry, 'value') })
    }).observe({ type: 'layout-shift', buffered: true })
  })
  await page.goto('/?source=task&range=7d')
  await page.waitForLoadState('networkidle')
  await expect(page.locator('.plot svg .bar.sent')).toBeVisible()
  let x = 200
  await expectTooltips(page, () => page.mouse.move(x++, 200))
  await page.waitForLoadState('networkidle')
  expect(await page.evaluate(() => Reflect.get(window, 'shift'))).toBeLessThanOrEqual(0.02)
  const trend = page.getByRole('region', { name: 'Trend' })
  const chosen = (name: string) => trend.getByRole('link', { name, exact: true })
  await expect(chosen('Day')).toHaveAttribute('aria-current', 'true')
  await chosen('Week').click()
  await expect(page).toHaveURL(/interval=week/)
  await expect(page.locator('.trend-table tbody tr')).not.toHaveCount(7)
  await chosen('By vendor').click()
  await expect(page).toHaveURL(/interval=week.*by=vendor/)
  await expect(page.locator('.multiple').first()).toBeVisible()
  await chosen('Rate').click()
  await expect(page).toHaveURL(/interval=week.*measure=rate&by=vendor/)
  await expect(page.locator('.multiples')).toContainText('not reported')
  await page.goBack()
  await expect(chosen('Volume')).toHaveAttribute('aria-current', 'true')
})

test('an editor adds a note with N, changes it and removes it; a viewer reads it', async ({ as }) => {
  const page = await as('editor')
  await page.goto('/?source=chat&range=7d')
  await page.waitForLoadState('networkidle')
  const dialog = page.getByRole('dialog')
  // The page listens once this part is hydrated.
  await expect(async () => {
    await page.keyboard.press('n')
    await expect(dialog).toBeVisible({ timeout: 1_000 })
  }).toPass()
  await dialog.getByRole('textbox', { name: 'Note' }).fill('New SDK')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
  const list = page.getByRole('list', { name: 'Notes on the chart' })
  await expect(list).toContainText('New SDK')
  const reader = await as('viewer', { javaScriptEnabled: false })
  await reader.goto('/?source=chat&range=7d')
  await expect(reader.getByRole('list', { name: 'Notes on the chart' })).toContainText('New SDK')
  await expect(reader.locator('.plot .note-mark').first()).toBeVisible()
  await list.getByRole('button', { name: /^Edit/ }).click()
  await expectAccessible(page)
  await dialog.getByRole('textbox', { name: 'Note' }).fill('Newer SDK')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(list).toContainText('Newer SDK')
  await list.getByRole('button', { name: /^Edit/ }).click()
  await dialog.getByRole('button', { name: 'Remove note' }).click()
  await expect(list).toBeHidden()
})

test('the chart and the vendor table are saved as PNG pictures', async ({ as }) => {
  const page = await as('viewer')
  await page.goto('/?source=task&range=7d')
  for (const [region, name] of [
    ['Trend', 'trend'],
    ['By vendor', 'vendors'],
  ] as const) {
    const button = page.getByRole('region', { name: region }).getByRole('button', { name: 'PNG', exact: true })
    const [file] = await Promise.all([page.waitForEvent('download'), button.click()])
    expect(file.suggestedFilename()).toBe(`${name}-${SDK_APP_ID}.png`)
    const bytes = readFileSync(await file.path())
    expect(bytes.subarray(1, 4).toString()).toBe('PNG')
    expect(bytes.readUInt32BE(16)).toBe(2_400)
    expect(bytes.length).toBeGreaterThan(20_000)
  }
})

test('the arrow keys move through the chart, and the tooltip describes each point', async ({ as }) => {
  const page = await as('viewer')
  await page.goto('/?source=task&range=7d')
  const chart = page.locator('.trend svg.recharts-surface')
  await page.waitForLoadState('networkidle')
  await expectTooltips(page, () => page.keyboard.press('Tab'))
  await chart.focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.locator('.trend-tip')).toContainText('Sent')
  await expect(page.locator('.trend-tip')).toContainText('UTC+8')
})

test('without JavaScript a chart and a table are shown', async ({ as }) => {
  const page = await as('viewer', { javaScriptEnabled: false })
  await page.goto('/?source=task&range=7d&interval=day')
  await expect(page.locator('.plot svg')).toBeVisible()
  await page.getByText('Show as table', { exact: true }).click()
  await expect(page.locator('.trend-table tbody tr')).toHaveCount(7)
})

test('a vendor without deliveries for a day shows 0, and new receipts do not count as an improvement', async ({
  as,
  url,
  control,
}) => {
  const page = await as('viewer')
  const { xiaomiSilent, huaweiReceipts } = (await control('/truth/incidents')) as {
    xiaomiSilent: { from: number; to: number }
    huaweiReceipts: { from: number }
  }
  const funnel = `${url}/api/v1/apps/${SDK_APP_ID}/funnel?source=chat&interval=day`
  const changes = async () => {
    const { receipts } = await (await page.request.get(`${funnel}&range=30d`)).json()
    return (receipts as { vendor: string; change: string; at: string }[])
      .filter(({ vendor }) => vendor === 'xiaomi' || vendor === 'huawei')
      .map(({ vendor, change, at }) => [vendor, change, seconds(at)])
  }
  const began = huaweiReceipts.from - 10 * 3_600
  await expect.poll(changes, { timeout: 30_000 }).toEqual([
    ['xiaomi', 'stopped', xiaomiSilent.from],
    ['xiaomi', 'resumed', xiaomiSilent.to],
    ['huawei', 'began', began],
  ])
  await page.goto(`/?source=chat&interval=day&from=${xiaomiSilent.from}&to=${xiaomiSilent.to}`)
  const row = page.locator('.vendors tbody tr').filter({ hasText: 'Xiaomi' })
  await expect(row.locator('td').nth(3).locator('.count')).toHaveText('0')
  const receipts = page.getByRole('list', { name: 'Receipt changes' }).getByRole('listitem')
  await expect(receipts.filter({ hasText: 'Xiaomi has reported no deliveries since' })).toBeVisible()
  await page.goto('/?source=chat&interval=day&range=30d')
  // What changed says it, or the list below. A change is not said twice.
  await expect(page.getByText('HUAWEI receipts began').filter({ visible: true })).toHaveCount(1)
  expect(await page.locator('main').innerText()).not.toMatch(/improve|better|more arrived/i)
})
