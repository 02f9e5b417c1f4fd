import type { LossesReply } from '@/lib/contract/losses'
import { platformOf, type Vendor } from '@/lib/contract/vendors'
import { expectAccessibleInEveryLook } from './testing/accessible'
import { SDK_APP_ID } from './testing/emulator-process'
import { expect, test } from './testing/fixtures'

type Stage = 'ready_to_send' | 'post_send'
type Truth = Record<'stages' | 'totals', Record<Stage, { platform: number | null; code: string; count: number }[]>>

const seconds = (at: string | null) => Math.floor(Date.parse(at ?? '') / 1_000)

/** Sums counts per stage, vendor and code into sorted lines. */
function tally(rows: [Stage, number, string, number][]): string[] {
  const sums = new Map<string, number>()
  for (const [stage, platform, code, count] of rows) {
    const key = `${stage} ${platform} ${code}`
    sums.set(key, (sums.get(key) ?? 0) + count)
  }
  return [...sums].map(([key, count]) => `${key} ${count}`).sort()
}

const STAGES = ['ready_to_send', 'post_send'] as const

for (const source of ['task', 'chat'] as const) {
  for (const range of ['24h', '7d'] as const) {
    test(`the losses of ${source} over ${range} are the upstream's own, per stage, vendor and code`, async ({
      as,
      url,
      control,
    }) => {
      const page = await as('viewer')
      await page.goto(`/losses?source=${source}&range=${range}&group=code`)
      const api = `${url}/api/v1/apps/${SDK_APP_ID}/losses?source=${source}&range=${range}`
      let reply: LossesReply | undefined
      await expect(async () => {
        reply = await (await page.request.get(api)).json()
        expect(reply?.freshness.state).toBe('fresh')
      }).toPass({ timeout: 20_000 })
      if (!reply) throw new Error('no reply')
      const { window, asOf, stages } = reply
      const seen = tally(
        stages.flatMap(({ stage, reasons }) =>
          (reasons ?? []).flatMap(({ code, vendors }) =>
            vendors.map(({ vendor, count }): [Stage, number, string, number] => [
              stage,
              platformOf(vendor as Vendor),
              code,
              count ?? Number.NaN,
            ]),
          ),
        ),
      )
      // Statistics and losses may be fetched seconds apart, and a loss may become visible in between.
      const truths: string[][] = []
      for (let late = 0; late < 4; late++) {
        const query = `source=${source}&metric=loss&from=${seconds(window.from)}&to=${seconds(window.to)}`
        const truth = (await control(`/truth?${query}&asOf=${seconds(asOf) + late}`)) as Truth
        truths.push(
          tally(
            STAGES.flatMap((stage) =>
              truth.stages[stage].map(({ platform, code, count }): [Stage, number, string, number] => [
                stage,
                platform ?? -1,
                code,
                count,
              ]),
            ),
          ),
        )
      }
      // A day can be without campaigns; a week cannot.
      if (range === '7d') expect(seen.length).toBeGreaterThan(3)
      expect(truths).toContainEqual(seen)
      for (const { lost, explained, unexplained } of stages) {
        expect(lost).not.toBeNull()
        expect((explained ?? Number.NaN) + (unexplained ?? Number.NaN)).toBe(lost)
      }
      for (const { lost, reasons, unexplained, explained } of stages) {
        const [first] = reasons ?? []
        // The unexplained part is a line, and with it the shares reach the whole loss.
        if (lost && (unexplained ?? 0) > 0 && (explained ?? 0) > 0) {
          const shares = (reasons ?? []).reduce((sum, { share }) => sum + (share ?? 0), 0)
          expect(shares + (unexplained ?? 0) / lost).toBeCloseTo(1)
        }
        if (first?.count)
          await expect(
            page.locator('.reason .count', { hasText: first.count.toLocaleString('en-GB') }).first(),
          ).toBeVisible()
        if (lost)
          await expect(page.getByText(`−${lost.toLocaleString('en-GB')}`, { exact: true }).first()).toBeVisible()
      }
    })
  }
}

