import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { startSession } from '@/lib/access/sessions'
import { compose, type Running } from '@/lib/context'
import { readEnv } from '@/lib/env'
import { resolveRange } from '@/lib/report/range/range'
import { readOverview } from './overview'
import { pageContext } from './page'

const request = vi.hoisted(() => ({ cookie: '', zone: '' }))
vi.mock('next/server', () => ({ connection: async () => undefined }))
vi.mock('next/headers', () => ({
  headers: async () => new Headers({ cookie: `pl=${request.cookie}` }),
  cookies: async () => ({ get: (name: string) => ({ value: name === 'zone' ? request.zone : '' }) }),
}))
vi.mock('@/lib/report/range/range', { spy: true })

const APP = '1400187352'
const folder = mkdtempSync(join(tmpdir(), 'pl-overview-'))
let running: Running

beforeAll(async () => {
  running = await compose(
    readEnv({
      DATABASE_URL: `sqlite:${folder}/pushlens.db`,
      ADMIN_EMAIL: 'admin@example.com',
      ADMIN_PASSWORD: 'a lighthouse keeps no secrets 9',
      TIM_SDKAPPID: APP,
      TIM_SECRET_KEY: 'a-secret-key-that-signs-nothing-here',
      TIM_BASE_URL: 'http://127.0.0.1:9',
      COLLECTOR: 'off',
      LOG_LEVEL: 'silent',
    }),
  )
  Object.assign(globalThis, { [Symbol.for('pushlens.running')]: Promise.resolve(running) })
  const admin = await running.access.people.byEmail('admin@example.com')
  const session = await startSession(running.access, admin?.id ?? '', { agent: 'test', address: 'unknown' })
  request.cookie = session.reveal()
})
beforeEach(() => vi.clearAllMocks())
afterAll(async () => {
  await running.stop()
  rmSync(folder, { recursive: true })
})

test('one request reads its app once and resolves its range once', async () => {
  const { apps } = running.ctx.store
  const reads = [vi.spyOn(apps, 'list'), vi.spyOn(apps, 'get')]
  const page = await pageContext({})
  const answer = await readOverview(page, {})
  expect(answer).toMatchObject({ query: { interval: 'day' }, reply: { interval: 'day' }, top: { post_send: null } })
  expect(reads.map((read) => read.mock.calls.length)).toEqual([1, 0])
  expect(vi.mocked(resolveRange).mock.calls).toHaveLength(1)
})

test.each([
  ['the chosen zone is the zone of a range', 'Asia/Tokyo', {}, 'Asia/Tokyo'],
  ['the zone of the address wins', 'Asia/Tokyo', { tz: 'Asia/Seoul' }, 'Asia/Seoul'],
  ['a cookie that is no zone counts as none', 'nowhere; drop table', {}, undefined],
])('%s', async (_, zone, search, expected) => {
  request.zone = zone
  const page = await pageContext({})
  request.zone = ''
  const answer = await readOverview(page, search)
  expect('query' in answer && answer.query.tz).toBe(expected)
})

test.each([
  [
    { from: '2020-11-01', through: '2020-11-07' },
    { from: '2020-11-01', to: '2020-11-08' },
  ],
  [
    { from: '2020-11-01', through: '2020-11-01', fromTime: '09:00', throughTime: '10:00', tz: 'Asia/Tokyo' },
    { from: '2020-11-01T00:00:00Z', to: '2020-11-01T01:00:00Z', tz: 'Asia/Tokyo' },
  ],
  // Without a zone in the address, times are in the app's.
  [
    { from: '2020-11-01', through: '2020-11-01', fromTime: '09:00', throughTime: '10:00' },
    { from: '2020-11-01T01:00:00Z', to: '2020-11-01T02:00:00Z' },
  ],
])('the form for custom dates includes its last day: %o', async (search, query) => {
  expect(await readOverview(await pageContext({}), search)).toMatchObject({ query })
})

test('the order of the vendors belongs to the page', async () => {
  expect(await readOverview(await pageContext({}), { sort: 'lost' })).toMatchObject({ sort: 'lost' })
  expect(await readOverview(await pageContext({}), {})).toMatchObject({ sort: 'volume' })
  expect(await readOverview(await pageContext({}), { sort: 'x' })).toMatchObject({ error: 'bad_request' })
})

test('a wrong range is a result with its field, not an error page', async () => {
  const answer = await readOverview(await pageContext({}), { range: 'forever' })
  expect(answer).toEqual({ error: 'bad_request', field: null })
})

test('a page of an app that the person does not see has no app', async () => {
  const page = await pageContext({ app: '1600119377' })
  expect(page).toMatchObject({ app: null, apps: [{ id: APP }] })
  expect(await readOverview(page, {})).toMatchObject({ error: 'not_found' })
})

test('a page of a person without requests left says so', async () => {
  const { principal, tooMany } = await pageContext({})
  expect(tooMany).toBe(false)
  const { caches, clock } = running.ctx
  caches.personBudgets.set(`person:${principal.id}`, { left: -1_000, atMs: clock.wallMs() })
  expect((await pageContext({})).tooMany).toBe(true)
  caches.personBudgets.clear()
})
