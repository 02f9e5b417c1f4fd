import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GET as OPENS } from '@/app/api/v1/apps/[app]/shares/[share]/opens/route'
import { DELETE, PATCH } from '@/app/api/v1/apps/[app]/shares/[share]/route'
import { GET as OWNERS } from '@/app/api/v1/apps/[app]/shares/owners/route'
import { POST } from '@/app/api/v1/apps/[app]/shares/route'
import { POST as VIEW } from '@/app/api/v1/shares/[id]/view/route'
import { POST as REVOKE } from '@/app/api/v1/shares/revoke/route'
import { GET } from '@/app/api/v1/shares/route'
import { DAY } from '@/lib/contract/limits'
import type { ShareReply } from '@/lib/contract/shares/share'
import { type Credentials, call, OWN, type Served, served } from '@/lib/http/testing/served'

const OTHER = '1600119377'
const SCOPE = {
  pages: ['overview'],
  source: 'task',
  tasks: { kind: 'all' },
  vendors: null,
  range: { mode: 'rolling', preset: '7d' },
  dates: { kind: 'back', days: 30 },
  figures: 'counts',
}
const LIVE = { name: 'For the partner', content: { kind: 'live', scope: SCOPE } }
let server: Served
/** `ada` and `lee` administer the app, `boss` all apps, `outsider` another app. */
const who: Record<string, Credentials> = {}
const ids: Record<string, string> = {}

beforeAll(async () => {
  server = await served()
  const { store } = server.running.ctx
  const app = await store.apps.get(OWN)
  if (!app) throw new Error('no app')
  await store.apps.upsert({ ...app, id: OTHER, sdkAppId: Number(OTHER), origin: 'interface' })
  for (const [name, on, role] of [
    ['ada', OWN, 'admin'],
    ['lee', OWN, 'admin'],
    ['boss', '*', 'admin'],
    ['outsider', OTHER, 'admin'],
    ['editor', OWN, 'editor'],
  ] as const) {
    who[name] = await server.person(name, on, role)
    ids[name] = (await store.people.byEmail(`${name}@cast.example.com`))?.id ?? ''
  }
})
afterAll(() => server.end())

const nowS = () => Math.floor(server.running.ctx.clock.wallMs() / 1_000)
const inDays = (days: number) => new Date((nowS() + days * DAY) * 1_000).toISOString()
const as = (name: string) => ({ as: who[name] ?? {} })

const post = (body: object, by = 'ada', app = OWN) =>
  call(POST, 'POST', '/api/v1/apps/[app]/shares', { ...as(by), params: { app }, body })

/** Creates a link and returns it with the parts of its address. */
async function create(body: object = LIVE, by = 'ada', app = OWN) {
  const answer = await post(body, by, app)
  const { share, url } = (await answer.json()) as { share: ShareReply; url: string }
  const address = new URL(url)
  return { share, url, id: share.id, path: address.pathname, secret: address.hash.slice(1) }
}
const change = (id: string, body: object, by = 'ada') =>
  call(PATCH, 'PATCH', '/api/v1/apps/[app]/shares/[share]', { ...as(by), params: { app: OWN, share: id }, body })
const changed = async (id: string, body: object, by?: string): Promise<ShareReply> =>
  (await change(id, body, by)).json()
const revoke = (id: string) =>
  call(DELETE, 'DELETE', '/api/v1/apps/[app]/shares/[share]', { ...as('ada'), params: { app: OWN, share: id } })
const revokeAll = async (body: object, by: string) =>
  (await call(REVOKE, 'POST', '/api/v1/shares/revoke', { ...as(by), body })).json()
const list = (by: string, query = '', accept?: string) =>
  call(GET, 'GET', '/api/v1/shares', { ...as(by), query, ...(accept ? { accept } : {}) })
const listed = async (by: string, query?: string): Promise<ShareReply[]> => (await (await list(by, query)).json()).items

/** Returns the status that a visitor gets. */
async function open({ id, secret }: { id: string; secret: string }): Promise<number> {
  const visitor = { 'x-share-secret': secret, 'x-pushlens-address': `192.0.2.${visits++ % 250}` }
  return (await call(VIEW, 'POST', '/api/v1/shares/[id]/view', { params: { id }, as: visitor, body: {} })).status
}
let visits = 0

/** Returns the actions of a link in the audit, oldest first. */
async function audited(id: string): Promise<string[]> {
  const { items } = await server.running.ctx.store.audit.list({ limit: 5_000 })
  const about = items.filter(({ detail }) => detail.share === id)
  return about.map(({ action }) => action).reverse()
}