test('two clicks lead from the overview’s largest drop to its owner and fix', async ({ as }) => {
  const page = await as('viewer')
  await page.goto('/losses?source=task&range=yesterday')
  await expect(page.locator('.reason').first()).toBeVisible()
  await page.goto('/?source=task&range=yesterday')
  // A drop shows its main reason.
  await expect(page.locator('.numbers').getByText('Top reason:', { exact: true }).first()).toBeVisible()
  await expect(
    page
      .locator('.numbers')
      .getByText(/^, [\d.]+\s%(; [\d.]+\s% unexplained)?$/)
      .first(),
  ).toBeVisible()
  await page
    .getByRole('link', { name: /before sending$/ })
    .first()
    .click()
  await expect(page).toHaveURL(/\/losses\?source=task&range=yesterday#ready_to_send$/)
  const first = page.locator('#ready_to_send .reason').first()
  const owner = await first.locator('.actor').innerText()
  expect(owner.trim()).not.toBe('')
  await first.locator('summary').first().click()
  const fact = (term: string) =>
    first.locator('.drawer').getByText(term, { exact: true }).locator('xpath=following-sibling::dd')
  await expect(fact('Fixed by')).toHaveText(owner.trim())
  for (const term of ['How to fix it', 'Confidence', 'Source']) await expect(fact(term)).not.toBeEmpty()
})

test('the page opens by cause: one line for all codes of a cause, with their sum', async ({ as, url }) => {
  const page = await as('viewer')
  const query = 'source=task&range=7d'
  await page.goto(`/losses?${query}`)
  await page.getByText('By cause', { exact: true }).click()
  await expect(page.getByRole('link', { name: 'Cause', exact: true })).toHaveAttribute('aria-current', 'true')
  await page.getByRole('link', { name: 'Code', exact: true }).click()
  await expect(page).toHaveURL(/group=code/)
  await page.getByText('By code', { exact: true }).click()
  await page.getByRole('link', { name: 'Cause', exact: true }).click()
  await expect(page).not.toHaveURL(/group=/)
  const reply: LossesReply = await (await page.request.get(`${url}/api/v1/apps/${SDK_APP_ID}/losses?${query}`)).json()
  const after = reply.stages.find(({ stage }) => stage === 'post_send')
  const sums = new Map<string, number>()
  for (const { reason, count } of after?.reasons ?? []) {
    if (reason.key) sums.set(reason.key, (sums.get(reason.key) ?? 0) + (count ?? 0))
  }
  const [most = 0] = [...sums.values()].sort((a, b) => b - a)
  expect(most).toBeGreaterThan(0)
  const lines = page.locator('#post_send > .reasons > li .reason > summary > .count')
  await expect(lines.filter({ hasText: most.toLocaleString('en-GB') }).first()).toBeVisible()
  await expect(page.locator('#post_send .unexplained')).toContainText((after?.unexplained ?? 0).toLocaleString('en-GB'))
})

test('a vendor’s striped bar opens that vendor’s losses', async ({ as }) => {
  const page = await as('viewer')
  await page.goto('/?source=task&range=yesterday')
  await page.locator('.vendors tbody tr:not(.total) a.lost').first().click()
  await expect(page).toHaveURL(/\/losses\?source=task&range=yesterday&vendor=\w+#(ready_to_send|post_send)$/)
  await expect(page.getByRole('link', { name: /Vendor: .*Remove filter/ })).toBeVisible()
  // The filter follows to the page of a code, and can be removed there.
  await page.goto(`/losses/code?code=-1&source=task&range=yesterday&vendor=xiaomi`)
  await page.getByRole('link', { name: /Vendor: Xiaomi.*Remove filter/ }).click()
  await expect(page).toHaveURL(/\/losses\/code\?code=-1&source=task&range=yesterday(?!.*vendor)/)
})

test('a reason opens and closes by keyboard, and its details are accessible', async ({ as }) => {
  const page = await as('editor')
  await page.goto('/losses?source=task&range=yesterday&compare=previous')
  await page.waitForLoadState('networkidle')
  const line = page.locator('#ready_to_send .reason').first()
  const summary = line.locator('summary').first()
  await summary.focus()
  await page.keyboard.press('Enter')
  await expect(line).toHaveAttribute('open')
  // Tab reaches the controls in order, and Escape returns to the reason.
  for (const name of ['Copy for a ticket', 'Page of this code', 'Mark as known issue']) {
    const next = line.locator('.drawer').getByText(name, { exact: true }).first()
    await expect(async () => {
      await page.keyboard.press('Tab')
      expect(await next.evaluate((node) => node.closest('button, a, summary') === document.activeElement)).toBe(true)
    }).toPass({ timeout: 5_000, intervals: [50] })
  }
  await page.keyboard.press('Enter')
  await expect(line.getByLabel('Known until')).toBeVisible()
  await expectAccessibleInEveryLook(page)
  await page.keyboard.press('Escape')
  await expect(line).not.toHaveAttribute('open')
  await expect(summary).toBeFocused()
})

test('a reason marked as known leaves the top for everyone, and returns when the mark is removed', async ({
  as,
  url,
}) => {
  const page = await as('editor')
  const path = '/losses?source=task&range=yesterday&group=code'
  await page.goto(path)
  const top = page.locator('#ready_to_send .reason').first()
  const title = await top.locator('.name > .font-medium').innerText()
  await top.locator('summary').first().click()
  await top.getByText('Mark as known issue', { exact: true }).first().click()
  await top.getByLabel('Note').fill('a ticket <b>')
  await top.getByRole('button', { name: 'Mark as known issue' }).click()
  const reader = await as('viewer')
  try {
    await expect(page.locator('#ready_to_send .known')).toContainText('· a ticket <b>')
    await reader.goto(path)
    await expect(reader.locator('#ready_to_send .reason').first()).not.toContainText(title)
    await expect(reader.locator('#ready_to_send .known')).toContainText('Known issue until')
    await expect(reader.getByText('Mark as known issue')).toHaveCount(0)
  } finally {
    const api = `${url}/api/v1/apps/${SDK_APP_ID}/losses`
    const reply: LossesReply = await (await page.request.get(`${api}?source=task&range=yesterday`)).json()
    const [marked] = reply.stages.flatMap(({ reasons }) => reasons ?? []).filter(({ known }) => known !== null)
    const body = { source: 'task', stage: 'ready_to_send', code: marked?.code }
    const answer = await page.request.delete(`${api}/known`, { data: body, headers: { origin: url } })
    expect(answer.status()).toBe(200)
  }
  await reader.reload()
  await expect(reader.locator('#ready_to_send .reason').first()).toContainText(title)
})

test('hostile text beside a code is inert: no script runs, no layout breaks, no cell starts a formula', async ({
  as,
  url,
  control,
}) => {
  const text = `=HYPERLINK("http://evil.example")<script>pwned=1</script>"><img src=x onerror="pwned=1">${'y'.repeat(150)}\u202e\u0000\u001b[31m ${'x'.repeat(10_240)}`
  await control('/faults', { kind: 'strangeText', endpoint: 'all_member_push_loss', times: 1, text })
  const page = await as('editor')
  // A range that no other spec uses, because the altered answer stays in the archive.
  const from = Math.floor(Date.now() / 60_000) * 60 - 2 * 86_400 - 420
  const path = `source=task&from=${from}&to=${from + 86_400}`
  await page.goto(`/losses?${path}&group=code`)
  // The answer arrives after the page. A line that is pressed before could move.
  await expect(page.locator('#post_send .reason').first()).toBeVisible({ timeout: 30_000 })
  await page.waitForLoadState('networkidle')
  const line = page.locator('.reason').filter({ hasText: 'HYPERLINK' }).first()
  await line.locator('summary').first().click()
  await expect(line).toHaveAttribute('open')
  await expect(line.locator('.raw').last()).toContainText('<script>pwned=1</script>')
  for (const width of [1_440, 390]) {
    await page.setViewportSize({ width, height: 900 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
    expect((await line.locator('summary').first().boundingBox())?.height).toBeLessThan(260)
  }
  await line.getByRole('link', { name: 'Page of this code' }).click()
  await expect(page.getByText('Possible meanings')).toBeVisible()
  expect(await page.evaluate(() => 'pwned' in window)).toBe(false)
  expect(await page.locator('main script, main img').count()).toBe(0)
  const answer = await page.request.get(`${url}/api/v1/apps/${SDK_APP_ID}/losses?${path}`, {
    headers: { accept: 'text/csv' },
  })
  expect(await answer.text()).toContain('HYPERLINK')
  expect(await answer.text()).not.toMatch(/(^|,)"?[=+@]|(^|,)"?-\D/m)
})

test('without JavaScript the reasons are shown and can be opened', async ({ as }) => {
  const warm = await as('viewer')
  await warm.goto('/losses?source=task&range=yesterday')
  await expect(warm.locator('.reason').first()).toBeVisible()
  const page = await as('viewer', { javaScriptEnabled: false })
  await page.goto('/losses?source=task&range=yesterday')
  await page.locator('.reason > summary').first().click()
  await expect(page.locator('.reason[open] .drawer').first()).toBeVisible()
  await page.getByText('By cause', { exact: true }).click()
  await page.getByRole('link', { name: 'Fixed by' }).click()
  await expect(page).toHaveURL(/group=owner/)
})

test('the CSV export has every row, and no cell starts a formula', async ({ as, url }) => {
  const page = await as('viewer')
  await page.goto('/losses?source=task&range=yesterday')
  await expect(page.locator('.reason').first()).toBeVisible()
  const download = page.waitForEvent('download')
  await page.getByText('Export', { exact: true }).click()
  await page.getByRole('link', { name: 'Losses (CSV)' }).click()
  expect((await download).suggestedFilename()).toMatch(/^pushlens-losses-task-.*\.csv$/)
  const address = `${url}/api/v1/apps/${SDK_APP_ID}/losses?source=task&range=yesterday`
  const answer = await page.request.get(address, { headers: { accept: 'text/csv' } })
  expect(answer.headers()['content-type']).toBe('text/csv; charset=utf-8')
  const lines = (await answer.text()).replace('\ufeff', '').trimEnd().split('\r\n')
  expect(lines.length).toBeGreaterThan(8)
  expect(lines.join('\n')).toContain(`,reason,"'-1",`)
  expect(lines.join('\n')).not.toMatch(/(^|,)[=+@]|(^|,)-\D/m)
  for (const line of lines.slice(1)) expect(line).toContain('"Demo, invented data"')
})

test('a code has its page, and the dictionary can be searched by words', async ({ as }) => {
  const page = await as('viewer')
  await page.goto('/losses?source=task&range=yesterday')
  await page.getByRole('searchbox', { name: 'Code or words' }).fill('-1')
  await page.getByRole('button', { name: 'Search' }).click()
  await expect(page).toHaveURL(/\/losses\/code\?.*code=-1/)
  await expect(page.getByRole('heading', { name: 'Code -1' })).toBeVisible()
  await expect(page.getByText('For a ticket').first()).toBeVisible()
  await page.goto('/losses/code?q=10302')
  await expect(page.locator('main')).toContainText('Token no longer valid')
  await page.goto('/losses/code?q=70009')
  await expect(page.locator('main')).toContainText('Signature or key refused')
  await page.goto('/losses/code?code=daily quota')
  await expect(page.getByText('This code does not occur in this range.')).toBeVisible()
  await expect(page.locator('main')).toContainText('Vendor’s daily limit reached')
})
