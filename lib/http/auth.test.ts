import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { startSession } from '@/lib/access/sessions'
import { codeAt } from '@/lib/access/testing/authenticator'
import type { Running } from '@/lib/context'
import { authRoute } from './auth'
import { confirmSecondFactorRoute, requiredRolesRoute, startSecondFactorRoute } from './second-factor'
import { setupRoute } from './setup'
import { ORIGIN, type Served, served } from './testing/served'

const CANARY = 'canary-password-7341'
let env: Served
let running: Running
let adminId: string
const lines: string[] = []

beforeAll(async () => {
  env = await served()
  running = env.running
  const note = (...said: unknown[]) =>
    void lines.push(JSON.stringify(said, (_, value) => (value instanceof Error ? value.stack : value)))
  Object.assign(running.log, { error: note, warn: note })
  adminId = (await running.access.people.byEmail('admin@example.com'))?.id ?? ''
})
afterEach(() => void lines.splice(0))
afterAll(() => env.end())

const FORM = 'application/x-www-form-urlencoded'
const JSON_TYPE = 'application/json'
const BODIES: [string, string, string, number][] = [
  ['no body', JSON_TYPE, '', 400],
  ['broken JSON', JSON_TYPE, `{"password":"${CANARY}`, 400],
  ['form data sent as JSON', JSON_TYPE, `email=a@example.com&password=${CANARY}`, 400],
  ['JSON that is not an object', JSON_TYPE, `["${CANARY}"]`, 400],
  ['a number as password', JSON_TYPE, `{"csrfToken":"x","email":"a@example.com","password":7}`, 400],
  ['an unknown field', JSON_TYPE, `{"csrfToken":"x","email":"a","password":"b","${CANARY}":"x"}`, 400],
  ['JSON sent as a form', FORM, `{"password":"${CANARY}"}`, 400],
  ['a form without a token', FORM, `email=a@example.com&password=${CANARY}`, 400],
  ['a form with a field twice', FORM, `csrfToken=x&email=a@example.com&password=${CANARY}&password=b`, 400],
  ['a form that is too large', FORM, `password=${'x'.repeat(70_000)}${CANARY}`, 413],
  ['another type', 'text/plain', CANARY, 415],
  ['multipart data', 'multipart/form-data; boundary=x', CANARY, 415],
]

test.each(BODIES.flatMap((body) => [['callback', 'credentials'], ['signout']].map((action) => ({ body, action }))))(
  '$action.0 with $body.0 is refused, and nothing repeats it',
  async ({ body: [, type, body, status], action }) => {
    const stderr = vi.spyOn(process.stderr, 'write')
    const headers = { 'content-type': type, origin: ORIGIN }
    const request = new Request(`${ORIGIN}/api/auth/${action.join('/')}`, { method: 'POST', headers, body })
    const answer = await authRoute(request, { params: Promise.resolve({ nextauth: action }) })
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    const seen = (await answer.text()) + lines.join() + stderr.mock.calls.join()
    stderr.mockRestore()
    expect(seen).not.toContain(CANARY.slice(0, 10))
  },
)

test('a forwarded address that is not believed is logged once an hour', async () => {
  const post = (headers: Record<string, string>) => {
    const request = new Request(`${ORIGIN}/api/v1/setup`, { method: 'POST', headers, body: '{}' })
    return setupRoute(request, { params: Promise.resolve({}) })
  }
  await post({ origin: ORIGIN, 'content-type': JSON_TYPE })
  expect(lines).toEqual([])
  for (let i = 0; i < 3; i += 1) await post({ origin: ORIGIN, 'x-pushlens-forwarded': 'ignored' })
  expect(lines).toHaveLength(1)
  expect(lines[0]).toContain('set TRUST_PROXY')
})

test('an administrator of all apps requires a second factor, and the next session does nothing before the set-up', async () => {
  const call = async (handler: typeof startSecondFactorRoute, method: string, cookie: string, body: unknown) => {
    const headers = { 'content-type': JSON_TYPE, origin: ORIGIN, cookie: `pl=${cookie}` }
    const request = new Request(`${ORIGIN}/x`, { method, headers, body: JSON.stringify(body) })
    const answer = await handler(request, { params: Promise.resolve({}) })
    return { status: answer.status, reply: await answer.json() }
  }
  const session = async () => (await startSession(running.access, adminId, { address: 'x', agent: 'x' })).reveal()
  const first = await session()
  expect(await call(requiredRolesRoute, 'PUT', first, { roles: ['admin'] })).toEqual({
    status: 200,
    reply: { roles: ['admin'] },
  })
  const due = await session()
  expect((await call(requiredRolesRoute, 'PUT', due, { roles: [] })).status).toBe(401)
  // The open session still needs the password; the due one has just had it.
  expect((await call(startSecondFactorRoute, 'POST', first, {})).reply).toMatchObject({ code: 'bad_request' })
  const { reply } = await call(startSecondFactorRoute, 'POST', due, {})
  expect(reply.uri).toMatch(/^otpauth:\/\/totp\/Pushlens%20localhost:admin%40example\.com\?/)
  const confirmed = await call(confirmSecondFactorRoute, 'POST', due, { code: codeAt(reply.secret, Date.now()) })
  expect([confirmed.status, confirmed.reply.recoveryCodes.length]).toEqual([200, 10])
  expect((await call(requiredRolesRoute, 'PUT', due, { roles: [] })).status).toBe(200)
})

test('a session that must set up a second factor needs our Origin', async () => {
  await running.access.secondFactors.remove(adminId)
  await running.access.settings.set('second_factor_roles', 'admin')
  const cookie = `pl=${(await startSession(running.access, adminId, { address: 'x', agent: 'x' })).reveal()}`
  for (const origin of [null, 'null', 'http://evil.example']) {
    const headers = new Headers({ 'content-type': JSON_TYPE, cookie })
    if (origin !== null) headers.set('origin', origin)
    const request = new Request(`${ORIGIN}/x`, { method: 'POST', headers, body: '{}' })
    const answer = await startSecondFactorRoute(request, { params: Promise.resolve({}) })
    expect(await answer.json()).toMatchObject({ code: 'bad_origin' })
  }
})
