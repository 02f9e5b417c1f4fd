import type { StatusReply } from '../lib/contract/apps'
import { type DemoEnv, demoEnv } from './testing/demo-env'
import { SDK_APP_ID } from './testing/emulator-process'
import { expect, signIn, test } from './testing/fixtures'

const API = `/api/v1/apps/${SDK_APP_ID}`

let demo: DemoEnv
test.beforeAll(async () => {
  demo = await demoEnv()
})
test.afterAll(() => demo.end())

test.beforeEach(async ({ page }) => {
  await signIn(page.request, demo.server.url, 'admin')
})

test.describe.configure({ mode: 'serial' })

test('the first start of the demo fills 30 days of hours, campaigns and look-ups', async ({ page }) => {
  // Alone it takes eight seconds. Beside all other tests it gets only a fraction of a core.
  test.setTimeout(240_000)
  const pending = async () => {
    const status: StatusReply = await (await page.request.get(`${demo.server.url}${API}/status`)).json()
    return status.archive.map((one) => one.pending)
  }
  await expect.poll(pending, { timeout: 180_000, intervals: [500] }).toEqual([0, 0, 0, 0])
  const { items } = await (await page.request.get(`${demo.server.url}${API}/tasks?limit=100`)).json()
  const { items: sent } = (await demo.control('/truth/tasks')) as { items: { taskId: string; label: string }[] }
  expect(items.length).toBeGreaterThan(35)
  for (const { taskId, label, tags } of items) {
    expect(tags.length).toBeGreaterThan(0)
    expect(sent.find((one) => one.taskId === taskId)?.label).toBe(label)
  }
  const { items: calls } = (await demo.control('/arrivals')) as { items: { endpoint: string; errorCode: number }[] }
  expect(calls.filter(({ endpoint }) => endpoint.endsWith('_trace')).length).toBeGreaterThanOrEqual(12)
  expect(calls.filter(({ errorCode }) => errorCode !== 0)).toEqual([])
  const unregistered = async () => {
    const { sum } = await (await page.request.get(`${demo.server.url}${API}/tasks/cover?range=7d`)).json()
    return sum.hours > 160 ? sum.unregistered : null
  }
  await expect.poll(unregistered, { timeout: 30_000, intervals: [500] }).toBe(0)
})

test('its campaigns are compared at equal age, also the oldest', async ({ page }) => {
  const { items } = await (await page.request.get(`${demo.server.url}${API}/tasks?sort=sentAt&limit=100`)).json()
  const month = (items as { taskId: string; ageHours: number; growth: unknown[]; change: unknown }[]).filter(
    ({ ageHours }) => ageHours > 7 * 24,
  )
  expect(month.length).toBeGreaterThan(10)
  const [a, b] = month.slice(-2)
  await page.goto(`${demo.server.url}/campaigns/compare?task=${a?.taskId},${b?.taskId}&age=24h`)
  await expect(page.getByRole('list', { name: 'Age since sending' }).locator('[aria-current]')).toHaveText('24 h')
  await expect(page.getByRole('table').getByRole('row').nth(2)).toContainText(/more than chance|could be chance/)
})

test('its overview is compared with the seven days before, by the upstream’s own numbers', async ({ page }) => {
  for (const source of ['task', 'chat']) {
    const query = `source=${source}&range=7d&compare=previous`
    const { comparison } = await (await page.request.get(`${demo.server.url}${API}/funnel?${query}`)).json()
    expect(comparison.held).toBe(true)
    const [from, to] = [comparison.from, comparison.to].map((at) => Date.parse(at) / 1_000)
    const asOf = Math.floor(Date.now() / 1_000)
    const truth = `/truth?source=${source}&metric=statistics&from=${from}&to=${to}&asOf=${asOf}`
    const { total } = (await demo.control(truth)) as { total: unknown }
    expect(comparison.before).toEqual(total)
  }
  await page.goto(`${demo.server.url}/`)
  await expect(page.getByText(/[+−±][\d.]+ pp$/).first()).toBeVisible()
  await expect(page.getByText(/^Compared with /)).toBeVisible()
})

