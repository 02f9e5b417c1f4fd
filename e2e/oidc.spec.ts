import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import type { Page } from '@playwright/test'
import { bundled } from '../lib/testing/bundled'
import { CLIENT_ID, CLIENT_SECRET, startProvider } from '../lib/testing/oidc-provider/start'
import { rawRequest } from '../server/testing/corpus-parts.mjs'
import { send } from '../server/testing/replay.mjs'
import { expectAccessible } from './testing/accessible'
import { CAST, PASSWORD } from './testing/cast'
import { expect, signIn, test } from './testing/fixtures'
import { freePort } from './testing/server'
import { testEnv } from './testing/test-env'

const BUTTON = 'Sign in with Example ID'
const person = (name: string, ...groups: string[]) => ({
  [name]: { name, email: `${name}@example.com`, email_verified: true, groups },
})

/** Starts a real provider as a process, and the built app that trusts it. */
async function oidcEnv(more: Record<string, string> = {}) {
  const environment = await testEnv(20)
  const port = await freePort()
  const provider = await startProvider(`http://localhost:${port}/api/auth/callback/oidc`)
  const env = {
    PORT: String(port),
    OIDC_ISSUER: provider.address,
    OIDC_CLIENT_ID: CLIENT_ID,
    OIDC_CLIENT_SECRET: CLIENT_SECRET,
    OIDC_ROLE_CLAIM: 'groups',
    OIDC_ROLE_MAP: 'ops=admin,staff=viewer',
    OIDC_NAME: 'Example ID',
    ...more,
  }
  const server = await environment.start(env)
  return {
    provider,
    server,
    port,
    cli(...args: string[]) {
      const options = [...bundled('scripts/cli.ts'), ...args]
      const cwd = resolve(import.meta.dirname, '..')
      return execFileSync(process.execPath, options, { cwd, env: { ...process.env, ...environment.env, ...env } })
    },
    async end() {
      await environment.end()
      await provider.stop()
    },
  }
}

async function signInAs(page: Page, url: string, name: string) {
  await page.goto(`${url}/sign-in`)
  await page.getByRole('button', { name: BUTTON }).click()
  await page.getByRole('link', { name, exact: true }).click()
}

test('people sign in at the provider, and their role follows it at the next sign-in', async ({ browser }) => {
  const { provider, server, end } = await oidcEnv()
  try {
    await provider.people(person('ana', 'ops'))
    const [first, second] = [await browser.newPage(), await browser.newPage()]
    const blocked: string[] = []
    first.on('console', (message) => message.type() === 'error' && blocked.push(message.text()))
    await signInAs(first, server.url, 'ana')
    await expect(first.getByRole('heading', { name: 'Overview' })).toBeVisible()
    expect(blocked).toEqual([])
    await first.goto(`${server.url}/settings/system`)
    await expect(first.getByRole('heading', { name: 'System', exact: true })).toBeVisible()

    await provider.people(person('ana', 'staff'))
    await signInAs(second, server.url, 'ana')
    await expect(second.getByRole('heading', { name: 'Overview' })).toBeVisible()
    await second.goto(`${server.url}/settings/system`)
    await expect(second.getByRole('heading', { name: 'System', exact: true })).toHaveCount(0)
    // The session of the earlier role has ended.
    await first.goto(server.url)
    await expect(first).toHaveURL(/\/sign-in/)
  } finally {
    await end()
  }
})

test('who has no role at the provider, or goes back, reads what to do', async ({ page }) => {
  const { provider, server, end } = await oidcEnv()
  try {
    await provider.people(person('ben'))
    await signInAs(page, server.url, 'ben')
    await expect(page.getByRole('alert').first()).toContainText('You have no role in Pushlens')
    // The provider would remember ben.
    await page.context().clearCookies()
    await page.getByRole('button', { name: BUTTON }).press('Enter')
    await page.getByRole('link', { name: 'Cancel' }).click()
    await expect(page.getByRole('alert').first()).toContainText('The sign-in provider did not sign you in')
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await expectAccessible(page)
    }
  } finally {
    await end()
  }
})

test('passwords can be switched off, and the command line opens them again', async ({ page }) => {
  const { server, cli, end } = await oidcEnv({ LOCAL_SIGN_IN: 'off' })
  try {
    await page.goto(`${server.url}/sign-in`)
    await expect(page.getByRole('button', { name: BUTTON })).toBeVisible()
    await expect(page.getByLabel('Password', { exact: true })).toHaveCount(0)
    const { csrfToken } = await (await page.request.get(`${server.url}/api/auth/csrf`)).json()
    const refused = await page.request.post(`${server.url}/api/auth/callback/credentials`, {
      form: { csrfToken, email: CAST.admin, password: PASSWORD, json: 'true' },
      headers: { origin: server.url },
    })
    expect([refused.status(), (await refused.json()).code]).toEqual([403, 'local_sign_in_off'])
    cli('sign-in', 'open', '--minutes', '5')
    await page.reload()
    await expect(page.getByLabel('Password', { exact: true })).toBeVisible()
    await signIn(page.request, server.url, 'admin')
    cli('sign-in', 'open', '--minutes', '0')
    await page.context().clearCookies()
    await page.goto(`${server.url}/sign-in`)
    await expect(page.getByLabel('Password', { exact: true })).toHaveCount(0)
  } finally {
    await end()
  }
})

test('the first administrator can come from the provider', async ({ page }) => {
  const { provider, server, end } = await oidcEnv({ ADMIN_EMAIL: '', ADMIN_PASSWORD: '' })
  try {
    await provider.people(person('cho', 'ops'))
    await page.goto(server.url)
    await expect(page.getByRole('link', { name: /setup token/ })).toBeVisible()
    await signInAs(page, server.url, 'cho')
    await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible()
    expect((await page.request.get(`${server.url}/setup`)).status()).toBe(404)
  } finally {
    await end()
  }
})

test('an answer of the provider under a foreign Host is refused by the door', async () => {
  const { port, end } = await oidcEnv()
  try {
    const target = 'GET /api/auth/callback/oidc?code=x&state=y'
    const foreign = await send(port, rawRequest(target, ['Host: evil.example']))
    expect([foreign.status, JSON.parse(foreign.body).code]).toEqual([421, 'misdirected'])
    const forwarded = ['X-Forwarded-Host: evil.example', 'X-Forwarded-Proto: https', 'Connection: close']
    const own = await send(port, rawRequest(target, [`Host: localhost:${port}`, ...forwarded]))
    expect(own.status).toBe(303)
    expect(own.head).toContain(`location: http://localhost:${port}/sign-in?problem=invalid`)
  } finally {
    await end()
  }
})
