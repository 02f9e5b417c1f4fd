import { expect, type Locator } from '@playwright/test'

/**
 * Waits until React has taken an element over. Before, its keys and buttons do nothing yet. Parts that are closed follow
 * when the browser has time, which takes long on a busy machine.
 */
export async function expectHydrated(element: Locator): Promise<void> {
  const isHydrated = (found: Element) => Object.keys(found).some((key) => key.startsWith('__reactFiber'))
  await expect.poll(() => element.evaluate(isHydrated), { timeout: 60_000 }).toBe(true)
}
