import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GET as listApps } from '@/app/api/v1/apps/route'
import { DELETE } from '@/app/api/v1/tokens/[id]/route'
import { GET, POST } from '@/app/api/v1/tokens/route'
import { createdTokenReply, type TokenReply, tokensReply } from '@/lib/contract/access/tokens'
import { endToken, listTokens, newToken } from '@/scripts/commands/tokens'
import { type Credentials, call, OWN, type Served, served } from './testing/served'

const DAY_MS = 86_400_000
const BODY = { name: 'Nightly report', role: 'viewer', apps: [OWN] }
let env: Served
let owner: Credentials

beforeAll(async () => {
  env = await served()
  owner = await env.person('owner', '*', 'admin')
})
afterAll(() => env.end())

const create = async (more: object = {}) => {
  const answer = await call(POST, 'POST', '/api/v1/tokens', { as: owner, body: { ...BODY, ...more } })
  expect(answer.status).toBe(201)
  return createdTokenReply.parse(await answer.json())
}
const list = async (): Promise<TokenReply[]> =>
  tokensReply.parse(await (await call(GET, 'GET', '/api/v1/tokens', { as: owner })).json()).items
const revoke = (id: string, as = owner) => call(DELETE, 'DELETE', '/api/v1/tokens/[id]', { as, params: { id } })
/** The status of a request with the token. */
const use = async (token: string) =>
  (await call(listApps, 'GET', '/api/v1/apps', { as: { authorization: `Bearer ${token}` } })).status
const actions = async () => (await env.running.ctx.store.audit.list({ limit: 20 })).items.map(({ action }) => action)

describe('a token', () => {
  test('is shown once, by its creation, and expires after 90 days', async () => {
    const { token, ...made } = await create()
    expect(token).toMatch(/^plk_/)
    expect(made).toMatchObject({
      name: 'Nightly report',
      role: 'viewer',
      apps: [OWN],
      state: 'active',
      lastUsedAt: null,
    })
    expect(made.createdBy).toEqual({ kind: 'person', name: 'owner' })
    expect(Date.parse(made.expiresAt ?? '') - Date.parse(made.createdAt)).toBe(90 * DAY_MS)
    const answer = await (await call(GET, 'GET', '/api/v1/tokens', { as: owner })).text()
    expect(answer).toContain(made.id)
    expect(answer).not.toContain(token)
  })

  test('lasts as long as chosen, or for ever', async () => {
    expect((await create({ expiresInDays: null })).expiresAt).toBeNull()
    const week = await create({ expiresInDays: 7 })
    expect(Date.parse(week.expiresAt ?? '') - Date.parse(week.createdAt)).toBe(7 * DAY_MS)
  })

  test('works for several apps, and is refused for one that does not exist', async () => {
    expect((await create({ apps: [OWN, OWN] })).apps).toEqual([OWN])
    expect((await create({ apps: ['*'] })).apps).toEqual(['*'])
    for (const [apps, status] of [
      [['999'], 404],
      [['*', OWN], 400],
      [[], 400],
    ] as const) {
      const answer = await call(POST, 'POST', '/api/v1/tokens', { as: owner, body: { ...BODY, apps } })
      expect([answer.status, (await answer.json()).field]).toEqual([status, 'apps'])
    }
  })

  test('shows when it was last used', async () => {
    const { id, token } = await create()
    await use(token)
    expect((await list()).find((one) => one.id === id)?.lastUsedAt).not.toBeNull()
  })

  test('is refused from the next request on, once revoked', async () => {
    const { id, token } = await create()
    expect(await use(token)).toBe(200)
    expect((await (await revoke(id)).json()).state).toBe('revoked')
    expect(await use(token)).toBe(401)
    expect((await revoke(id)).status).toBe(200)
    expect((await revoke('0f7b4d6e-6c0e-4a3c-9a63-2f1f4f6f0c11')).status).toBe(404)
  })

  test('is in the audit when it is created and revoked, once each, without its text', async () => {
    const before = (await actions()).length
    const { id, token } = await create()
    await revoke(id)
    await revoke(id)
    const { items } = await env.running.ctx.store.audit.list({ limit: 2 })
    expect(items.map(({ action, detail }) => [action, detail.token])).toEqual([
      ['token.revoke', id],
      ['token.create', id],
    ])
    expect((await actions()).length - before).toBe(2)
    expect(JSON.stringify(items)).not.toContain(token)
  })
})

describe('the role of an administrator', () => {
  test('as a token lists and revokes, and creates none: a stolen one must not outlive its end', async () => {
    const admin = await env.token('admin', ['*'])
    expect((await call(GET, 'GET', '/api/v1/tokens', { as: admin })).status).toBe(200)
    const { id, token } = await create()
    expect((await revoke(id, admin)).status).toBe(200)
    expect(await use(token)).toBe(401)
    const answer = await call(POST, 'POST', '/api/v1/tokens', { as: admin, body: BODY })
    expect([answer.status, (await answer.json()).code]).toEqual([403, 'forbidden'])
  })

  test('of one app is not enough', async () => {
    const admin = await env.person('admin', OWN, 'admin')
    expect((await call(GET, 'GET', '/api/v1/tokens', { as: admin })).status).toBe(403)
    expect((await call(POST, 'POST', '/api/v1/tokens', { as: admin, body: { junk: 1 } })).status).toBe(403)
    expect((await revoke((await create()).id, admin)).status).toBe(403)
  })
})

describe('the command line', () => {
  const given = { app: '*', 'password-stdin': false }

  test('creates tokens that expire after 90 days, and lists them', async () => {
    const { text } = await newToken(env.env, { ...given, name: 'cron', role: 'editor', app: OWN })
    expect(await use(text)).toBe(200)
    const made = (await list()).find(({ name }) => name === 'cron')
    expect(made?.createdBy).toEqual({ kind: 'command_line', name: null })
    expect(Date.parse(made?.expiresAt ?? '') - Date.parse(made?.createdAt ?? '')).toBe(90 * DAY_MS)
    const listed = (await listTokens(env.env, given)).text
    expect(listed).toMatch(new RegExp(`${made?.id} +active +editor +${OWN} +${made?.expiresAt} .*cron`))
    expect(listed).not.toContain(text)
  })

  test('revokes a token of a running server from the next request on', async () => {
    const { id, token } = await create()
    expect(await use(token)).toBe(200)
    expect(await endToken(env.env, { ...given, id })).toEqual({ text: 'Revoked “Nightly report”.' })
    expect(await use(token)).toBe(401)
    expect((await endToken(env.env, { ...given, id: 'none' })).exitCode).toBe(64)
  })

  test('refuses a wrong role, app or number of days', async () => {
    for (const wrong of [{ role: 'root' }, { app: '999' }, { days: '0' }, { days: 'soon' }, { name: '' }]) {
      const result = await newToken(env.env, { ...given, name: 'x', role: 'viewer', ...wrong })
      expect(result.exitCode, JSON.stringify(wrong)).toBe(64)
    }
    const never = await newToken(env.env, { ...given, name: 'for ever', role: 'viewer', days: 'never' })
    expect(never.exitCode).toBeUndefined()
    expect((await list()).find(({ name }) => name === 'for ever')?.expiresAt).toBeNull()
  })
})
