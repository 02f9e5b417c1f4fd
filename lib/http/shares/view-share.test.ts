import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { POST } from '@/app/api/v1/shares/[id]/view/route'
import { authorize } from '@/lib/access/authorize'
import { hashSecret, newSecret, newShareId } from '@/lib/access/shares/secret'
import { createToken } from '@/lib/access/tokens'
import { DAY } from '@/lib/contract/limits'
import type { ShareScope } from '@/lib/contract/shares/scope'
import { viewShareReply } from '@/lib/contract/shares/view'
import { call, OWN, type Served, served } from '@/lib/http/testing/served'
import { freeze } from '@/lib/service/shares/view/freeze'
import type { NewShare } from '@/lib/store/people/shares'

let server: Served
let owner = ''
const SCOPE: ShareScope = {
  pages: ['overview', 'losses'],
  source: 'task',
  tasks: { kind: 'all' },
  vendors: null,
  range: { mode: 'rolling', preset: '7d' },
  dates: { kind: 'none' },
  figures: 'counts',
}
const PASSWORD = 'violet anchor tundra'

beforeAll(async () => {
  server = await served()
  const given = { name: 'owner', role: 'admin', expiresAt: null, by: { actor: 'test', address: null } } as const
  owner = `token:${(await createToken(server.running.access, { ...given, apps: [OWN] })).row.id}`
})
afterAll(() => server.end())

const nowS = () => Math.floor(server.running.ctx.clock.wallMs() / 1_000)

async function share(over: Partial<NewShare> = {}, password: string | null = null) {
  const { access, ctx } = server.running
  const [id, secret] = [newShareId(), newSecret().reveal()]
  await ctx.store.shares.create({
    id,
    app_id: OWN,
    secret_hash: hashSecret(access.master, secret),
    name: 'For the partner',
    content: JSON.stringify({ kind: 'live', scope: SCOPE }),
    password_hash: password === null ? null : await access.passwords.hash(password),
    origins: '[]',
    picture: 0,
    owner,
    created_at: nowS(),
    ends_at: nowS() + DAY,
    ...over,
  })
  return { id, secret }
}

interface Sent {
  secret?: string
  pass?: string
  body?: object
  address?: string
}
const view = (id: string, { secret, pass, body = {}, address = '192.0.2.1' }: Sent = {}) =>
  call(POST, 'POST', '/api/v1/shares/[id]/view', {
    params: { id },
    body,
    as: {
      'x-pushlens-address': address,
      ...(secret === undefined ? {} : { 'x-share-secret': secret }),
      ...(pass === undefined ? {} : { 'x-share-pass': pass }),
    },
  })

/** Everything that an answer tells. */
async function told(answer: Response) {
  // The ID of a request is random in every answer.
  const headers = [...answer.headers].filter(([name]) => name !== 'x-request-id').sort()
  return { status: answer.status, headers, body: await answer.text() }
}

