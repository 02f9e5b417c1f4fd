import { readdirSync } from 'node:fs'
import { expect, test } from './testing/fixtures'

/** A phone reads these without the session, because it fetches icons outside the page. */
const FILES = {
  '/manifest.webmanifest': 'application/manifest+json',
  '/apple-touch-icon.png': 'image/png',
  '/favicon.ico': 'image/x-icon',
  '/icon.svg': 'image/svg+xml',
  '/icons/icon.svg': 'image/svg+xml',
  '/icons/icon-192.png': 'image/png',
  '/icons/icon-512.png': 'image/png',
  '/icons/maskable-512.png': 'image/png',
  '/icons/maskable.svg': 'image/svg+xml',
}

test('the manifest and its icons answer signed out, and nothing else is public by lying in the same folder', async ({
  request,
  url,
}) => {
  for (const [path, type] of Object.entries(FILES)) {
    const answer = await request.get(url + path)
    expect([path, answer.status()]).toEqual([path, 200])
    expect(answer.headers()['content-type']).toContain(type)
    expect((await answer.body()).length).toBeGreaterThan(0)
  }
  const files = readdirSync('public', { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const found = files.map(({ parentPath, name }) => `/${parentPath}/${name}`.replace('/public', ''))
  expect(found.sort()).toEqual(Object.keys(FILES).sort())
})

test('pages and reports still need a session', async ({ request, url }) => {
  for (const path of ['/', '/campaigns', '/losses', '/lookup', '/settings/system']) {
    const answer = await request.get(url + path, { maxRedirects: 0 })
    expect([path, answer.status()]).toEqual([path, 307])
    expect(answer.headers().location).toContain('/sign-in')
  }
  for (const path of ['/api/v1/apps', '/api/v1/people', '/icons/', '/icons', '/public/manifest.webmanifest']) {
    expect((await request.get(url + path, { maxRedirects: 0 })).ok(), path).toBe(false)
  }
})

test('a phone finds the manifest and can install the app from it', async ({ as }) => {
  const page = await as('viewer')
  await page.goto('/')
  await expect(page.locator('link[rel="manifest"]')).toHaveAttribute('href', '/manifest.webmanifest')
  await expect(page.locator('link[rel="apple-touch-icon"]')).toHaveAttribute('href', '/apple-touch-icon.png')
  await expect(page.locator('link[rel="icon"]')).toHaveAttribute('href', '/icon.svg')
  const browser = await page.context().newCDPSession(page)
  const { errors, data } = await browser.send('Page.getAppManifest')
  expect(errors).toEqual([])
  expect(JSON.parse(data ?? '{}')).toMatchObject({ id: '/', start_url: '/', display: 'standalone' })
  const { installabilityErrors } = await browser.send('Page.getInstallabilityErrors')
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual([])
})

test('a shared page offers no app, because its visitors cannot sign in', async ({ as }) => {
  const page = await as(null)
  await page.goto('/share/0f7b4d6e')
  await expect(page.locator('link[rel="manifest"]')).toHaveCount(0)
})