describe('a new link', () => {
  test('has its address once, and its secret is stored and listed nowhere', async () => {
    const made = await create({ ...LIVE, password: 'violet anchor tundra', origins: ['https://partner.example'] })
    expect([made.url, made.path]).toEqual([
      `http://localhost:3000/share/${made.id}#${made.secret}`,
      `/share/${made.id}`,
    ])
    expect(made.id).toMatch(/^[\w-]{22}$/)
    expect(made.share).toMatchObject({ state: 'open', hasPassword: true, owner: { kind: 'person', name: 'ada' } })
    const { store } = server.running.ctx
    const everywhere = [
      await store.shares.byId(made.id),
      await (await list('ada')).text(),
      await (await list('ada', '', 'text/csv')).text(),
      (await store.audit.list({ limit: 5_000 })).items,
    ]
    const text = JSON.stringify(everywhere)
    expect(text).toContain(made.id)
    for (const secret of [made.secret, 'violet anchor tundra']) expect(text).not.toContain(secret)
  })

  test('lasts for 30 days unless chosen otherwise, at most for 400', async () => {
    const lasts = async (endsAt?: string) => {
      const { share } = await create({ ...LIVE, ...(endsAt ? { endsAt } : {}) })
      return Math.round((Date.parse(share.endsAt) - Date.parse(share.createdAt)) / DAY / 1_000)
    }
    expect([await lasts(), await lasts(inDays(400))]).toEqual([30, 400])
    for (const endsAt of [inDays(401), inDays(0), '2020-01-01T00:00:00Z']) {
      const answer = await post({ ...LIVE, endsAt })
      expect([answer.status, (await answer.json()).field]).toEqual([400, 'endsAt'])
    }
  })

  test('is refused for a scope that can show nothing', async () => {
    const range = { mode: 'fixed', from: '2026-02-01T00:00:00Z', to: '2026-01-01T00:00:00Z' }
    const wrong = [
      { source: 'chat', tasks: { kind: 'tag', tag: 'sale' } },
      { source: 'chat', pages: ['overview', 'campaigns'] },
      { range },
      { range: { ...range, to: '2027-06-01T00:00:00Z' } },
    ]
    for (const over of wrong) {
      const answer = await post({ ...LIVE, content: { kind: 'live', scope: { ...SCOPE, ...over } } })
      expect(answer.status, JSON.stringify(over)).toBe(400)
    }
  })

  test('keeps a frozen range for ever, with the hash of what it keeps', async () => {
    const { share, id, secret } = await create({ ...LIVE, content: { kind: 'frozen', scope: SCOPE } })
    if (share.content.kind !== 'frozen') throw new Error('not frozen')
    const { range, dates } = share.content.scope
    expect([range.mode, dates.kind]).toEqual(['fixed', 'none'])
    if (range.mode === 'fixed') expect(Date.parse(range.to) - Date.parse(range.from)).toBe(7 * DAY * 1_000)
    expect(share.frozen).toMatchObject({ sha256: expect.stringMatching(/^[0-9a-f]{64}$/), erased: false })
    expect(await open({ id, secret })).toBe(200)
  })
})

describe('a change', () => {
  test('pauses and resumes a link, and renews it at the same address after its end', async () => {
    const made = await create()
    expect((await changed(made.id, { paused: true })).state).toBe('paused')
    expect(await open(made)).toBe(404)
    expect((await changed(made.id, { paused: false })).state).toBe('open')
    await server.running.ctx.store.shares.change(made.id, { ends_at: nowS() })
    expect(await open(made)).toBe(404)
    const renewed = await changed(made.id, { endsAt: inDays(9), name: 'Renewed', picture: true, origins: [] })
    expect(renewed).toMatchObject({ state: 'open', name: 'Renewed', picture: true })
    expect(await open(made)).toBe(200)
    const done = ['share.create', 'share.pause', 'share.resume', 'share.change', 'share.renew']
    expect(await audited(made.id)).toEqual(done)
  })

  test('cannot bring a revoked link back', async () => {
    const made = await create()
    expect((await (await revoke(made.id)).json()).state).toBe('revoked')
    expect((await revoke(made.id)).status).toBe(200)
    expect((await change(made.id, { endsAt: inDays(9), paused: false })).status).toBe(409)
    expect(await open(made)).toBe(404)
    expect(await audited(made.id)).toEqual(['share.create', 'share.revoke'])
  })

  test('hands a link over to an administrator of its app, and to nobody else', async () => {
    const made = await create()
    for (const name of ['editor', 'outsider']) expect((await change(made.id, { owner: ids[name] })).status).toBe(400)
    expect((await change(made.id, { owner: 'nobody' })).status).toBe(400)
    who.token = await server.token('admin')
    expect((await change(made.id, { owner: ids.lee }, 'token')).status).toBe(403)
    const handed = await changed(made.id, { owner: ids.boss })
    expect(handed.owner).toEqual({ kind: 'person', id: ids.boss, name: 'boss' })
    expect(await audited(made.id)).toEqual(['share.create', 'share.hand_over'])
    const owners = await call(OWNERS, 'GET', '/api/v1/apps/[app]/shares/owners', { ...as('ada'), params: { app: OWN } })
    const { items } = (await owners.json()) as { items: { name: string; everyApp: boolean }[] }
    expect(items.map(({ name, everyApp }) => [name, everyApp])).toEqual([
      ['ada', false],
      ['admin', true],
      ['boss', true],
      ['lee', false],
    ])
  })

  test('of a link of another app is not found', async () => {
    const made = await create(LIVE, 'outsider', OTHER)
    expect((await change(made.id, { name: 'Mine now' })).status).toBe(404)
    expect((await change(made.id, { name: 'Mine now' }, 'outsider')).status).toBe(404)
  })
})

