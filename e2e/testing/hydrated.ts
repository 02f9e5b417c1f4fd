import { type Browser, expect, type Locator, type Page, selectors } from '@playwright/test'

/**
 * Finds `<html>` while a control that people see is not React's yet: its scripts are on their way, and a press on it
 * would be lost. Playwright runs it in the page, so it is complete in itself.
 */
const unhydratedEngine = () => ({
  query(): Element | null {
    const isOwn = document.querySelector('script[src*="/_next/"]') !== null
    const isLoading = document.readyState === 'loading'
    const controls = isOwn ? [...document.querySelectorAll('a, button, input, select, summary, textarea')] : []
    const isWaiting = (one: Element) =>
      one.checkVisibility() && !Object.keys(one).some((key) => key.startsWith('__reactFiber'))
    return isLoading || controls.some(isWaiting) ? document.documentElement : null
  },
  queryAll(): Element[] {
    const found = this.query()
    return found ? [found] : []
  },
})
const unhydrated = (page: Page) => page.locator('unhydrated=any')

/** Lets presses and assertions on the pages of this browser wait until their scripts listen. */
export async function waitForScripts(browser: Browser): Promise<Browser> {
  await selectors.register('unhydrated', unhydratedEngine)
  const newContext = browser.newContext.bind(browser)
  browser.newContext = async (options = {}) => {
    const context = await newContext(options)
    if (options.javaScriptEnabled === false) return context
    const newPage = context.newPage.bind(context)
    context.newPage = async () => {
      const page = await newPage()
      await page.addLocatorHandler(unhydrated(page), async () => {})
      return page
    }
    return context
  }
  return browser
}

/** Lets this page be pressed before its scripts have loaded. */
export const pressEarly = (page: Page): Promise<void> => page.removeLocatorHandler(unhydrated(page))

/** Holds the scripts of the page back until the returned function is called. */
export async function holdScripts(page: Page): Promise<() => void> {
  let release = () => {}
  const released = new Promise<void>((done) => {
    release = done
  })
  await page.route('**/_next/static/**/*.js', (route) => released.then(() => route.continue()))
  return release
}

/**
 * Waits until React has taken an element over. Before, its keys and buttons do nothing yet. Parts that are closed follow
 * when the browser has time, which takes long on a busy machine.
 */
export async function expectHydrated(element: Locator): Promise<void> {
  const isHydrated = (found: Element) => Object.keys(found).some((key) => key.startsWith('__reactFiber'))
  await expect.poll(() => element.evaluate(isHydrated), { timeout: 60_000 }).toBe(true)
}
