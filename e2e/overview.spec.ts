import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { SDK_APP_ID } from './testing/emulator-process'
import { expect, test } from './testing/fixtures'

interface Truth {
  total: { sendable: number; sent: number; delivered: number; clicked: number }
}
const exact = (count: number) => new Intl.NumberFormat('en-GB').format(count)

for (const source of ['task', 'chat'] as const) {
  test(`the overview of ${source} shows the upstream's own numbers`, async ({ as, url, control }) => {
    const page = await as('viewer')
    await page.goto(`/?source=${source}&range=7d`)
    const reply = await (
      await page.request.get(`${url}/api/v1/apps/${SDK_APP_ID}/funnel?source=${source}&range=7d`)
    ).json()
    const [from, to] = [Date.parse(reply.range.from) / 1_000, Date.parse(reply.range.to) / 1_000]
    const asOf = Math.floor(Date.parse(reply.asOf) / 1_000)
    const { total } = (await control(
      `/truth?source=${source}&metric=statistics&from=${from}&to=${to}&asOf=${asOf}`,
    )) as Truth
    const { sendable, sent, delivered, clicked } = reply.total
    expect({ sendable, sent, delivered, clicked }).toEqual(total)
    for (const count of [total.sendable, total.sent]) {
      await expect(page.getByText(exact(count), { exact: true }).first()).toBeVisible()
    }
    await expect(page.getByText('not reported', { exact: true }).first()).toBeVisible()
  })
}

test('a visitor without a session is redirected to sign in, and returns after signing in', async ({ as }) => {
  const page = await as(null)
  await page.goto('/')
  await expect(page).toHaveURL(/\/sign-in/)
  await page.getByLabel('E-mail').fill('pm@example.com')
  await page.getByLabel('Password', { exact: true }).fill('a lighthouse keeps no secrets 9')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible()
})

test('without JavaScript the overview has its numbers with changes, vendors, curves, orders and files', async ({
  as,
  url,
}) => {
  const { request } = await as('viewer')
  const isCompared = async () => {
    const funnel = `${url}/api/v1/apps/${SDK_APP_ID}/funnel?source=task&interval=day`
    await request.get(`${funnel}&range=30d`)
    const { comparison, coverage } = await (await request.get(`${funnel}&range=7d&compare=previous`)).json()
    return comparison.held && coverage.missing.length === 0
  }
  await expect.poll(isCompared, { timeout: 30_000 }).toBe(true)
  const page = await as('viewer', { javaScriptEnabled: false })
  await page.goto('/?source=task&range=7d')
  await expect(page.locator('.numbers')).toContainText(/\d{2},\d{3}/)
  await expect(page.locator('.numbers')).toContainText(/[▲▼±].*pp/)
  const rows = page.locator('.vendors tbody tr')
  await expect(rows.nth(1).locator('.sparkline')).toBeVisible()
  const counts = await rows.locator('td:nth-child(8) .count').allInnerTexts()
  const lost = counts.slice(1).map((text) => Number(text.replace(/\D/g, '')))
  await page.getByRole('link', { name: 'Messages lost' }).click()
  await expect(page).toHaveURL(/sort=lost$/)
  const sorted = await rows.locator('td:nth-child(8) .count').allInnerTexts()
  expect(sorted.slice(1).map((text) => Number(text.replace(/\D/g, '')))).toEqual(lost.sort((a, b) => b - a))
  await page.getByText('Export', { exact: true }).click()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Vendors (CSV)' }).click(),
  ])
  expect(file.suggestedFilename()).toMatch(/^pushlens-task-vendors-.*\.csv$/)
  expect(
    readFileSync(await file.path(), 'utf8')
      .trimEnd()
      .split('\r\n'),
  ).toHaveLength(await rows.count())
  await page.getByRole('link', { name: 'Chat messages' }).click()
  await expect(page).toHaveURL(/source=chat/)
})

