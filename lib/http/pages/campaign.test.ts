import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startSession } from '@/lib/access/sessions'
import { compose, type Running } from '@/lib/context'
import { TASKS_PER_QUESTION } from '@/lib/contract/limits'
import { readEnv } from '@/lib/env'
import { readCampaign, readComparison } from './campaign'
import { readLosses } from './losses'
import { readOverview } from './overview'
import { pageContext } from './page'

const request = vi.hoisted(() => ({ cookie: '' }))
vi.mock('next/server', () => ({ connection: async () => undefined }))
vi.mock('next/headers', () => ({
  headers: async () => new Headers({ cookie: `pl=${request.cookie}` }),
  cookies: async () => ({ get: () => ({ value: '' }) }),
}))

const APP = '1400187352'
const folder = mkdtempSync(join(tmpdir(), 'pl-campaign-'))
let running: Running

const register = (taskId: string, createdAt: number, tags: string[] = []) =>
  running.ctx.store.tasks.put(APP, taskId, () => ({
    ...{ appId: APP, taskId, label: `Name ${taskId}`, tags, note: '', sentAt: createdAt },
    ...{ knownBy: 'import', createdAt },
  }))

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
  const now = running.ctx.clock.dataS()
  await register('a', now - 3_600, ['sale'])
  await register('b', now - 7_200, ['sale'])
  for (let i = 0; i <= TASKS_PER_QUESTION; i++) await register(`many-${i}`, now - 9_000 - i, ['many'])
})
afterAll(async () => {
  await running.stop()
  rmSync(folder, { recursive: true })
})

test('a tag is its registered campaigns, the newest twenty of them, on the overview and in losses', async () => {
  const page = await pageContext({})
  for (const read of [
    (search: { tag: string }) => readOverview(page, search),
    (search: { tag: string }) => readLosses(page, search, []),
  ]) {
    expect(await read({ tag: 'sale' })).toMatchObject({
      query: { source: 'task', task: ['a', 'b'] },
      tag: { tag: 'sale', n: 2, hasMore: false },
    })
    expect(await read({ tag: 'many' })).toMatchObject({ tag: { n: TASKS_PER_QUESTION, hasMore: true } })
    expect(await read({ tag: 'nothing' })).toEqual({ error: 'not_found', field: 'tag' })
    expect(await read({ tag: 'a"b' })).toMatchObject({ error: 'bad_request' })
  }
  expect(await readOverview(page, { task: 'a' })).toMatchObject({ query: { task: ['a'] }, tag: null })
})

test('a campaign is read by the segment of its address', async () => {
  const page = await pageContext({})
  expect(await readCampaign(page, 'a')).toMatchObject({
    view: { taskId: 'a', task: { label: 'Name a' } },
    funnel: { tasks: [{ task: 'a', total: null }] },
    losses: { tasks: [{ task: 'a' }] },
  })
  expect(await readCampaign(page, 'x%2Fy')).toMatchObject({ view: { taskId: 'x/y', task: null } })
  for (const wrong of ['%', 'a%2Cb', '%20', 'x'.repeat(65)]) {
    expect(await readCampaign(page, wrong)).toMatchObject({ error: 'bad_request' })
  }
})

test('a comparison offers campaigns until two are chosen', async () => {
  const page = await pageContext({})
  const one = await readComparison(page, { task: 'a' })
  expect(one).toMatchObject({ query: { task: ['a'] }, reply: null })
  expect('others' in one && one.others.map(({ taskId }) => taskId).slice(0, 2)).toEqual(['b', 'many-0'])
  // A list of names needs no counts of fifty campaigns.
  expect('others' in one && one.others[0]).not.toHaveProperty('total')
  expect(await readComparison(page, { task: ['a', 'b'] })).toMatchObject({
    query: { task: ['a', 'b'] },
    reply: { age: 'latest', tasks: [{ taskId: 'a', gap: 'not_collected' }, { taskId: 'b' }] },
  })
  expect(await readComparison(page, { task: 'a,b', age: '5h' })).toMatchObject({ error: 'bad_request' })
  expect(await readComparison(page, { task: 'a,b,c,d,e,f' })).toMatchObject({ error: 'bad_request' })
})
