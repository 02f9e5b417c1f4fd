import { request as requests } from '@playwright/test'
import { type Arrival, type EmulatorProcess, SDK_APP_ID } from './testing/emulator-process'
import { expect, signIn, test } from './testing/fixtures'
import type { Server } from './testing/server'
import { testEnv } from './testing/test-env'

/** Checks the gateway's guarantees against the emulator's arrivals, with the real spacing of one second. */
const MINUTE = 60_000

async function client(server: Server) {
  const context = await requests.newContext()
  await signIn(context, server.url, 'admin')
  return context
}

async function arrivals(emulator: EmulatorProcess): Promise<Arrival[]> {
  const { items } = (await emulator.control('/arrivals')) as { items: Arrival[] }
  return items
}

function gaps(all: Arrival[], endpoint: string): number[] {
  const times = all.filter((one) => one.endpoint === endpoint).map((one) => one.monotonicMs)
  return times.slice(1).map((at, i) => at - (times[i] ?? 0))
}

test.describe('lanes', () => {
  test.setTimeout(2 * MINUTE)

  test('50 clients with 20 ranges and a kill in between never cause more than one call per second', async () => {
    const { emulator, start, end } = await testEnv()
    let server = await start()
    try {
      const context = await client(server)
      const now = Math.floor(Date.now() / 1_000)
      const paths = Array.from({ length: 20 }, (_, i) => {
        const to = now - 3_600 * (i + 1)
        return `/api/v1/apps/${SDK_APP_ID}/funnel?source=chat&from=${to - 86_400}&to=${to}`
      })
      const ask = (url: string) =>
        Promise.allSettled(Array.from({ length: 50 }, (_, i) => context.get(url + (paths[i % 20] ?? ''))))
      await ask(server.url)
      await expect.poll(async () => (await arrivals(emulator)).length, { timeout: MINUTE }).toBeGreaterThanOrEqual(6)
      await server.stop('SIGKILL')
      server = await start()
      await ask(server.url)
      await expect
        .poll(async () => (await arrivals(emulator)).filter((one) => one.accepted).length, { timeout: MINUTE })
        .toBeGreaterThanOrEqual(20)
      const all = await arrivals(emulator)
      expect(Math.min(...gaps(all, 'normal_push_statistics'))).toBeGreaterThanOrEqual(1_000)
      expect(all.every((one) => one.inFlight === 0)).toBe(true)
      expect(all.every((one) => one.accepted)).toBe(true)
    } finally {
      await end()
    }
  })

  test('200 clients with the same preset cause one call', async () => {
    const { emulator, start, end } = await testEnv()
    const server = await start()
    try {
      const context = await client(server)
      const path = `${server.url}/api/v1/apps/${SDK_APP_ID}/funnel?source=task&range=7d`
      const answers = await Promise.all(Array.from({ length: 200 }, () => context.get(path)))
      expect(answers.every((answer) => answer.status() === 200)).toBe(true)
      const totals = await Promise.all(answers.map(async (answer) => JSON.stringify((await answer.json()).total)))
      expect(new Set(totals).size).toBe(1)
      expect((await arrivals(emulator)).filter((one) => one.endpoint === 'all_member_push_statistics')).toHaveLength(1)
    } finally {
      await end()
    }
  })
})
