import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { Pool } from 'undici'
import { REQUESTS_PER_MINUTE } from '../lib/contract/limits'
import { dose, figure } from '../lib/testing/dose'
import { PASSWORD } from './testing/cast'
import { SDK_APP_ID } from './testing/emulator-process'
import { expect, signIn, test } from './testing/fixtures'
import { testEnv } from './testing/test-env'

/** Ten times the requests that the app accepts, from people, strangers and guessers of passwords at once. */
const SECONDS = dose(6, 60 * Number(process.env.PRESSURE_MINUTES ?? 60))
const LOAD = 10
/** Guessed passwords a second. A core checks about twenty. */
const GUESSES = dose(20, 200)
/** Argon2 needs memory of its own for each password that is checked at this moment. */
const MAX_MB = 450
/** On a busy machine the tests assert answers only. The proof asserts how quick they are. */
const QUICK_MS = dose(Number.POSITIVE_INFINITY, 1_000)
const RECOVERED_MS = 5_000

interface Sent {
  method: 'GET' | 'POST'
  path: string
  headers: Record<string, string>
  body?: string
}
interface Pressed {
  perSecond: number
  until: number
  make(i: number): Sent
}
interface Answered {
  status: number
  retryAfter: string | undefined
  ms: number
}

async function send(pool: Pool, asked: Sent): Promise<Answered> {
  const began = performance.now()
  const { statusCode, headers, body } = await pool.request(asked)
  await body.dump()
  return { status: statusCode, retryAfter: headers['retry-after']?.toString(), ms: performance.now() - began }
}

/**
 * Sends so many requests a second until the time is over and `until` was answered, whether the answers keep up or not.
 * Counts the answers by status.
 */
async function press(url: string, { perSecond, until, make }: Pressed): Promise<Map<number, number>> {
  // `expect` records each of its calls, which would slow down this process over an hour of requests.
  let untold = 0
  const pool = new Pool(url, { connections: 32, pipelining: 1 })
  const counts = new Map<number, number>()
  const running = new Set<Promise<void>>()
  const began = performance.now()
  for (let i = 0; performance.now() - began < SECONDS * 1_000 || !counts.has(until); ) {
    const due = ((performance.now() - began) / 1_000) * perSecond
    for (; i < due && running.size < 500; i++) {
      const answer = send(pool, make(i)).then(({ status, retryAfter }) => {
        counts.set(status, (counts.get(status) ?? 0) + 1)
        if ((status === 429 || status === 503) && !(Number(retryAfter) > 0)) untold++
      })
      running.add(answer)
      answer.finally(() => running.delete(answer)).catch(() => undefined)
    }
    await pause(20)
  }
  await Promise.all(running)
  await pool.close()
  expect(untold, 'refusals without Retry-After').toBe(0)
  return counts
}

const residentMb = (pid: number): number =>
  Math.round(Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024)

test(`refuses what is too much for ${SECONDS} s, answers everybody else, and recovers`, async ({ page }) => {
  test.setTimeout(SECONDS * 1_000 + 120_000)
  const env = await testEnv(20)
  try {
    const server = await env.start({ REQUEST_LIMITS: 'on', TRUST_PROXY: '1' })
    await signIn(page.request, server.url, 'admin')
    const { cookies } = await page.context().storageState()
    const admin = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
    const reader = { name: 'Report', role: 'viewer', apps: ['*'] }
    const made = await page.request.post(`${server.url}/api/v1/tokens`, {
      data: reader,
      headers: { origin: server.url },
    })
    const { token } = await made.json()
    const csrf = await fetch(`${server.url}/api/auth/csrf`)
    const { csrfToken } = await csrf.json()
    const guesser = csrf.headers.getSetCookie().map((line) => line.split(';')[0])
    const app = `/api/v1/apps/${SDK_APP_ID}`
    const calm = new Pool(server.url, { connections: 2, pipelining: 1 })
    // A short run has to use up the requests of a minute first.
    const perSecond = (kind: keyof typeof REQUESTS_PER_MINUTE) =>
      Math.max((LOAD * REQUESTS_PER_MINUTE[kind]) / 60, (2 * REQUESTS_PER_MINUTE[kind]) / SECONDS)
    const from = (address: string) => ({ 'x-forwarded-for': address })
    const json = { 'content-type': 'application/json', origin: server.url }

    // Every eighth waits for Tencent.
    const asReader = (i: number): Sent => ({
      method: 'GET',
      path: `${app}/${i % 8 === 0 ? 'funnel' : 'tasks'}`,
      headers: { authorization: `Bearer ${token}`, ...from('203.0.113.1') },
    })
    const asStranger = (): Sent => ({ method: 'GET', path: '/api/v1/apps', headers: from('203.0.113.2') })
    const guess = (i: number): Sent => {
      const fields = { email: `nobody${i}@example.com`, password: PASSWORD, csrfToken, json: 'true' }
      const headers = { ...json, cookie: guesser.join('; '), ...from(`198.51.100.${i % 250}`) }
      return { method: 'POST', path: '/api/auth/callback/credentials', headers, body: JSON.stringify(fields) }
    }
    const light: Sent[] = [
      { method: 'GET', path: '/healthz', headers: {} },
      { method: 'GET', path: '/readyz', headers: {} },
      { method: 'GET', path: `${app}/status`, headers: { cookie: admin, ...from('192.0.2.1') } },
    ]

    const times: number[] = []
    const megabytes: number[] = []
    let isPressing = true
    const watch = async () => {
      for (; isPressing; await pause(500)) {
        for (const one of light) {
          const { status, ms } = await send(calm, one)
          if (status !== 200) throw new Error(`${one.path}: ${status}`)
          times.push(ms)
        }
        megabytes.push(residentMb(server.pid))
      }
    }
    const watching = watch()
    const [readers, strangers, guesses] = await Promise.all([
      press(server.url, { perSecond: perSecond('token'), until: 429, make: asReader }),
      press(server.url, { perSecond: perSecond('address'), until: 429, make: asStranger }),
      press(server.url, { perSecond: GUESSES, until: 401, make: guess }),
    ]).finally(() => (isPressing = false))
    await watching

    expect([...readers.keys()].sort()).toEqual([200, 429])
    expect([...strangers.keys()].sort()).toEqual([401, 429])
    expect([...guesses.keys()].filter((status) => ![401, 429, 503].includes(status))).toEqual([])

    const over = performance.now()
    const answers = async () => {
      const all = await Promise.all([asReader(1), asStranger()].map((one) => send(calm, one)))
      return all.map(({ status }) => status)
    }
    await expect.poll(answers, { timeout: RECOVERED_MS }).toEqual([200, 401])
    await signIn(page.request, server.url, 'admin')
    const recoveredMs = Math.round(performance.now() - over)
    times.sort((a, b) => a - b)
    const p95 = Math.round(times[Math.floor(times.length * 0.95)] ?? 0)
    expect(p95).toBeLessThan(QUICK_MS)
    expect(Math.max(...megabytes)).toBeLessThanOrEqual(MAX_MB)
    const told = (counts: Map<number, number>) =>
      [...counts]
        .sort()
        .map(([status, count]) => `${count} × ${status}`)
        .join(', ')
    figure(
      'pressure',
      `${SECONDS} s: a token ${told(readers)}; a stranger ${told(strangers)}; guesses ${told(guesses)}`,
    )
    figure(
      'light',
      `${times.length} light requests meanwhile: p95 ${p95} ms; all recovered after ${recoveredMs} ms; at most ${Math.max(...megabytes)} MB`,
    )
    await calm.close()
  } finally {
    await env.end()
  }
})