test('a link ends on the next request when its owner loses the role, and opens again for its new owner', async () => {
  const { access } = server.running
  const [lees, adas] = [await create(LIVE, 'lee'), await create()]
  await access.withdrawals.setGrants(ids.lee ?? '', [{ app_id: OWN, role: 'editor' }], nowS())
  expect([await open(lees), await open(adas)]).toEqual([404, 200])
  const state = async () => (await listed('ada')).find(({ id }) => id === lees.id)?.state
  expect(await state()).toBe('orphaned')
  await access.withdrawals.setGrants(ids.lee ?? '', [{ app_id: OWN, role: 'admin' }], nowS())
  expect(await open(lees)).toBe(200)
  await access.withdrawals.setDisabled(ids.lee ?? '', nowS(), nowS())
  expect(await open(lees)).toBe(404)
  await changed(lees.id, { owner: ids.ada })
  expect([await open(lees), await state()]).toEqual([200, 'open'])
  await access.withdrawals.setDisabled(ids.lee ?? '', null, nowS())
})

test('the list has the links of apps that one administers, in pages', async () => {
  const foreign = await create(LIVE, 'outsider', OTHER)
  const [own, all] = [await listed('ada'), await listed('boss')]
  expect(own.every(({ app }) => app === OWN)).toBe(true)
  expect(own.map(({ id }) => id)).not.toContain(foreign.id)
  expect(all.map(({ id }) => id)).toEqual(expect.arrayContaining([foreign.id, own[0]?.id]))
  expect((await listed('boss', `?app=${OTHER}`)).map(({ id }) => id)).toContain(foreign.id)
  expect((await list('ada', `?app=${OTHER}`)).status).toBe(404)
  expect((await list('ada', '?app=unknown')).status).toBe(404)
  expect((await list('editor')).status).toBe(403)
  const seen: string[] = []
  for (let next: string | null = ''; next !== null; ) {
    const page = await (await list('ada', `?limit=3${next && `&cursor=${next}`}`)).json()
    seen.push(...page.items.map(({ id }: ShareReply) => id))
    next = page.next
  }
  expect(seen).toEqual(own.map(({ id }) => id))
})

test('the openings of a link are listed for its administrators, in pages', async () => {
  const made = await create()
  const { shares } = server.running.ctx.store
  const opening = { shareId: made.id, network: '203.0.113.0/24', client: 'Firefox' }
  await shares.noteOpening({ ...opening, at: 1_000, outcome: 'opened' })
  await shares.noteOpening({ ...opening, at: 2_000, outcome: 'wrong_password' })
  const opens = (query: string) =>
    call(OPENS, 'GET', '/api/v1/apps/[app]/shares/[share]/opens', {
      ...as('ada'),
      params: { app: OWN, share: made.id },
      query,
    })
  const first = await (await opens('?limit=1')).json()
  const wrong = {
    at: '1970-01-01T00:33:20.000Z',
    network: '203.0.113.0/24',
    client: 'Firefox',
    outcome: 'wrong_password',
  }
  expect(first).toEqual({ items: [wrong], next: expect.any(String) })
  const rest = await (await opens(`?limit=1&cursor=${first.next}`)).json()
  expect(rest).toEqual({ items: [{ ...wrong, at: '1970-01-01T00:16:40.000Z', outcome: 'opened' }], next: null })
  expect((await listed('ada')).find(({ id }) => id === made.id)).toMatchObject({
    opens: 1,
    lastOpenedAt: '1970-01-01T00:16:40.000Z',
  })
})

test('a secret works after the master key was rotated', async () => {
  const made = await create()
  await server.running.ctx.keyRotation.rotate()
  expect(await open(made)).toBe(200)
  const later = await create()
  expect(await open(later)).toBe(200)
  expect(await open({ id: made.id, secret: later.secret })).toBe(404)
})

test('all links of a person or an app are revoked at once, but none of a foreign app', async () => {
  const [adas, bosses] = [await create(), await create(LIVE, 'boss')]
  const foreign = await create(LIVE, 'boss', OTHER)
  await revokeAll({ owner: ids.boss }, 'ada')
  expect([await open(bosses), await open(foreign), await open(adas)]).toEqual([404, 200, 200])
  expect((await revokeAll({ app: OTHER }, 'ada')).code).toBe('not_found')
  expect((await revokeAll({}, 'ada')).code).toBe('bad_request')
  const { revoked } = await revokeAll({ app: OWN }, 'ada')
  expect(revoked).toBeGreaterThan(0)
  expect([await open(adas), await open(foreign)]).toEqual([404, 200])
  expect(await revokeAll({ app: OWN }, 'ada')).toEqual({ revoked: 0 })
  const { items } = await server.running.ctx.store.audit.list({ action: 'share.revoke_all', limit: 9 })
  expect(items.map(({ appId, detail }) => [appId, detail.person ?? null])).toEqual([
    [OWN, null],
    [OWN, ids.boss],
  ])
})