describe('a shared link', () => {
  test('opens with its secret, and says what it is', async () => {
    const { id, secret } = await share()
    const answer = await view(id, { secret })
    const reply = viewShareReply.parse(await answer.json())
    expect(reply).toMatchObject({
      state: 'open',
      head: { name: 'For the partner', kind: 'live', scope: SCOPE, frozen: null },
      pass: null,
      view: { page: 'overview', funnel: { total: null, freshness: { state: 'stale', place: null } } },
    })
    expect(answer.headers.get('set-cookie')).toBeNull()
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
  })

  test('gives the same refusal for whatever keeps it shut', async () => {
    const open = await share()
    const wrong = newSecret().reveal()
    const locked = await share({}, PASSWORD)
    const refusals = {
      unknown: await view(newShareId(), { secret: open.secret }),
      'no secret': await view(open.id),
      'wrong secret': await view(open.id, { secret: wrong }),
      revoked: await over({ revoked_at: 1 }),
      paused: await over({ paused_at: 1 }),
      ended: await over({ ends_at: nowS() }),
      orphaned: await over({ owner: 'person:nobody' }),
      'wrong password': await view(locked.id, { secret: locked.secret, body: { password: 'x'.repeat(9) } }),
      'wrong secret without the password': await view(locked.id, { secret: wrong }),
      'wrong secret with the password': await view(locked.id, { secret: wrong, body: { password: PASSWORD } }),
      'too long': await view('x'.repeat(3_000), { secret: open.secret }),
    }
    const all = await Promise.all(Object.entries(refusals).map(async ([name, one]) => [name, await told(one)] as const))
    const [, first] = all[0] ?? []
    expect(first?.status).toBe(404)
    for (const [name, one] of all) expect(one, name).toEqual(first)

    async function over(row: Partial<NewShare>) {
      const { id, secret } = await share(row)
      return view(id, { secret })
    }
  })

  test('is over with the next request after it was revoked, also with a pass', async () => {
    const { id, secret } = await share({}, PASSWORD)
    const { pass } = await (await view(id, { secret, body: { password: PASSWORD } })).json()
    expect((await view(id, { secret, pass })).status).toBe(200)
    await server.running.ctx.store.shares.revoke({ id }, nowS())
    expect((await view(id, { secret, pass })).status).toBe(404)
    expect((await view(id, { secret, body: { password: PASSWORD } })).status).toBe(404)
  })

  test('exchanges its password for a pass, which is for this link alone', async () => {
    const { id, secret } = await share({}, PASSWORD)
    const other = await share({}, PASSWORD)
    expect(await (await view(id, { secret })).json()).toEqual({ state: 'password' })
    const { pass } = viewShareReply.parse(await (await view(id, { secret, body: { password: PASSWORD } })).json()) as {
      pass: string
    }
    expect(await (await view(id, { secret, pass })).json()).toMatchObject({ state: 'open', pass: null })
    expect(await (await view(other.id, { secret: other.secret, pass })).json()).toEqual({ state: 'password' })
    expect(await (await view(id, { secret, pass: `${pass}x` })).json()).toEqual({ state: 'password' })
    expect((await view(id, { secret: newSecret().reveal(), pass })).status).toBe(404)
  })

  test('refuses what its scope does not have with one code, whether it exists or not', async () => {
    const { id, secret } = await share()
    const ask = async (query: object) => (await view(id, { secret, body: { query } })).json()
    const refused = { code: 'outside_share', status: 403 }
    expect(await ask({ page: 'campaigns' })).toMatchObject(refused)
    expect(await ask({ task: ['a-task'] })).toMatchObject(refused)
    expect(await ask({ campaign: 'a-task' })).toMatchObject(refused)
    expect(await ask({ page: 'losses' })).toMatchObject({ state: 'open', view: { page: 'losses' } })
  })

  test('logs its openings once a minute, by network and family, and counts them', async () => {
    const { id, secret } = await share({}, PASSWORD)
    const { shares } = server.running.ctx.store
    for (let i = 0; i < 3; i += 1) await view(id, { secret, body: { password: PASSWORD } })
    await view(id, { secret, body: { password: 'not the password' } })
    await view(id, { secret: newSecret().reveal(), address: '203.0.113.9' })
    await expect
      .poll(async () => (await shares.openings(id, { limit: 9 })).items.map((one) => [one.outcome, one.network]).sort())
      .toEqual([
        ['opened', '192.0.2.0/24'],
        ['refused', '203.0.113.0/24'],
        ['wrong_password', '192.0.2.0/24'],
      ])
    expect((await shares.byId(id))?.opens).toBe(1)
  })

  test('holds guesses back, whether it exists or not, and says when to come again', async () => {
    const { id, secret } = await share({}, PASSWORD)
    for (const [target, with_] of [
      [id, secret],
      [newShareId(), secret],
    ] as const) {
      const statuses: number[] = []
      for (let i = 0; i < 6; i += 1) {
        const answer = await view(target, { secret: with_, body: { password: `guess ${i}` }, address: '198.51.100.7' })
        statuses.push(answer.status)
        if (answer.status === 429) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
      }
      expect(statuses).toEqual([404, 404, 404, 404, 404, 429])
    }
    const elsewhere = await view(id, { secret, body: { password: PASSWORD }, address: '203.0.113.80' })
    expect(elsewhere.status).toBe(200)
  })

  test('takes so many requests a minute of one address, and of another at the same time', async () => {
    const { id, secret } = await share()
    const statuses = await Promise.all(
      Array.from({ length: 130 }, async () => (await view(id, { secret, address: '198.51.100.99' })).status),
    )
    expect(statuses.filter((status) => status === 200)).toHaveLength(120)
    expect(statuses.filter((status) => status === 429)).toHaveLength(10)
    expect((await view(id, { secret, address: '198.51.100.100' })).status).toBe(200)
  })

  test('that is frozen shows the bytes that it keeps, and hands them out as a file with their hash', async () => {
    const { ctx } = server.running
    const app = await ctx.store.apps.get(OWN)
    const admin = { kind: 'token', id: 't', name: 't', role: 'admin', apps: ['*'] } as const
    const content = { kind: 'frozen', scope: SCOPE } as const
    const kept = await freeze(ctx, authorize(admin, 'admin', app, content))
    const row = { content: JSON.stringify(content), frozen: kept.text, frozen_at: nowS(), sha256: kept.sha256 }
    const { id, secret } = await share(row)
    const file = await view(id, { secret, body: { file: true } })
    expect(file.headers.get('content-disposition')).toContain('attachment')
    const text = await file.text()
    expect(text).toBe(kept.text)
    expect(createHash('sha256').update(text).digest('hex')).toBe(kept.sha256)
    const page = await (await view(id, { secret, body: { query: { page: 'losses', range: '30d' } } })).text()
    const [, shown = ''] = /"view":(.*)\}$/.exec(page) ?? []
    expect(shown.length).toBeGreaterThan(100)
    expect(kept.text).toContain(shown)
    expect(viewShareReply.parse(JSON.parse(page))).toMatchObject({
      head: { kind: 'frozen', frozen: { sha256: kept.sha256, erased: false } },
    })
    const live = await share()
    expect((await view(live.id, { secret: live.secret, body: { file: true } })).status).toBe(403)
  })
})
