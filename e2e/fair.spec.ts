import { setMaxListeners } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { request as requests } from '@playwright/test'
import { addPerson } from './testing/add-person'
import type { Actor } from './testing/cast'
import { type Arrival, type EmulatorProcess, SDK_APP_ID } from './testing/emulator-process'
import { expect, signIn, test } from './testing/fixtures'
import type { Server } from './testing/server'
import { testEnv } from './testing/test-env'

/** Checks with real lanes, at one call per second, that one person cannot spend them. */
const LANE = 'all_member_push_statistics'
const MINUTE = 60_000
const HOUR_S = 3_600

test.setTimeout(3 * MINUTE)

/** Returns what requests with the session of this person. Unlike Playwright's client it can abort. */
async function client(server: Server, actor: Actor) {
  const context = await requests.newContext()
  await signIn(context, server.url, actor)
  const { cookies } = await context.storageState()
  await context.dispose()
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  return (path: string, signal?: AbortSignal) =>
    fetch(`${server.url}/api/v1/apps/${SDK_APP_ID}${path}`, { headers: { cookie }, ...(signal ? { signal } : {}) })
}

type Client = Awaited<ReturnType<typeof client>>

/** The funnel of 20 invented tasks over the `i`-th of many ranges: four calls. */
function inventedPath(i: number): string {
  const to = Math.floor(Date.now() / 1_000) - HOUR_S * (i + 1)
  const tasks = Array.from({ length: 20 }, (_, n) => `&task=invented-${i}-${n}`).join('')
  return `/funnel?source=task&from=${to - 86_400}&to=${to}${tasks}`
}

async function arrivals(emulator: EmulatorProcess): Promise<Arrival[]> {
  const { items } = (await emulator.control('/arrivals')) as { items: Arrival[] }
  return items.filter(({ endpoint }) => endpoint === LANE)
}

const isFlood = ({ body }: Arrival): boolean => body?.includes('invented') ?? false

async function queueOf(admin: Client): Promise<number> {
  const { lanes } = (await (await admin('/status')).json()) as { lanes: { endpoint: string; queue: number }[] }
  return lanes.find(({ endpoint }) => endpoint === LANE)?.queue ?? 0
}

/** Asks so many questions at a time until the signal aborts: each again once answered, or when a refusal says so. */
function flood(
  viewer: Client,
  { ranges, signal }: { ranges: number; signal: AbortSignal },
  answered: (answer: Response) => void = () => undefined,
): Promise<void>[] {
  setMaxListeners(2 * ranges, signal)
  return Array.from({ length: ranges }, async (_, i) => {
    while (!signal.aborted) {
      // One signal per request: fetch never removes its listeners from a signal.
      const visit = new AbortController()
      const leave = () => visit.abort()
      signal.addEventListener('abort', leave, { once: true })
      const answer = await viewer(inventedPath(i), visit.signal).catch(() => null)
      if (answer) answered(answer)
      await answer?.arrayBuffer().catch(() => undefined)
      signal.removeEventListener('abort', leave)
      const refusedS = Number(answer?.headers.get('retry-after') ?? 0)
      await pause(refusedS * 1_000, undefined, { signal }).catch(() => undefined)
    }
  })
}

/** Starts the app with a viewer and an administrator. */
async function startWithPeople({ env, start }: Awaited<ReturnType<typeof testEnv>>, more: Record<string, string>) {
  const empty = await start()
  addPerson(env, 'viewer')
  await empty.stop()
  const server = await start(more)
  return { viewer: await client(server, 'viewer'), admin: await client(server, 'admin') }
}

test('requests of a client that has gone leave the queue', async () => {
  const env = await testEnv()
  const gone = new AbortController()
  try {
    const { viewer, admin } = await startWithPeople(env, {})
    // Twelve ranges are 48 calls: none is refused, so that nearly all visits are under way when the client goes.
    const visits = flood(viewer, { ranges: 12, signal: gone.signal })
    await expect.poll(() => queueOf(admin), { timeout: MINUTE }).toBeGreaterThan(30)
    gone.abort()
    await Promise.all(visits)
    // A request between two visits stays for a while, since its client could come back.
    await expect.poll(() => queueOf(admin)).toBeLessThan(10)
  } finally {
    gone.abort()
    await env.end()
  }
})

test('one person cannot delay another, nor the collector', async () => {
  const env = await testEnv()
  const { emulator } = env
  const over = new AbortController()
  try {
    const { viewer, admin } = await startWithPeople(env, { COLLECTOR: 'on' })
    const statuses = new Set<number>()
    const retryAfter = new Set<string | null>()
    flood(viewer, { ranges: 40, signal: over.signal }, ({ status, headers }) => {
      statuses.add(status)
      if (status === 429) retryAfter.add(headers.get('retry-after'))
    })
    await expect.poll(() => queueOf(admin), { timeout: MINUTE }).toBeGreaterThan(40)
    await expect.poll(() => [...statuses].sort(), { timeout: MINUTE }).toEqual([200, 429])
    expect([...retryAfter].every((text) => Number(text) >= 1)).toBe(true)

    const to = Math.floor(Date.now() / 1_000) - 7_777
    const path = `/funnel?source=task&from=${to - 5_555}&to=${to}`
    const before = (await arrivals(emulator)).length
    await expect
      .poll(async () => (await (await admin(path)).json()).total, { timeout: MINUTE, intervals: [100] })
      .not.toBeNull()
    const others = (await arrivals(emulator)).slice(before).findIndex(({ body }) => body?.includes(String(to - 5_555)))
    // The call that was about to start, and one of the collector.
    expect(others).toBeLessThanOrEqual(2)

    await expect.poll(async () => (await arrivals(emulator)).length, { timeout: MINUTE }).toBeGreaterThan(before + 20)
    const calls = (await arrivals(emulator)).slice(before)
    expect(calls.some(isFlood)).toBe(true)
    for (let i = 0; i + 4 <= calls.length; i++) expect(calls.slice(i, i + 4).every(isFlood)).toBe(false)
    expect(await queueOf(admin)).toBeLessThanOrEqual(70)
  } finally {
    over.abort()
    await env.end()
  }
})
