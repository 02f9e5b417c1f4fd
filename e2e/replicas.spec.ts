import { resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { type APIRequestContext, request as requests } from '@playwright/test'
import { dose, figure } from '../lib/testing/dose'
import { startPostgres } from '../scripts/postgres.mjs'
import { type Arrival, SDK_APP_ID } from './testing/emulator-process'
import { expect, signIn, test } from './testing/fixtures'
import { brokenTurns, collectedWindow, type History, recordHistory, type Window } from './testing/replica-history'
import { freePort, type Server } from './testing/server'
import { type TestEnv, testEnv } from './testing/test-env'

/** Three servers on one PostgreSQL, two of them with a wrong clock, at Tencent's real pace of one call per second. */
test.describe.configure({ mode: 'serial' })

/** Generated for this test only. */
const MASTER_KEY = 'Qm9uZmlyZXMgYnVybiBhbGwgbmlnaHQgbG9uZyEh+/8='
const CLOCK = pathToFileURL(resolve(import.meta.dirname, 'testing/clock-offset.mjs')).href
const OFFSETS_MS = [0, -300_000, 300_000]
/** Longer than a lease of a lane or of the collector, which is 10 s. */
const PAUSE_MS = dose(13_000, 30_000)
const MINUTES = dose(0, 10)
const SCOPE = {
  ...{ pages: ['overview'], source: 'task', tasks: { kind: 'all' }, vendors: null, figures: 'counts' },
  ...{ range: { mode: 'rolling', preset: '7d' }, dates: { kind: 'none' } },
}

let database: Awaited<ReturnType<typeof startPostgres>>
let env: TestEnv
let history: History
let ports: number[] = []
const ends: (() => Promise<unknown>)[] = []
/** By place: a server that was started again has the place of the one before. */
const replicas: Server[] = []

async function startReplica(place: number): Promise<Server> {
  const server = await env.start({
    DATABASE_URL: database.url,
    MASTER_KEY,
    COLLECTOR: 'on',
    PORT: String(ports[place]),
    NODE_OPTIONS: `--import=${CLOCK}`,
    CLOCK_OFFSET_MS: String(OFFSETS_MS[place]),
  })
  replicas[place] = server
  return server
}

test.beforeAll(async () => {
  database = await startPostgres()
  ends.unshift(() => database.stop())
  env = await testEnv()
  ends.unshift(() => env.end())
  ports = await Promise.all(OFFSETS_MS.map(freePort))
  // All at once: each of them finds an empty database.
  await Promise.all(OFFSETS_MS.map((_, place) => startReplica(place)))
  history = await recordHistory(database.url)
  ends.unshift(() => history.end())
})
test.afterAll(async () => {
  for (const end of ends) await end()
})

const at = (place: number): string => replicas[place]?.url ?? ''
const origin = (place: number) => ({ headers: { origin: at(place) } })

/** Returns the place of the server that has begun to collect last. */
function collectorPlace(): number {
  const terms = replicas.map(({ output }) => {
    const found = [...output().matchAll(/"term":(\d+)[^\n]*this replica collects/g)]
    return Math.max(0, ...found.map(([, term]) => Number(term)))
  })
  return terms.indexOf(Math.max(...terms))
}

test('what is revoked at one replica is refused by the next request to another', async () => {
  const [admin, other] = [await requests.newContext(), await requests.newContext()]
  await signIn(admin, at(0), 'admin')
  await signIn(other, at(1), 'admin')
  const reads = async (who: APIRequestContext, place: number) => (await who.get(`${at(place)}/api/v1/apps`)).status()
  expect([await reads(other, 0), await reads(other, 2), await reads(admin, 1)]).toEqual([200, 200, 200])

  const create = { ...origin(0), data: { name: 'Reader', role: 'viewer', apps: ['*'] } }
  const made = await (await admin.post(`${at(0)}/api/v1/tokens`, create)).json()
  const byToken = async (place: number) => {
    const headers = { authorization: `Bearer ${made.token}` }
    return (await (await requests.newContext()).get(`${at(place)}/api/v1/apps`, { headers })).status()
  }
  const share = { ...origin(1), data: { name: 'Partner', content: { kind: 'live', scope: SCOPE } } }
  const shared = await (await admin.post(`${at(1)}/api/v1/apps/${SDK_APP_ID}/shares`, share)).json()
  const secret = new URL(shared.url).hash.slice(1)
  const byLink = async (place: number) => {
    const answer = await fetch(`${at(place)}/api/v1/shares/${shared.share.id}/view`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-share-secret': secret },
      body: '{}',
    })
    return answer.status
  }
  for (const place of [0, 1, 2]) expect([await byToken(place), await byLink(place)]).toEqual([200, 200])

  expect((await admin.delete(`${at(1)}/api/v1/tokens/${made.id}`, { ...origin(1), data: {} })).status()).toBe(200)
  for (const place of [0, 2, 1]) expect(await byToken(place)).toBe(401)
  const link = `/api/v1/apps/${SDK_APP_ID}/shares/${shared.share.id}`
  expect((await admin.delete(at(2) + link, { ...origin(2), data: {} })).status()).toBe(200)
  for (const place of [0, 1, 2]) expect(await byLink(place)).toBe(404)
  expect((await admin.delete(`${at(2)}/api/v1/profile/sessions`, { ...origin(2), data: {} })).status()).toBe(200)
  for (const place of [0, 1]) expect([await reads(other, place), await reads(admin, place)]).toEqual([401, 200])
})

