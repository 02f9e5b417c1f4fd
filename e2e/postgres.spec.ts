import { startPostgres } from '../scripts/postgres.mjs'
import { SDK_APP_ID } from './testing/emulator-process'
import { expect, signIn, test } from './testing/fixtures'
import { testEnv } from './testing/test-env'

/** Generated for this test only. */
const MASTER_KEY = 'Qm9uZmlyZXMgYnVybiBhbGwgbmlnaHQgbG9uZyEh+/8='

test('the app runs on PostgreSQL and keeps its data over a restart', async ({ page }) => {
  const database = await startPostgres()
  const { start, end } = await testEnv(20)
  try {
    const settings = { DATABASE_URL: database.url, MASTER_KEY }
    const first = await start(settings)
    await signIn(page.request, first.url, 'admin')
    const ask = `/api/v1/apps/${SDK_APP_ID}/funnel?source=task&range=7d`
    const { total } = await (await page.request.get(first.url + ask)).json()
    expect(total.sent).toBeGreaterThan(0)
    expect(await first.stop()).toBe(0)
    const second = await start(settings)
    expect((await (await page.request.get(second.url + ask)).json()).total).toEqual(total)
  } finally {
    await end()
    await database.stop()
  }
})

test('a start with a different master key exits with 78', async () => {
  const { start, end } = await testEnv(20)
  try {
    await (await start()).stop()
    await expect(start({ MASTER_KEY })).rejects.toThrow(/ended with 78[\s\S]*another MASTER_KEY/)
  } finally {
    await end()
  }
})
