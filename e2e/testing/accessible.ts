import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** Fails if axe finds anything, or if the page scrolls horizontally. `name` tells checks of one page apart. */
export async function expectAccessible(page: Page, name = new URL(page.url()).pathname): Promise<void> {
  // A colour in transition would be measured half-way.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  // No page has a frame of another origin, which alone needs the slower mode.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] })
  const { violations } = await axe.analyze()
  expect.soft(violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0]?.html}`)).toEqual([])
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect.soft(overflow, `${name} scrolls horizontally`).toBeLessThanOrEqual(0)
}

const LOOKS = [
  { colorScheme: 'light', width: 1_440 },
  { colorScheme: 'dark', width: 1_440 },
  { colorScheme: 'dark', width: 360 },
  { colorScheme: 'light', width: 390 },
] as const

/** Checks the open page in both themes, wide and narrow, and leaves it wide. */
export async function expectAccessibleInEveryLook(page: Page, name = new URL(page.url()).pathname): Promise<void> {
  for (const { colorScheme, width } of LOOKS) {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width, height: 900 })
    await expectAccessible(page, `${name} at ${width}, ${colorScheme}`)
  }
  await page.setViewportSize({ width: 1_440, height: 900 })
}
