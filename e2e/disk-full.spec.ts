import { execFileSync } from 'node:child_process'
import errors from '../messages/en/errors.json' with { type: 'json' }
import { SDK_APP_ID } from './testing/emulator-process'
import { everyAddress } from './testing/every-address'
import { expect, signIn, test } from './testing/fixtures'
import { testEnv } from './testing/test-env'

/** Limits the size of files the process can write. '0' simulates a full disk. */
function limit(pid: number, bytes: '0' | 'unlimited'): void {
  execFileSync('prlimit', [`--fsize=${bytes}:`, '--pid', String(pid)])
}

test('on a full disk stored data is shown with advice, and collection resumes by itself', async ({ page }) => {
  test.setTimeout(180_000)
  const { start, end } = await testEnv(20, ['--users', '300'])
  try {
    const server = await start({ COLLECTOR: 'on' })
    await signIn(page.request, server.url, 'admin')
    const funnel = `${server.url}/api/v1/apps/${SDK_APP_ID}/funnel?source=task&range=7d`
    await expect.poll(async () => (await (await page.request.get(funnel)).json()).total?.sent ?? 0).toBeGreaterThan(0)
    limit(server.pid, '0')
    const trace = `/api/v1/apps/${SDK_APP_ID}/traces`
    const refused = await page.request.get(`${server.url}${trace}?pushId=x`)
    expect([refused.status(), (await refused.json()).code]).toEqual([507, 'storage_full'])
    await expect(signIn(page.request, server.url, 'admin')).rejects.toThrow(
      /storage_full[\s\S]*507|507[\s\S]*storage_full/,
    )

    const ids = { app: String(SDK_APP_ID), taskId: 'unknown', id: 'user_10001' }
    const { pages, reports } = everyAddress({
      ids,
      queries: {
        code: 'code=-1',
        reasons: 'q=-1',
        cover: 'range=7d',
        compare: 'task=unknown,other',
        growth: 'taskId=unknown',
      },
    })
    for (const path of pages) {
      const answer = await page.goto(server.url + path)
      expect(answer?.status(), path).toBe(200)
      await expect(page.getByText(errors.storage_full.detail), path).toBeVisible()
    }
    // Only look-ups are refused, because they must write an audit entry.
    for (const path of reports.filter((one) => !one.startsWith(trace))) {
      expect((await page.request.get(server.url + path)).status(), path).toBe(200)
    }

    limit(server.pid, 'unlimited')
    await signIn(page.request, server.url, 'admin')
    const storedWindows = async () => {
      const { archive } = await (await page.request.get(`${server.url}/api/v1/apps/${SDK_APP_ID}/status`)).json()
      return archive.reduce((sum: number, one: { held: number }) => sum + one.held, 0)
    }
    const before = await storedWindows()
    // A collector that failed rests for a minute.
    await expect.poll(storedWindows, { timeout: 90_000 }).toBeGreaterThan(before)
    await expect(async () => {
      await page.goto(server.url)
      await expect(page.getByText(errors.storage_full.title)).toHaveCount(0, { timeout: 100 })
    }).toPass({ timeout: 40_000 })
  } finally {
    await end()
  }
})
