import type { Page } from '@playwright/test'
import { SDK_APP_ID } from './testing/emulator-process'
import { expect, test } from './testing/fixtures'
import { holdScripts, pressEarly } from './testing/hydrated'

/** Imports so many campaigns of long ago, and removes them after `work`, because other specs read the same list. */
async function withMany(page: Page, url: string, count: number, work: () => Promise<void>) {
  const lines = Array.from({ length: count }, (_, i) => {
    const at = (1_460_000_000 + i * 60).toString(16)
    return `${at}_${SDK_APP_ID.toString(16)}_2000005e80aa873_d03ac87_${i.toString(16)},Row ${i},many`
  })
  const tasks = `${url}/api/v1/apps/${SDK_APP_ID}/tasks`
  const headers = { origin: url }
  const added = await page.request.post(`${tasks}/import`, { data: { text: lines.join('\n'), dryRun: false }, headers })
  const { undo } = await added.json()
  try {
    await work()
  } finally {
    expect((await page.request.post(`${tasks}/import/undo`, { data: { undo }, headers })).status()).toBe(200)
  }
}

/** Answers in place of the page that compares: these tests are about what the list sends to it. */
const answerCompare = (page: Page) =>
  page.route(/\/campaigns\/compare\?/, (route) => route.fulfill({ body: 'compared', contentType: 'text/plain' }))

test('thousands of rows continue while scrolling, without a blank row; ticked ones are compared', async ({
  as,
  url,
}) => {
  const page = await as('editor')
  await withMany(page, url, 2_000, async () => {
    await pressEarly(page)
    const release = await holdScripts(page)
    await page.goto('/campaigns?tag=many', { waitUntil: 'commit' })
    const list = page.getByRole('table', { name: 'Campaign list' })
    const early = page.getByRole('checkbox', { name: 'Select Row 1999' })
    await early.check()
    release()
    await expect(page.getByRole('button', { name: 'Compare' })).toBeDisabled()
    await expect(early).toBeChecked()
    let blank = 0
    for (let step = 0; step < 200; step++) {
      // Looks at the middle of the window right after the browser has drawn it.
      const seen = await page.evaluate(async () => {
        scrollBy(0, 2_000)
        await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
        const rest = document.documentElement.scrollHeight - innerHeight - scrollY
        const row = document.elementFromPoint(600, innerHeight / 2)?.closest('tr[data-task]')
        return {
          inRow: row !== null && row !== undefined,
          rest,
          rows: document.querySelectorAll('tr[data-task]').length,
        }
      })
      if (!seen.inRow) blank++
      expect(seen.rows).toBeLessThan(150)
      if (seen.rest < 1 && (await list.getByText('Row 0', { exact: true }).count()) > 0) break
    }
    expect(blank).toBe(0)
    await page.getByRole('checkbox', { name: 'Select Row 0', exact: true }).check()
    await answerCompare(page)
    await page.getByRole('button', { name: 'Compare 2 campaigns' }).click()
    await expect(page).toHaveURL(/\/campaigns\/compare\?.*task=[^&]+.*task=/)
  })
})

test('without JavaScript the list is a page of 25 rows with a link to the next, and sorts and compares', async ({
  as,
  url,
}) => {
  const page = await as('editor', { javaScriptEnabled: false })
  await withMany(page, url, 35, async () => {
    await page.goto('/campaigns?tag=many')
    const rows = page.locator('tr[data-task]')
    await expect(rows).toHaveCount(25)
    await page.getByRole('link', { name: 'Next page' }).click()
    await expect(rows).toHaveCount(10)
    await page.goto('/campaigns?tag=many')
    await page.getByRole('columnheader', { name: 'Campaign' }).getByRole('link').click()
    await expect(rows.first()).toContainText('Row 0')
    await rows.nth(0).getByRole('checkbox').check()
    await rows.nth(1).getByRole('checkbox').check()
    await answerCompare(page)
    await page.getByRole('button', { name: 'Compare' }).click()
    await expect(page).toHaveURL(/task=[^&]+&task=/)
  })
})
