import { setTimeout as pause } from 'node:timers/promises'
import { Pool } from 'undici'
import { hashSecret, newSecret, newShareId } from '@/lib/access/shares/secret'
import { createToken } from '@/lib/access/tokens'
import { DAY, HOUR } from '@/lib/contract/limits'
import { SHARE_SECRET_HEADER } from '@/lib/contract/shares/pages'
import { type ShareScope, shareScope } from '@/lib/contract/shares/scope'
import type { Arrival } from '../e2e/testing/emulator-process'
import { type BenchEnv, openBenchEnv } from './bench-env'
import { type Figure, percentile, printFigure } from './figures'
import { fillQuarter, funnelPath } from './funnels'
import { APP_ID, lastDays, midnight } from './question'

const PER_MINUTE = 1_000
const ROUND_MS = 10_000
const ROUNDS = 3
/** A person looks at something new so often. */
const PERSON_EVERY_MS = 100

const SCOPE: ShareScope = shareScope.parse({
  pages: ['overview', 'losses'],
  source: 'task',
  tasks: { kind: 'all' },
  vendors: null,
  range: { mode: 'rolling', preset: '30d' },
  dates: { kind: 'back', days: 60 },
  figures: 'counts',
})

interface Shared {
  id: string
  secret: string
}

/**
 * Measures a signed-in person who reads new ranges, alone and beside 1,000 requests a minute against one link: the same view,
 * and a new range with each request, which no cache answers. The limits by address are off, as if each visitor had another one;
 * that of the link itself stays.
 */
export async function shareFigures(): Promise<Figure[]> {
  const env = await openBenchEnv('sqlite', 'minimal')
  try {
    await fillQuarter(env, { windows: 0, rows: 0 })
    const shared = await share(env)
    return await env.serving(async ({ url, token }) => {
      const pool = new Pool(url, { connections: 64, pipelining: 1 })
      try {
        await env.emulator.control('/arrivals/reset', {})
        const visits = await visitsOf(pool, shared, 20)
        const { items } = (await env.emulator.control('/arrivals')) as { items: Arrival[] }
        const calls = { what: 'calls to the upstream for visitors of a link', value: items.length, unit: 'calls' }
        const figures = [printFigure({ ...calls, limit: { most: 0 }, note: `${visits} pages` })]
        for (const one of await besideVisitors(pool, token, shared)) figures.push(printFigure(one))
        return figures
      } finally {
        await pool.destroy()
      }
    })
  } finally {
    await env.end()
  }
}

function share(env: BenchEnv): Promise<Shared> {
  return env.within(async ({ access, store }) => {
    const owner = await createToken(access, {
      ...{ name: 'owner', role: 'admin', apps: ['*'], expiresAt: null, by: { actor: 'bench', address: null } },
    })
    const [id, secret] = [newShareId(), newSecret().reveal()]
    const nowS = Math.floor(Date.now() / 1_000)
    await store.shares.create({
      ...{
        id,
        app_id: APP_ID,
        secret_hash: hashSecret(access.master, secret),
        name: 'bench',
        origins: '[]',
        picture: 0,
      },
      ...{ owner: `token:${owner.row.id}`, created_at: nowS, ends_at: nowS + DAY },
      content: JSON.stringify({ kind: 'live', scope: SCOPE }),
    })
    return { id, secret }
  })
}

/** Visits pages one after the other, each of another range, and returns their number. */
async function visitsOf(pool: Pool, shared: Shared, count: number): Promise<number> {
  for (let i = 0; i < count; i++) await visit(pool, shared, rangeOf(i))
  return count
}

/** Ranges of three to five weeks that differ by whole hours, because a link shows whole hours. */
const rangeOf = (i: number) => {
  const to = midnight(Date.now()) - (i % 14) * DAY
  const from = to - 21 * DAY - (i % 337) * HOUR
  return { page: i % 4 === 3 ? 'losses' : 'overview', from: String(from), to: String(to) }
}

async function visit(pool: Pool, { id, secret }: Shared, query: object): Promise<void> {
  const { statusCode, body } = await pool.request({
    method: 'POST',
    path: `/api/v1/shares/${id}/view`,
    headers: { 'content-type': 'application/json', [SHARE_SECRET_HEADER]: secret },
    body: JSON.stringify({ query }),
  })
  await body.dump()
  if (statusCode !== 200 && statusCode !== 429) throw new Error(`a visitor got ${statusCode}`)
}

type Crowd = 'alone' | 'same' | 'each'

/** Measures in alternating rounds, so that other load on the machine affects all of them equally. */
async function besideVisitors(pool: Pool, token: string, shared: Shared): Promise<Figure[]> {
  const waited: Record<Crowd, number[]> = { alone: [], same: [], each: [] }
  for (let round = 0; round < ROUNDS; round++) {
    for (const crowd of ['alone', 'same', 'each'] as const) {
      const over = new AbortController()
      const visitors = crowd === 'alone' ? null : crowdOf(pool, shared, crowd, over.signal)
      waited[crowd].push(...(await readFor(ROUND_MS, pool, token)))
      over.abort()
      await visitors
    }
  }
  const alone = percentile(waited.alone, 0.75)
  const figure = (what: string, crowd: Crowd): Figure => ({
    what: `a signed-in person beside ${PER_MINUTE.toLocaleString('en-GB')} requests a minute against one link, ${what}`,
    value: percentile(waited[crowd], 0.75) / alone,
    unit: '×',
    limit: { most: 2 },
    note: `75 % within ${percentile(waited[crowd], 0.75).toFixed(1)} ms, alone ${alone.toFixed(1)} ms`,
  })
  return [figure('same view', 'same'), figure('a new range each', 'each')]
}

/** Sends evenly, without waiting for answers, until the signal aborts. */
async function crowdOf(pool: Pool, shared: Shared, crowd: Crowd, signal: AbortSignal): Promise<void> {
  const visits: Promise<void>[] = []
  for (let i = 0; !signal.aborted; i++) {
    visits.push(visit(pool, shared, crowd === 'same' ? {} : rangeOf(i)))
    await pause(60_000 / PER_MINUTE)
  }
  await Promise.all(visits)
}

/** Returns the milliseconds of each of a person's reads, each of another range. */
async function readFor(ms: number, pool: Pool, token: string): Promise<number[]> {
  const waited: number[] = []
  const headers = { authorization: `Bearer ${token}` }
  for (const until = performance.now() + ms; performance.now() < until; ) {
    const began = performance.now()
    const path = funnelPath({ ...lastDays(30, waited.length), interval: 'day' })
    const { statusCode, body } = await pool.request({ method: 'GET', path, headers })
    await body.dump()
    if (statusCode !== 200) throw new Error(`a person got ${statusCode}`)
    waited.push(performance.now() - began)
    await pause(PERSON_EVERY_MS)
  }
  return waited
}
