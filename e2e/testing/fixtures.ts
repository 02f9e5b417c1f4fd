import { type APIRequestContext, type BrowserContextOptions, test as base, expect, type Page } from '@playwright/test'
import { type Actor, CAST, PASSWORD } from './cast'
import { waitForScripts } from './hydrated'

/** Signs in through the API, as the page does, and leaves the cookie with the request context. */
export async function signIn(request: APIRequestContext, url: string, actor: Actor): Promise<void> {
  const { csrfToken } = await (await request.get(`${url}/api/auth/csrf`)).json()
  const answer = await request.post(`${url}/api/auth/callback/credentials`, {
    form: { csrfToken, email: CAST[actor], password: PASSWORD, json: 'true' },
    headers: { origin: url },
  })
  expect(answer.status(), await answer.text()).toBe(200)
}

export type Control = (path: string, body?: unknown) => Promise<unknown>

/** Counts the trace calls that the emulator received. */
export async function tracesAsked(control: Control): Promise<number> {
  const { items } = (await control('/arrivals')) as { items: { endpoint: string }[] }
  return items.filter(({ endpoint }) => endpoint.endsWith('_trace')).length
}

interface Fixtures {
  url: string
  control: Control
  /** Opens a page in a new browser context, signed in as `actor`. Any console or page error fails the test. */
  as(actor: Actor | null, options?: BrowserContextOptions): Promise<Page>
}

const requiredEnv = (name: string): string => {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set; run the tests with playwright.config.ts`)
  return value
}

export const test = base.extend<Fixtures>({
  browser: [async ({ browser }, use) => use(await waitForScripts(browser)), { scope: 'worker' }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the first argument's names.
  url: async ({}, use) => use(requiredEnv('E2E_URL')),
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the first argument's names.
  control: async ({}, use) => {
    await use(async (path, body) => {
      const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
      const answer = await fetch(`${requiredEnv('E2E_CONTROL')}${path}`, init)
      if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
      return answer.json()
    })
  },
  as: async ({ browser, url }, use) => {
    const errors: string[] = []
    const contexts: { close(): Promise<void> }[] = []
    await use(async (actor, options = {}) => {
      const context = await browser.newContext({ baseURL: url, ...options })
      contexts.push(context)
      if (actor) await signIn(context.request, url, actor)
      const page = await context.newPage()
      page.on(
        'console',
        (message) => message.type() === 'error' && errors.push(`${message.text()} ${message.location().url}`),
      )
      page.on('pageerror', (error) => errors.push(String(error)))
      return page
    })
    for (const context of contexts) await context.close()
    expect(errors).toEqual([])
  },
})

export { expect }
