import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { startSession } from '@/lib/access/sessions'
import { compose, type Running } from '@/lib/context'
import { readEnv } from '@/lib/env'
import { requestPrincipal } from '@/lib/http/principal'
import { sealAddress } from '@/lib/service/read/sealed-address'
import { readLookup, readUser } from './lookup'
import { pageContext, personOfRequest } from './page'

/** Pages as the browser asks for them: with its cookies, and with the headers that say where the visitor comes from. */
const request = vi.hoisted(() => ({ headers: {} as Record<string, string> }))
vi.mock('next/server', () => ({ connection: async () => undefined }))
vi.mock('next/headers', () => ({
  headers: async () => new Headers(request.headers),
  cookies: async () => ({ get: () => undefined }),
}))

const APP = '1400187352'
const folder = mkdtempSync(join(tmpdir(), 'pl-visits-'))
let running: Running
let session = ''

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
  await running.ctx.store.apps.setStopped(APP, { code: 'upstream_credential', upstreamCode: 70_009, at: 0 })
  const admin = await running.access.people.byEmail('admin@example.com')
  session = (await startSession(running.access, admin?.id ?? '', { agent: 'test', address: 'unknown' })).reveal()
})
beforeEach(() => {
  request.headers = { cookie: `pl=${session}` }
})
afterAll(async () => {
  await running.stop()
  rmSync(folder, { recursive: true })
})

test.each([
  ['once', (own: string) => `pl=${own}`, 'person'],
  ['twice', (own: string) => `pl=${own}; pl=${own}`, 'anonymous'],
  ['after a foreign one', (own: string) => `pl=foreign; pl=${own}`, 'anonymous'],
  ['before a foreign one', (own: string) => `pl=${own}; pl=foreign`, 'anonymous'],
])('a session cookie sent %s means the same to pages and to the API', async (_, cookie, kind) => {
  request.headers = { cookie: cookie(session) }
  const inApi = await requestPrincipal(running, new Request('http://localhost:3000/x', { headers: request.headers }))
  expect([(await personOfRequest(running))?.kind ?? 'anonymous', inApi.kind]).toEqual([kind, kind])
})

describe('a visit from another site', () => {
  const recorded = async () => (await running.ctx.store.audit.list({ limit: 1_000 })).items.length
  const from = (site: string | null) => {
    request.headers = { cookie: `pl=${session}`, ...(site === null ? {} : { 'sec-fetch-site': site }) }
  }

  test.each(['cross-site', 'same-site', null])('(%s) looks up no push and no user before a press', async (site) => {
    from(site)
    const before = await recorded()
    const page = await pageContext({})
    const looked = await readLookup(page, { pushId: 'push_of_another_site' })
    expect(looked).toMatchObject({ trace: null, press: null, anyway: expect.stringContaining('k=s1.') })
    const anyway = await readLookup(page, { pushId: 'push_of_another_site', anyway: '1' })
    expect(anyway).toMatchObject({ trace: null, press: expect.stringContaining('anyway=1') })
    const app = await running.ctx.store.apps.get(APP)
    const ref = app ? sealAddress(running.ctx, app, 'user', 'kim') : ''
    expect(await readUser(page, ref, { since: '2026-11-01' })).toEqual({
      press: `/lookup/user/${ref}?since=2026-11-01`,
    })
    expect(await recorded()).toBe(before)
  })

  test.each(['same-origin', 'none'])('is not one with %s', async (site) => {
    from(site)
    const before = await recorded()
    const looked = await readLookup(await pageContext({}), { pushId: `push_${site}`, anyway: '1' })
    expect(looked).toMatchObject({ press: null, trace: { query: { pushId: `push_${site}` } } })
    expect(await recorded()).toBe(before + 1)
  })
})
