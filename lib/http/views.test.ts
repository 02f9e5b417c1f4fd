import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DELETE, PUT } from '@/app/api/v1/views/[id]/route'
import { GET, POST } from '@/app/api/v1/views/route'
import type { Principal } from '@/lib/access/principal'
import { VIEW_LIMITS } from '@/lib/contract/limits'
import { type ViewReply, viewReply, viewsReply } from '@/lib/contract/views/saved-views'
import { changeView, removeView } from '@/lib/service/views/change-view'
import { getStartView, listViews } from '@/lib/service/views/list-views'
import { type Credentials, call, OWN, type Served, served } from './testing/served'

const FOREIGN = '1600119377'
const BODY = { name: 'Vendors', app: OWN, page: 'overview', query: { source: 'task', range: '7d', by: 'vendor' } }
let env: Served
let ana: Credentials
let ben: Credentials

beforeAll(async () => {
  env = await served()
  const app = await env.running.ctx.store.apps.get(OWN)
  if (!app) throw new Error('no app')
  await env.running.ctx.store.apps.upsert({ ...app, id: FOREIGN, sdkAppId: Number(FOREIGN), origin: 'interface' })
  ana = await env.person('ana', OWN, 'viewer')
  ben = await env.person('ben', '*', 'admin')
})
afterAll(() => env.end())

const post = (body: object, as = ana) => call(POST, 'POST', '/api/v1/views', { as, body: { ...BODY, ...body } })
const save = async (body: object = {}, as = ana): Promise<ViewReply> => {
  const answer = await post(body, as)
  expect(answer.status).toBe(201)
  return viewReply.parse(await answer.json())
}
const list = async (as = ana, query = ''): Promise<ViewReply[]> =>
  viewsReply.parse(await (await call(GET, 'GET', '/api/v1/views', { as, query })).json()).items
const change = (id: string, body: object, as = ana) =>
  call(PUT, 'PUT', '/api/v1/views/[id]', { as, params: { id }, body })
const remove = (id: string, as = ana) => call(DELETE, 'DELETE', '/api/v1/views/[id]', { as, params: { id } })
const starts = async (as = ana) => (await list(as)).filter(({ start }) => start).map(({ id }) => id)

describe('a saved view', () => {
  test('keeps a relative range relative, and is written as the page writes its links', async () => {
    const made = await save({ query: { by: 'vendor', range: '7d', source: 'task', tag: 'Food & drink' } })
    expect(made).toMatchObject({ name: 'Vendors', app: { id: OWN }, page: 'overview', start: false })
    expect(made.href).toBe('/?source=task&range=7d&tag=Food+%26+drink&by=vendor')
    const losses = await save({ page: 'losses', query: { range: '30d', vendor: 'xiaomi', group: 'owner' } })
    expect(losses.href).toBe('/losses?source=task&range=30d&vendor=xiaomi&group=owner')
    const campaigns = await save({ page: 'campaigns', query: { q: 'sale', sort: 'sent' } })
    expect(campaigns.href).toBe('/campaigns?q=sale&sort=sent')
    expect((await save({ page: 'campaigns', query: {} })).href).toBe('/campaigns')
  })

  test('names its app for a person with several', async () => {
    expect((await save({ app: FOREIGN }, ben)).href).toBe(`/?app=${FOREIGN}&source=task&range=7d&by=vendor`)
    expect((await list(ben, `?app=${OWN}`)).length).toBe(0)
    expect((await list(ben, `?app=${FOREIGN}`)).length).toBe(1)
  })

  test('is never a free address', async () => {
    for (const [body, status] of [
      [{ page: 'settings' }, 400],
      [{ page: '//evil.example' }, 400],
      [{ query: { next: 'https://evil.example' } }, 400],
      [{ query: { source: 'everything' } }, 400],
      [{ query: 'source=task' }, 400],
      [{ page: 'campaigns', query: { cursor: 'x' } }, 400],
      [{ query: { from: '2026-01-02', to: '2026-01-01' } }, 400],
      [{ name: ' ' }, 400],
      [{ name: 'x'.repeat(VIEW_LIMITS.name + 1) }, 400],
      [{ href: '/losses' }, 400],
      [{ app: FOREIGN }, 404],
    ] as const)
      expect([JSON.stringify(body), (await post(body)).status]).toEqual([JSON.stringify(body), status])
  })

  test('belongs to one person: others neither see, change nor delete it', async () => {
    const { id } = await save()
    expect((await list(ben)).map((view) => view.id)).not.toContain(id)
    expect([(await change(id, { name: 'Mine' }, ben)).status, (await remove(id, ben)).status]).toEqual([404, 404])
    expect((await list()).find((view) => view.id === id)?.name).toBe('Vendors')
  })

  test('is renamed and deleted', async () => {
    const { id } = await save()
    expect(await (await change(id, { name: ' By vendor ' })).json()).toMatchObject({ id, name: 'By vendor' })
    expect((await list()).find((view) => view.id === id)?.name).toBe('By vendor')
    expect([(await remove(id)).status, (await remove(id)).status]).toEqual([200, 404])
  })

  test('is the start page alone, until another is or none', async () => {
    const first = await save({ start: true })
    const second = await save({ start: true })
    expect(await starts()).toEqual([second.id])
    await change(first.id, { start: true })
    expect(await starts()).toEqual([first.id])
    await change(first.id, { start: false })
    expect(await starts()).toEqual([])
  })

  test('of an app that the person may no longer see is not listed, opened or changed', async () => {
    const eva = await env.person('eva', FOREIGN, 'viewer')
    const { id } = await save({ app: FOREIGN, start: true }, eva)
    const { ctx } = env.running
    const person = await ctx.store.people.byEmail('eva@cast.example.com')
    const now = (app: string): Principal => ({
      ...({ kind: 'person', name: 'eva', email: 'eva@cast.example.com', sessionIdHash: '' } as const),
      ...{ id: person?.id ?? '', grants: [{ app, role: 'viewer' }] },
    })
    expect((await getStartView(ctx, now(FOREIGN)))?.id).toBe(id)
    expect(await getStartView(ctx, now(OWN))).toBeNull()
    expect((await listViews(ctx, now(OWN), {})).items).toEqual([])
    await expect(changeView(ctx, now(OWN), { id, body: { name: 'x' } })).rejects.toMatchObject({ code: 'not_found' })
    await expect(removeView(ctx, now(OWN), { id })).rejects.toMatchObject({ code: 'not_found' })
  })

  test('number 51 of an app is refused', async () => {
    const full = await env.person('full', OWN, 'viewer')
    for (let i = 0; i < VIEW_LIMITS.perApp; i++) await save({ name: `View ${i}` }, full)
    const answer = await post({}, full)
    expect([answer.status, (await answer.json()).code]).toEqual([409, 'conflict'])
  })
})
