import AxeBuilder from '@axe-core/playwright'
import { expect, test } from './testing/fixtures'

/** Checked in both themes, wide and narrow: no axe violations and no horizontal scrolling. */
const PAGES = [
  '/',
  '/?source=chat&range=30d',
  '/?range=forever',
  '/losses?range=7d',
  '/losses?group=owner&vendor=xiaomi',
  '/losses/code?code=-1',
  '/lookup',
] as const
const LOOKS = [
  { colorScheme: 'light', width: 1_440 },
  { colorScheme: 'light', width: 390 },
  { colorScheme: 'dark', width: 1_440 },
  { colorScheme: 'dark', width: 360 },
] as const

for (const { colorScheme, width } of LOOKS) {
  test(`pages at ${width}, ${colorScheme}`, async ({ as, control }) => {
    test.setTimeout(120_000)
    const page = await as('support', { colorScheme, viewport: { width, height: 900 } })
    const { items } = (await control('/truth/pushes?limit=1')) as {
      items: { case: string; pushId?: string; taskId?: string; userId: string }[]
    }
    const pushes = items.flatMap(({ pushId, taskId, userId }) =>
      pushId ? [`/lookup?pushId=${pushId}`] : taskId ? [`/lookup?taskId=${taskId}&userId=${userId}`] : [],
    )
    for (const path of [...PAGES, ...pushes.slice(0, 8)]) {
      await page.goto(path)
      await page.waitForLoadState('networkidle')
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect.soft(violations.map(({ id, nodes }) => `${path}: ${id} ${nodes[0]?.html}`)).toEqual([])
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect.soft(overflow, `${path} scrolls horizontally`).toBeLessThanOrEqual(0)
    }
  })
}

test('the sign-in page is accessible', async ({ as }) => {
  const page = await as(null)
  await page.goto('/sign-in')
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
})
