import { expectAccessibleInEveryLook } from './testing/accessible'
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
test('every page of a reader', async ({ as, control }) => {
  test.setTimeout(180_000)
  const page = await as('support')
  const { items } = (await control('/truth/pushes?limit=1')) as {
    items: { case: string; pushId?: string; taskId?: string; userId: string }[]
  }
  const pushes = items.flatMap(({ pushId, taskId, userId }) =>
    pushId ? [`/lookup?pushId=${pushId}`] : taskId ? [`/lookup?taskId=${taskId}&userId=${userId}`] : [],
  )
  for (const path of [...PAGES, ...pushes.slice(0, 8)]) {
    await page.goto(path)
    await page.waitForLoadState('networkidle')
    await expectAccessibleInEveryLook(page, path)
  }
})

test('the sign-in page is accessible', async ({ as }) => {
  const page = await as(null)
  await page.goto('/sign-in')
  expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBeLessThanOrEqual(0)
  await expectAccessibleInEveryLook(page)
})
