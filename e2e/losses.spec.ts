import type { LossesReply } from '@/lib/contract/losses'
import { platformOf, type Vendor } from '@/lib/contract/vendors'
import { SDK_APP_ID } from './emulator'
import { expect, test } from './fixtures'

type Stage = 'ready_to_send' | 'post_send'
type Truth = Record<'stages' | 'totals', Record<Stage, { platform: number | null; code: string; count: number }[]>>

const seconds = (at: string | null) => Math.floor(Date.parse(at ?? '') / 1_000)

/** Counts per stage, vendor and code, in one plain form. */
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
      await page.goto(`/losses?source=${source}&range=${range}`)
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
      // The two answers of a pair may come a second or two apart, and a loss may become known in between.
      const told: string[][] = []
      for (let late = 0; late < 4; late++) {
        const query = `source=${source}&metric=loss&from=${seconds(window.from)}&to=${seconds(window.to)}`
        const truth = (await control(`/truth?${query}&asOf=${seconds(asOf) + late}`)) as Truth
        told.push(
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
      // A day without campaigns is a real nothing; a week is not.
      if (range === '7d') expect(seen.length).toBeGreaterThan(3)
      expect(told).toContainEqual(seen)
      for (const { lost, explained, unexplained } of stages) {
        expect(lost).not.toBeNull()
        expect((explained ?? Number.NaN) + (unexplained ?? Number.NaN)).toBe(lost)
      }
      for (const { lost, reasons } of stages) {
        const [first] = reasons ?? []
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

test('a drop of the overview leads to its losses, by keyboard to a reason, and on to its page', async ({ as }) => {
  const page = await as('viewer')
  await page.goto('/?source=task&range=yesterday')
  await page
    .getByRole('link', { name: /before sending$/ })
    .first()
    .click()
  await expect(page).toHaveURL(/\/losses\?source=task&range=yesterday#ready_to_send$/)
  await expect(page.getByRole('heading', { name: 'Before sending' })).toBeVisible()
  const first = page.locator('#ready_to_send .reason > summary').first()
  await first.focus()
  await page.keyboard.press('Enter')
  await expect(page.locator('#ready_to_send .reason[open]').getByText('How to fix it')).toBeVisible()
})

test('with JavaScript off the reasons are there and open', async ({ as }) => {
  const warm = await as('viewer')
  await warm.goto('/losses?source=task&range=yesterday')
  await expect(warm.locator('.reason').first()).toBeVisible()
  const page = await as('viewer', { javaScriptEnabled: false })
  await page.goto('/losses?source=task&range=yesterday')
  await page.locator('.reason > summary').first().click()
  await expect(page.locator('.reason[open] .drawer').first()).toBeVisible()
  await page.getByRole('link', { name: 'Who fixes it' }).click()
  await expect(page).toHaveURL(/group=owner/)
})

test('a table for who accepts one: rows add up, and no cell begins a formula', async ({ as, url }) => {
  const page = await as('viewer')
  await page.goto('/losses?source=task&range=yesterday')
  await expect(page.locator('.reason').first()).toBeVisible()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'CSV' }).click()
  expect((await download).suggestedFilename()).toBe(`losses-${SDK_APP_ID}.csv`)
  const address = `${url}/api/v1/apps/${SDK_APP_ID}/losses?source=task&range=yesterday`
  const answer = await page.request.get(address, { headers: { accept: 'text/csv' } })
  expect(answer.headers()['content-type']).toBe('text/csv; charset=utf-8')
  const lines = (await answer.text()).replace('\ufeff', '').trimEnd().split('\r\n')
  expect(lines.length).toBeGreaterThan(8)
  expect(lines.join('\n')).toContain(",reason,'-1,")
  expect(lines.join('\n')).not.toMatch(/(^|,)[=+@]|(^|,)-\D/m)
  for (const line of lines.slice(1)) expect(line).toContain('"Demo, invented data"')
})

test('a code has its page, and words are found in the dictionary', async ({ as }) => {
  const page = await as('viewer')
  await page.goto('/losses?source=task&range=yesterday')
  await page.getByRole('searchbox', { name: 'Code or words' }).fill('-1')
  await page.getByRole('button', { name: 'Search' }).click()
  await expect(page).toHaveURL(/\/losses\/code\?.*code=-1/)
  await expect(page.getByRole('heading', { name: 'Code -1' })).toBeVisible()
  await expect(page.getByText('For a ticket').first()).toBeVisible()
  await page.goto('/losses/code?code=daily quota')
  await expect(page.getByText('This code was not seen in this range.')).toBeVisible()
  await expect(page.locator('main')).toContainText('Vendor’s daily limit reached')
})
