import type { Page } from '@playwright/test'
import errors from '../messages/en/errors.json' with { type: 'json' }
import overview from '../messages/en/overview.json' with { type: 'json' }
import { type Arrival, SDK_APP_ID } from './testing/emulator-process'
import { expect, signIn, test } from './testing/fixtures'
import { expectHydrated } from './testing/hydrated'
import { type TestEnv, testEnv } from './testing/test-env'

/** Pages whose answer no longer changes: they draw nothing as waiting, and they stop asking. */
const APP = SDK_APP_ID.toString(16)
const hex = (daysAgo: number) => Math.floor(Date.now() / 1_000 - daysAgo * 86_400).toString(16)
const taskSent = (daysAgo: number) => `${hex(daysAgo)}_${APP}_2000005e80aa873_2780d131_bc614e`
const LOST = 'from=2026-01-05&to=2026-01-12'

let env: TestEnv
let url: string

test.beforeAll(async () => {
  env = await testEnv(20)
  url = (await env.start()).url
})
test.afterAll(() => env.end())

const calls = async () => ((await env.emulator.control('/arrivals')) as { items: Arrival[] }).items.length

/** Opens the look-up of a pasted text, confirmed where the page objects to it. */
async function lookUp(page: Page, text: string): Promise<void> {
  await page.goto(`${url}/lookup`)
  await page.locator('main').getByRole('textbox', { name: 'Look up anything' }).fill(text)
  await page.locator('main').getByRole('textbox', { name: 'Look up anything' }).press('Enter')
  await page.waitForURL(/[?&]k=|\/user\//)
  const anyway = page.getByRole('link', { name: 'Try anyway' })
  if (await anyway.count()) await anyway.click()
}

const STATES: { name: string; open(page: Page): Promise<unknown>; text: string }[] = [
  {
    name: 'a trace of a user unknown to Tencent',
    open: (page) => lookUp(page, `TaskID: ${taskSent(1)} UserID: nobody_here`),
    text: errors.upstream_unknown_user.title,
  },
  {
    name: 'the page of a user unknown to Tencent',
    open: (page) => lookUp(page, 'UserID: nobody_there'),
    text: 'Tencent has no account with this UserID in this app.',
  },
  {
    name: 'a push beyond the horizon',
    open: (page) => lookUp(page, `TaskID: ${taskSent(9)} UserID: user_10001`),
    text: 'Tencent keeps traces for 7 days. This push seems to be 9 days old',
  },
  {
    name: 'an overview of a range wholly lost',
    open: (page) => page.goto(`${url}/?${LOST}`),
    text: errors.upstream_data_expired.title,
  },
  {
    name: 'losses of a range wholly lost',
    open: (page) => page.goto(`${url}/losses?${LOST}`),
    text: errors.upstream_data_expired.title,
  },
  {
    name: 'a code in a range wholly lost',
    open: (page) => page.goto(`${url}/losses/code?code=410&${LOST}`),
    text: errors.upstream_data_expired.title,
  },
  {
    name: 'an overview of a campaign whose life is lost',
    open: (page) => page.goto(`${url}/?task=${taskSent(90)}`),
    text: errors.upstream_data_expired.title,
  },
]

for (const { name, open, text } of STATES) {
  test(`${name} is settled: no placeholder, and no request for ten minutes`, async ({ page }) => {
    await signIn(page.request, url, 'admin')
    await page.clock.install()
    await open(page)
    await expect(page.getByText(text).first()).toBeVisible()
    await expect(page.locator('.waiting')).toHaveCount(0)
    // Ten minutes are long only for a page that runs: before, the clock would discard the reply that it begins with.
    await expectHydrated(page.getByText(text).first())
    const arrived = await calls()
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await page.clock.fastForward('10:00')
    await page.evaluate(() => fetch('/healthz'))
    expect(asked.filter((address) => address.includes('/api/'))).toEqual([])
    expect(await calls()).toBe(arrived)
  })
}

test('a campaign that Tencent does not return has a sentence, and no placeholder', async ({ page }) => {
  await signIn(page.request, url, 'admin')
  await page.goto(`${url}/?task=nobody-sent-this`)
  await expect(page.getByText(overview.absent.title)).toBeVisible()
  await expect(page.locator('.waiting')).toHaveCount(0)
  await page.goto(`${url}/?task=nobody-sent-this,nor-this`)
  await expect(page.getByRole('region', { name: overview.tasks.title }).getByText(overview.absent.title)).toHaveCount(2)
})

test('a page with current numbers asks again after a minute', async ({ page }) => {
  await signIn(page.request, url, 'admin')
  await page.clock.install()
  await page.goto(`${url}/?range=7d`)
  await expect(page.getByText('Exact total')).toBeVisible()
  await expect(page.locator('.waiting')).toHaveCount(0)
  const again = page.waitForRequest((request) => request.url().includes('/funnel?'))
  await page.clock.fastForward('10:00')
  await again
})