test('kills, pauses and wrong clocks break neither the pace nor the rule that one replica collects', async () => {
  test.setTimeout(120_000 + MINUTES * 90_000)
  const done = new AbortController()
  const reader = await requests.newContext()
  await signIn(reader, at(0), 'admin')
  for (const place of OFFSETS_MS.keys()) expect(Math.abs(await clockOf(reader, place))).toBeLessThan(61)
  const people = read(reader, done.signal)

  const until = Date.now() + MINUTES * 60_000
  const deaths = { paused: 0, killed: 0 }
  do {
    await collecting()
    const paused = replicas[collectorPlace()]
    process.kill(paused?.pid ?? 0, 'SIGSTOP')
    await pause(PAUSE_MS)
    process.kill(paused?.pid ?? 0, 'SIGCONT')
    deaths.paused += 1
    await collecting()
    const killed = collectorPlace()
    await replicas[killed]?.stop('SIGKILL')
    deaths.killed += 1
    await startReplica(killed)
  } while (Date.now() < until)
  await collecting()

  const all = await arrivals()
  await expect.poll(() => lost(all), { timeout: 20_000 }).toEqual([])
  done.abort()
  const answered = await people
  expect(answered).toBeGreaterThan(5)
  const everything = await arrivals()
  expect(brokenTurns(await history.changes(), everything)).toEqual([])
  const lanes = [...new Set(everything.map(({ endpoint }) => endpoint))]
  const gaps = lanes.flatMap((lane) => gapsOf(everything.filter(({ endpoint }) => endpoint === lane)))
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000)
  expect(everything.filter(({ inFlight, accepted }) => inFlight > 0 || !accepted)).toEqual([])
  const terms = await history.rows(`select term from leases where name = 'collector'`)
  expect(Number(terms[0]?.term)).toBeGreaterThan(deaths.killed)
  figure(
    'Replicas',
    `${deaths.paused} pauses of ${PAUSE_MS / 1_000} s and ${deaths.killed} kills of the replica that collects, among three ` +
      `with clocks five minutes apart: ${everything.length} calls in ${lanes.length} lanes, at least ${Math.min(...gaps).toFixed(0)} ms ` +
      `apart, none two in flight; ${Number(terms[0]?.term)} terms of one collector each; all of the windows it fetched are stored`,
  )
})

function gapsOf(calls: Arrival[]): number[] {
  return calls.slice(1).map(({ monotonicMs }, i) => monotonicMs - (calls[i]?.monotonicMs ?? 0))
}

async function arrivals(): Promise<(Arrival & { wallMs: number })[]> {
  const { items } = (await env.emulator.control('/arrivals')) as { items: (Arrival & { wallMs: number })[] }
  return items
}

/** Resolves when a replica has made three calls of the collector from now on, also after a change. */
async function collecting(): Promise<void> {
  const count = async () => (await arrivals()).filter(collectedWindow).length
  const before = await count()
  await expect.poll(count, { timeout: 40_000, intervals: [200] }).toBeGreaterThan(before + 3)
}

/**
 * Returns by how many seconds the end of a range differs from now, as a replica sees it. The range begins a minute after a
 * full hour, so that no call for it looks like one of the collector.
 */
async function clockOf(reader: APIRequestContext, place: number): Promise<number> {
  const from = (Math.floor(Date.now() / 3_600_000) - 24) * 3_600 + 60
  const { range } = await (
    await reader.get(`${at(place)}/api/v1/apps/${SDK_APP_ID}/funnel?source=chat&from=${from}`)
  ).json()
  return (Date.parse(range.to) - Date.now()) / 1_000
}

/** Returns the windows that the collector has fetched and that are not stored. */
async function lost(calls: Arrival[]): Promise<Window[]> {
  const stored = new Set(
    (await history.rows('select source, metric, from_s, to_s from windows')).map(
      ({ source, metric, from_s, to_s }) =>
        `${source === 'task' ? 'all_member' : 'normal'}_push_${metric} ${from_s} ${to_s}`,
    ),
  )
  const asked = calls.flatMap((one) => collectedWindow(one) ?? [])
  return asked.filter(({ endpoint, from, to }) => !stored.has(`${endpoint} ${from} ${to}`))
}

/** Asks every replica in turn for windows that nobody has asked for before. Returns how many answers came. */
async function read(reader: APIRequestContext, signal: AbortSignal): Promise<number> {
  let answers = 0
  for (let nth = 0; !signal.aborted; nth++) {
    // Never at a full hour, as the windows of the collector are.
    const hour = Math.floor(Date.now() / 3_600_000) - 24 - Math.floor(nth / 59)
    const to = hour * 3_600 + ((nth % 59) + 1) * 60
    const query = `source=${nth % 2 ? 'chat' : 'task'}&from=${to - 172_800}&to=${to}`
    const asked = Promise.all(
      replicas.map(async ({ url }) => {
        const path = `${url}/api/v1/apps/${SDK_APP_ID}/funnel?${query}`
        const answer = await reader.get(path, { timeout: 3_000 }).catch(() => null)
        if (answer?.ok()) answers += 1
      }),
    )
    await Promise.all([asked, pause(2_500)])
  }
  return answers
}
