import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startSession } from '@/lib/access/sessions'
import { addPerson } from '@/lib/access/sign-in/add-person'
import { compose, type Running } from '@/lib/context'
import { readEnv } from '@/lib/env'
import { bundled } from '@/lib/testing/bundled'

/** The command line changes people while a server runs on the same database. */
const folder = mkdtempSync(join(tmpdir(), 'pl-users-'))
const DATABASE_URL = `sqlite:${folder}/pushlens.db`
const ORIGIN = 'http://localhost:3000'
const PASSWORD = 'a lighthouse keeps no secrets 9'
let running: Running
let pm = ''

beforeAll(async () => {
  running = await compose(
    readEnv({
      DATABASE_URL,
      PUBLIC_URL: ORIGIN,
      ADMIN_EMAIL: 'ada@example.com',
      ADMIN_PASSWORD: PASSWORD,
      TIM_SDKAPPID: '1400187352',
      TIM_SECRET_KEY: 'a-secret-key-that-signs-nothing-here',
      TIM_BASE_URL: 'http://127.0.0.1:9',
      COLLECTOR: 'off',
      LOG_LEVEL: 'silent',
    }),
  )
  Object.assign(globalThis, { [Symbol.for('pushlens.running')]: Promise.resolve(running) })
})
beforeEach(async () => {
  const known = await running.access.people.byEmail('pm@example.com')
  const given = { email: 'pm@example.com', name: 'pm', password: PASSWORD }
  const id = known?.id ?? (await addPerson(running.access, given, [{ app: '*', role: 'viewer' }]))
  pm = `pl=${(await startSession(running.access, id, { address: '', agent: '' })).reveal()}`
})
afterAll(async () => {
  await running.stop()
  rmSync(folder, { recursive: true })
})

function cli(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const line = [...bundled('scripts/cli.ts'), ...args]
  const env = { NODE_ENV: 'test' as const, PATH: process.env.PATH, HOME: process.env.HOME, DATABASE_URL }
  return new Promise((done) => {
    execFile(process.execPath, line, { cwd: resolve(import.meta.dirname, '../..'), env }, (error, out, err) =>
      done({ code: error ? Number(error.code) : 0, out, err }),
    )
  })
}

/** Returns the status of the person's next request. */
async function nextRequest() {
  const { GET } = await import('@/app/api/v1/profile/route')
  const request = new Request(`${ORIGIN}/api/v1/profile`, { headers: { cookie: pm } })
  const answer = await GET(request, { params: Promise.resolve({}) })
  return answer.status
}

const who = ['--email', 'pm@example.com']

test('user role, disable and sessions end are effective on the next request of a running server', async () => {
  const session = async () => {
    const person = await running.access.people.byEmail('pm@example.com')
    pm = `pl=${(await startSession(running.access, person?.id ?? '', { address: '', agent: '' })).reveal()}`
    return nextRequest()
  }
  expect(await nextRequest()).toBe(200)
  expect(await cli('user', 'role', ...who, '--role', 'support')).toMatchObject({ code: 0 })
  expect(await nextRequest()).toBe(401)
  expect(await session()).toBe(200)
  expect((await cli('user', 'sessions', 'end', ...who)).out).toContain('Ended sessions: 1')
  expect(await nextRequest()).toBe(401)
  expect(await cli('user', 'disable', ...who)).toMatchObject({ code: 0 })
  expect(await session()).toBe(401)
  expect((await cli('user', 'list')).out).toContain('pm@example.com\tpm\tsupport on all apps\tdisabled')
  expect(await cli('user', 'enable', ...who)).toMatchObject({ code: 0 })
  expect(await session()).toBe(200)
}, 60_000)

test('a role on one app is set and taken away without touching the others', async () => {
  await cli('user', 'role', ...who, '--role', 'viewer')
  const set = await cli('user', 'role', ...who, '--role', 'editor', '--app', '1400187352')
  expect(set.out).toContain('viewer on all apps, editor on 1400187352')
  const taken = await cli('user', 'role', ...who, '--role', 'none', '--app', '1400187352')
  expect(taken.out).toContain('Roles: viewer on all apps')
  expect(await cli('user', 'role', ...who, '--role', 'viewer', '--app', '1')).toMatchObject({
    code: 1,
    err: expect.stringContaining('there is no app 1'),
  })
}, 60_000)

test('the last administrator is refused, and the reason is printed', async () => {
  const ada = ['--email', 'ada@example.com']
  for (const args of [
    ['user', 'role', ...ada, '--role', 'viewer'],
    ['user', 'disable', ...ada],
    ['user', 'remove', ...ada, '--confirm', 'ada@example.com'],
  ]) {
    expect(await cli(...args)).toMatchObject({ code: 1, err: expect.stringContaining('nobody else administers') })
  }
}, 60_000)

test('user remove needs the address twice', async () => {
  expect(await cli('user', 'remove', ...who)).toMatchObject({ code: 1, err: expect.stringContaining('--confirm') })
  expect(await nextRequest()).toBe(200)
  expect(await cli('user', 'remove', ...who, '--confirm', 'pm@example.com')).toMatchObject({ code: 0 })
  expect(await nextRequest()).toBe(401)
}, 60_000)

test('user invite prints a link that a running server accepts', async () => {
  const { out } = await cli('user', 'invite', '--email', 'new@example.com', '--role', 'viewer')
  const link = new URL(out.trim())
  expect([link.origin, link.pathname, link.search]).toEqual([ORIGIN, '/invite', ''])
  const { POST } = await import('@/app/api/v1/invitations/open/route')
  const headers = { 'content-type': 'application/json', origin: ORIGIN }
  const body = JSON.stringify({ secret: link.hash.slice(1) })
  const request = new Request(`${ORIGIN}/api/v1/invitations/open`, { method: 'POST', headers, body })
  const answer = await POST(request, { params: Promise.resolve({}) })
  expect(await answer.json()).toMatchObject({ kind: 'join', email: 'new@example.com' })
}, 60_000)

test('what the command line does is in the audit', async () => {
  await cli('user', 'add', '--email', 'lee@example.com', '--role', 'viewer')
  const { items } = await running.ctx.store.audit.list({ limit: 1 })
  expect(items[0]).toMatchObject({ actor: 'command line', action: 'person.add', detail: { roles: '*:viewer' } })
}, 60_000)
