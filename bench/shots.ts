import { statSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Page } from '@playwright/test'
import type { StatusReply } from '@/lib/contract/apps'
import { type DemoEnv, demoEnv } from '../e2e/testing/demo-env'
import { SDK_APP_ID } from '../e2e/testing/emulator-process'
import { signIn } from '../e2e/testing/fixtures'
import { ensureBuilt } from '../scripts/build.mjs'
import { chromium as chromiumPath } from '../scripts/system.mjs'

/** `npm run shots` draws the pictures of the documents: the built app, with a demo whose 30 days have arrived. */
const ROOT = join(import.meta.dirname, '..')
const MAX_BYTES = 250 * 1_024
const DESKTOP = { viewport: { width: 1_440, height: 900 }, deviceScaleFactor: 1 }
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true }

interface Shot {
  file: string
  options: BrowserContextOptions
  open(page: Page): Promise<unknown>
}

interface Push {
  case: string
  taskId?: string
  userId: string
}

await ensureBuilt(ROOT)
const demo = await demoEnv()
const browser = await chromium.launch({
  executablePath: chromiumPath() ?? undefined,
  args: ['--no-sandbox', '--disable-gpu'],
})
try {
  await untilFilled(demo)
  for (const shot of await shots(demo)) await draw(browser, demo.server.url, shot)
} finally {
  await browser.close()
  await demo.end()
}

async function shots({ server: { url }, control }: DemoEnv): Promise<Shot[]> {
  const overview = (page: Page) => page.goto(`${url}/?source=task&range=7d&compare=previous`)
  const { items } = (await control('/truth/pushes?limit=1')) as { items: Push[] }
  const refused = items.find((push) => push.case === 'refused by vendor' && push.taskId)
  if (!refused) throw new Error('the demo has no push that its vendor refused')
  return [
    { file: 'overview-light.png', options: DESKTOP, open: overview },
    { file: 'overview-dark.png', options: { ...DESKTOP, colorScheme: 'dark' }, open: overview },
    { file: 'overview-zh-CN.png', options: { ...DESKTOP, locale: 'zh-CN' }, open: overview },
    { file: 'phone.png', options: PHONE, open: overview },
    { file: 'losses.png', options: DESKTOP, open: (page) => page.goto(`${url}/losses?${daysAgo(6, 0)}`) },
    {
      file: 'campaign.png',
      options: DESKTOP,
      async open(page) {
        await page.goto(`${url}/campaigns?sort=sent`)
        const list = page.getByRole('table', { name: 'Campaign list' })
        await list.getByRole('link', { name: 'Weekend sale', exact: true }).first().click()
        await page.waitForURL(/\/campaigns\/[^?]/)
      },
    },
    {
      file: 'look-up.png',
      options: DESKTOP,
      async open(page) {
        await page.goto(`${url}/lookup`)
        const box = page.locator('main').getByRole('textbox', { name: 'Look up anything' })
        await box.fill(`${refused.taskId} ${refused.userId}`)
        await box.press('Enter')
        await page.getByRole('region', { name: 'Verdict' }).waitFor()
      },
    },
  ]
}

async function draw(from: Browser, url: string, { file, options, open }: Shot): Promise<void> {
  const usual = { locale: 'en-GB', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce' } as const
  const context = await from.newContext({ ...usual, ...options })
  await signIn(context.request, url, 'admin')
  const page = await context.newPage()
  await open(page)
  await page.waitForLoadState('networkidle')
  const path = join(ROOT, 'docs', file)
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' })
  await context.close()
  const { size } = statSync(path)
  if (size > MAX_BYTES) throw new Error(`docs/${file} has ${size} bytes; ${MAX_BYTES} are allowed`)
  console.log(`docs/${file}, ${Math.round(size / 1_024)} KiB`)
}

/** Returns the query of full days. Tencent has losses of the last 7 days, so that the first of 7 is never whole. */
function daysAgo(first: number, last: number): string {
  const [from, to] = [first, last].map((days) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10))
  return `source=task&from=${from}&to=${to}`
}

/** Waits until every hour of the demo is stored, so that no picture shows a gap. */
async function untilFilled({ server: { url } }: DemoEnv): Promise<void> {
  const context = await browser.newContext()
  await signIn(context.request, url, 'admin')
  for (const deadline = Date.now() + 120_000; ; ) {
    const answer = await context.request.get(`${url}/api/v1/apps/${SDK_APP_ID}/status`)
    const { archive }: StatusReply = await answer.json()
    if (archive.every(({ pending }) => pending === 0)) break
    if (Date.now() > deadline) throw new Error('the demo is not filled after two minutes')
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  await context.close()
}