test('its overview and losses show the incidents of the last seven days', async ({ page }) => {
  await page.goto(`${demo.server.url}/`)
  await expect(page.getByRole('complementary', { name: 'Demo, invented data' })).toBeVisible()
  await expect(page.getByText('HUAWEI receipts began').filter({ visible: true }).first()).toBeVisible()
  await expect(page.getByText(/^Xiaomi (delivery|has reported no deliveries)/).first()).toBeVisible()
  await page.goto(`${demo.server.url}/losses?source=task&range=7d&group=code`)
  for (const text of ['BadCertificate', 'User Id invalid', 'token not uploaded']) {
    await expect(page.getByText(text).first()).toBeVisible()
  }
})

test('its overview says what changed, also without JavaScript, and copies a summary', async ({ page, browser }) => {
  const address = `${demo.server.url}/?source=task&range=7d`
  const incidents = [
    /^Xiaomi delivery .+ no code explains it/,
    /^vivo delivery .+10302/,
    /^Apple \(APNs\) delivery .+400/,
  ]
  const plain = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
  })
  const first = await plain.newPage()
  await first.goto(address)
  await page.goto(address)
  for (const one of [first, page]) {
    const lines = one.getByRole('region', { name: 'What changed' }).getByRole('paragraph')
    for (const text of incidents) await expect(lines.filter({ hasText: text })).toBeVisible()
  }
  await first.getByRole('link', { name: 'vivo delivery' }).click()
  await expect(first).toHaveURL(/\/losses\/code\?code=10302&.*vendor=vivo/)
  await plain.close()
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: 'Copy summary' }).click()
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toMatch(/^Demo, invented data\nCampaigns: .+\nSendable [\d,]+ · [+−±]/)
  await page.goto(copied.split('\n').at(-1) ?? '')
  await expect(page.getByRole('region', { name: 'What changed' })).toContainText('10302')
})

test('its campaigns have names, tags and counts, and its users have a verdict', async ({ page }) => {
  await page.goto(`${demo.server.url}/campaigns`)
  const list = page.getByRole('table', { name: 'Campaign list' })
  for (const name of ['Order updates', 'Weekend sale', 'Monday news', 'Image test A', 'Image test B']) {
    await expect(list.getByText(name, { exact: true }).first()).toBeVisible()
  }
  const { items } = (await demo.control('/truth/pushes?limit=1')) as {
    items: { case: string; taskId?: string; userId: string }[]
  }
  const refused = items.find((one) => one.case === 'refused by vendor' && one.taskId)
  await page.goto(`${demo.server.url}/lookup`)
  const box = page.locator('main').getByRole('textbox', { name: 'Look up anything' })
  await box.fill(refused?.userId ?? '')
  await box.press('Enter')
  await expect(page).toHaveURL(/\/lookup\/user\/s1\./)
  await expect(page.getByRole('region', { name: 'Verdict' }).getByRole('heading').first()).toBeVisible()
})

test('the switch in the banner slows the calls to one second and back', async ({ page }) => {
  const spacing = async () => {
    const status: StatusReply = await (await page.request.get(`${demo.server.url}${API}/status`)).json()
    return status.lanes.find(({ endpoint }) => endpoint === 'normal_push_statistics')?.spacingMs
  }
  await page.goto(`${demo.server.url}/`)
  await page.getByRole('button', { name: "Slow to Tencent's speed" }).click()
  await expect(page.getByRole('link', { name: 'Show Tencent API calls' })).toBeVisible()
  expect(await spacing()).toBe(1_000)
  await page.getByRole('button', { name: 'Return to demo speed' }).click()
  await expect(page.getByRole('link', { name: 'Show Tencent API calls' })).toHaveCount(0)
  expect(await spacing()).toBe(5)
  const { url } = demo.server
  const collecting = `${url}${API}/collecting`
  expect((await page.request.get(collecting)).status()).toBe(405)
  const foreign = { data: { everyS: 1 }, headers: { origin: 'https://elsewhere.example.com' } }
  expect((await page.request.post(collecting, foreign)).status()).toBe(403)
  expect(await spacing()).toBe(5)
})