test('numbers, vendors and the top of the trend fit a screen, in few requests and without a shift', async ({
  as,
  url,
}) => {
  const page = await as('viewer')
  await page.addInitScript(() => {
    Object.assign(window, { shift: 0 })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        Object.assign(window, { shift: Reflect.get(window, 'shift') + Reflect.get(entry, 'value') })
    }).observe({ type: 'layout-shift', buffered: true })
  })
  // While numbers are on their way, the page asks for them again.
  const report = `${url}/api/v1/apps/${SDK_APP_ID}/funnel?source=task&range=7d&interval=day&compare=previous`
  const state = async () => (await (await page.request.get(report)).json()).freshness.state
  await expect.poll(state, { timeout: 30_000 }).toBe('fresh')
  const requests: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  await page.goto('/?source=task&range=7d')
  await page.waitForLoadState('networkidle')
  expect(requests.length, requests.join('\n')).toBeLessThanOrEqual(25)
  expect(await page.evaluate(() => Reflect.get(window, 'shift'))).toBeLessThanOrEqual(0.02)
  const place = async (selector: string) => {
    const box = await page.locator(selector).boundingBox()
    return { top: box?.y ?? Number.NaN, bottom: (box?.y ?? Number.NaN) + (box?.height ?? Number.NaN) }
  }
  // What changed is as high as it has sentences. Three are written into it, as long as real ones.
  await page.evaluate(() => {
    const body = document.querySelector('section[aria-labelledby="changes"] > div')
    const text = 'vivo delivery 61.2 % → 12.4 % since 14 Nov 09:00 · Token no longer valid (10302) · about 9,120 lost'
    const list = document.createElement('ul')
    for (let i = 0; i < 3; i++) {
      const line = list.appendChild(document.createElement('li'))
      line.className = 'flex items-baseline gap-2 leading-5'
      line.append('▼ ', text)
    }
    body?.firstElementChild?.replaceWith(list)
  })
  for (const selector of ['.vendors', '#trend']) {
    expect((await place(selector)).top, selector).toBeLessThanOrEqual(900)
  }
  expect((await place('.vendors')).bottom).toBeLessThanOrEqual(900)
  // A definition never covers the number below it.
  await page.getByRole('button', { name: 'Delivered' }).first().hover()
  await expect(page.locator('#number-delivered')).toBeVisible()
  const number = await page.locator('.numbers dd span').nth(2).boundingBox()
  expect((await place('#number-delivered')).bottom).toBeLessThanOrEqual(number?.y ?? 0)
})

test('custom dates include their last day, take times and a zone, and one press shares the address', async ({ as }) => {
  const page = await as('viewer', { permissions: ['clipboard-read', 'clipboard-write'] })
  await page.goto('/?source=chat&range=7d&sort=lost')
  await page.getByTitle('Custom', { exact: true }).click()
  await page.getByLabel('Time zone').selectOption('Asia/Kolkata')
  await page.getByRole('button', { name: 'Show' }).click()
  await expect(page).toHaveURL(/through=/)
  const through = new URL(page.url()).searchParams.get('through') ?? ''
  const day = new Date(`${through}T00:00:00Z`)
  const label = `${day.getUTCDate()} ${day.toLocaleString('en', { month: 'short', timeZone: 'UTC' })}`
  await expect(page.getByTitle('Custom', { exact: true })).toContainText(`– ${label}`)
  const next = new Date(day.getTime() + 86_400_000).toISOString().slice(0, 10)
  await expect(page.getByRole('link', { name: 'Delivery rate' })).toHaveAttribute(
    'href',
    new RegExp(`to=${next}&tz=Asia%2FKolkata.*sort=rate`),
  )
  await page.getByRole('button', { name: 'Share' }).click()
  await expect(page.getByRole('button', { name: 'Link copied' })).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url())
})

test('every page of a demo says that it is a demo', async ({ as }) => {
  const page = await as('support')
  for (const path of ['/', '/lookup']) {
    await page.goto(path)
    await expect(page.getByText('Demo, invented data')).toBeVisible()
  }
  const outside = await as(null)
  await outside.goto('/sign-in')
  await expect(outside.getByText('Demo, invented data')).toBeVisible()
})

test('the page uses the browser language', async ({ as }) => {
  for (const [locale, heading] of [
    ['zh-CN', '总览'],
    ['ko', '개요'],
  ] as const) {
    const page = await as('viewer', { locale })
    await page.goto('/')
    await expect(page.locator('html')).toHaveAttribute('lang', locale)
    await expect(page.locator('h1')).toHaveText(heading)
  }
})

test('the scripts of the first load are at most 175 KiB, compressed', async ({ as, url }) => {
  const { request } = await as('viewer')
  const html = await (await request.get(`${url}/?source=task&range=7d`)).text()
  const tags = [...html.matchAll(/<script\b[^>]*\bsrc="([^"]+)"[^>]*>/g)]
  const modern = new Set(tags.flatMap(([tag, src]) => (/\bnomodule\b/i.test(tag) ? [] : (src ?? []))))
  const sizes: Record<string, number> = {}
  for (const src of modern) {
    const answer = await request.get(new URL(src, url).href)
    expect(answer.status()).toBe(200)
    sizes[src] = gzipSync(await answer.body()).length
  }
  expect(modern.size).toBeGreaterThan(3)
  const kib = Object.values(sizes).reduce((sum, size) => sum + size, 0) / 1_024
  expect(kib, JSON.stringify(sizes)).toBeLessThanOrEqual(175)
  expect(kib, 'the measured page must include React').toBeGreaterThan(60)
})

test('a phone soon draws the cards of all vendors, also without scrolling, for a picture of the whole page', async ({
  as,
}) => {
  const page = await as('viewer', { viewport: { width: 390, height: 844 } })
  await page.goto('/')
  const names = page.locator('.vendors tbody th')
  expect(await names.count()).toBeGreaterThan(5)
  const skipped = () =>
    names.evaluateAll((all) => all.filter((one) => !one.checkVisibility({ contentVisibilityAuto: true })).length)
  await expect.poll(skipped).toBe(0)
})
