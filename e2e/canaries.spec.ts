import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join, resolve } from 'node:path'
import type { APIRequestContext } from '@playwright/test'
import { bundled } from '../lib/testing/bundled'
import { CAST } from './testing/cast'
import { SDK_APP_ID, SECRET_KEY } from './testing/emulator-process'
import { expect, test } from './testing/fixtures'
import { issueSecrets } from './testing/issued-secrets'
import type { Server } from './testing/server'
import { testEnv } from './testing/test-env'

/** Every secret of the configuration and everything that people type or receive once. Each is unlike any other text. */
const GIVEN = {
  'the secret key': SECRET_KEY,
  'the master key': randomBytes(32).toString('base64'),
  'the next master key': randomBytes(32).toString('base64'),
  'the secret of single sign-on': 'canary-single-sign-on-40-sings-at-noon',
  'the metrics token': 'canary-scrape-9f41c7e2a05bd836',
  'the password of the administrator': 'canary harbour 41 sings at noon',
  'a password of the command line': 'canary harbour 42 sings at noon',
  'a wrong password': 'canary harbour 43 sings at noon',
  'a password in broken JSON': 'canary-harbour-44-sings-at-noon',
  'a password in a broken form': 'canary-harbour-45-sings-at-noon',
  'a password in an aborted body': 'canary-harbour-46-sings-at-noon',
  'a wrong setup token': 'canary-setup-47-sings-at-noon',
  'a wrong API token': 'plk_canary48_singsatnoonsingsatnoonsingsatnoon',
  'a wrong session': 'canary-session-49-sings-at-noon',
}
/** People are shown to those who look them up, and to nobody else. */
const USER = 'canary_user_5b1e9'
const APP = `/api/v1/apps/${SDK_APP_ID}`

test('no secret of any flow is in a bundle, page, answer, log, error, database or backup', async ({ request }) => {
  const env = {
    MASTER_KEY: GIVEN['the master key'],
    NEW_MASTER_KEY: GIVEN['the next master key'],
    METRICS_TOKEN: GIVEN['the metrics token'],
    OIDC_ISSUER: 'https://id.example.com',
    OIDC_CLIENT_ID: 'pushlens',
    OIDC_CLIENT_SECRET: GIVEN['the secret of single sign-on'],
    OIDC_ROLE_CLAIM: 'groups',
    OIDC_ROLE_MAP: 'staff=viewer',
  }
  const { emulator, folder, start, end, env: given } = await testEnv(20)
  try {
    const administrator = { ADMIN_PASSWORD: GIVEN['the password of the administrator'] }
    const all = { ...given, ...env, ...administrator }
    const server = await start({ ...env, ...administrator, LOG_LEVEL: 'debug' })
    const seen: string[] = []
    const secrets: Record<string, string> = { ...GIVEN }

    const cli = (args: string[], input = '') => commandLine(all, args, input)
    const added = ['user', 'add', '--email', CAST.support, '--role', 'support', '--password-stdin']
    seen.push(cli(added, GIVEN['a password of the command line']))
    // These are shown once, to the person who asks for them.
    secrets['a generated password'] = lastLine(cli(['user', 'reset', '--email', CAST.support]))
    secrets['an API token'] = lastLine(cli(['token', 'create', '--name', 'c', '--role', 'support']))
    secrets['the key that signs alerts'] = lastLine(cli(['alert', 'key']))

    seen.push(...(await wrongRequests(request, server)))
    const { sessions, answers } = await rightRequests(request, server, secrets)
    Object.assign(secrets, sessions)
    const issued = await issueSecrets(request, server.url, GIVEN['the password of the administrator'])
    Object.assign(secrets, issued.secrets)
    seen.push(...issued.answers, cli(['key', 'rotate']))
    await emulator.control('/faults', { kind: 'code', endpoint: '*', code: 70009 })
    seen.push(...answers, await (await request.get(`${server.url}${APP}/funnel?range=24h`)).text())
    seen.push(cli(['backup', '--to', join(folder, 'copy.db')]), cli(['doctor']))
    await server.stop()

    const outside = [...seen, server.output(), ...filesBelow('.next/static')]
    const kept = filesBelow(folder)
    expect(kept.length).toBeGreaterThan(1)
    const places = { outside, kept }
    for (const [name, secret] of Object.entries(secrets)) expect(secret.length, name).toBeGreaterThan(15)
    expect(placesOf(secrets, places)).toEqual([])
    // The same search finds what is meant to be there, so the places hold what they should.
    const known = { 'the SDKAppID': String(SDK_APP_ID) }
    expect(placesOf(known, places)).toEqual(['the SDKAppID: outside', 'the SDKAppID: kept'])
    expect([server.output(), ...kept].filter((text) => text.includes(USER))).toEqual([])
    expect(server.output()).not.toMatch(/usersig=|ECONNRESET/)
  } finally {
    await end()
  }
})

/** Names each secret with each place that holds it, as it is or as an address, a form or hexadecimal digits write it. */
function placesOf(secrets: Record<string, string>, places: Record<string, string[]>): string[] {
  return Object.entries(secrets).flatMap(([name, secret]) => {
    const form = encodeURIComponent(secret)
    const written = [secret, form, form.replaceAll('%20', '+'), Buffer.from(secret).toString('hex')]
    return Object.entries(places).flatMap(([place, texts]) =>
      texts.some((text) => written.some((one) => text.includes(one))) ? `${name}: ${place}` : [],
    )
  })
}

/** Sends secrets where they do not belong. Returns the answers. */
async function wrongRequests(request: APIRequestContext, { url }: Server): Promise<string[]> {
  const credentials = `${url}/api/auth/callback/credentials`
  const origin = { origin: url }
  const json = { ...origin, 'content-type': 'application/json' }
  const broken = `{"email":"${CAST.admin}","password":"${GIVEN['a password in broken JSON']}"`
  const setup = {
    token: GIVEN['a wrong setup token'],
    email: 'eve@example.com',
    name: 'Eve',
    password: GIVEN['a wrong password'],
  }
  const { csrfToken } = await (await request.get(`${url}/api/auth/csrf`)).json()
  const wrong = { csrfToken, email: CAST.admin, password: GIVEN['a wrong password'], json: 'true' }
  const answers = [
    await request.post(credentials, { form: wrong, headers: origin }),
    await request.post(credentials, { data: Buffer.from(broken), headers: json }),
    await request.post(`${url}/api/auth/signout`, { data: Buffer.from(broken), headers: json }),
    await request.post(credentials, {
      data: Buffer.from(`password=${GIVEN['a password in a broken form']}&%`),
      headers: { ...origin, 'content-type': 'text/plain' },
    }),
    await request.post(`${url}/api/v1/setup`, { data: setup, headers: origin }),
    await request.post(`${url}/api/v1/setup`, { data: Buffer.from(broken), headers: json }),
    await request.get(`${url}/api/v1/apps`, { headers: { authorization: `Bearer ${GIVEN['a wrong API token']}` } }),
    await request.get(`${url}/metrics`, { headers: { authorization: `Bearer ${GIVEN['a wrong API token']}` } }),
    await request.get(url, { headers: { cookie: `pl=${GIVEN['a wrong session']}` } }),
    await request.get(`${url}/sign-in`),
  ]
  for (const path of ['/api/auth/callback/credentials', '/api/v1/setup']) {
    await abort(url, path, `{"password":"${GIVEN['a password in an aborted body']}`)
  }
  return Promise.all(answers.map((answer) => answer.text()))
}

/** Starts to send a body and disconnects once the server has read some of it. */
function abort(url: string, path: string, body: string): Promise<void> {
  const { host, port, hostname } = new URL(url)
  const head = [
    `POST ${path} HTTP/1.1`,
    `Host: ${host}`,
    `Origin: ${url}`,
    'Content-Type: application/json',
    'Expect: 100-continue',
  ]
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () =>
      socket.write(`${head.join('\r\n')}\r\nContent-Length: 999\r\n\r\n`),
    )
    // The interim answer says that the application is about to read.
    socket.once('data', () => socket.write(body, () => socket.resetAndDestroy()))
    socket.once('close', () => resolve())
  })
}

/** Signs in, looks a person up by session and by token, and signs out. Returns the answers and the secrets they set. */
async function rightRequests(request: APIRequestContext, { url }: Server, secrets: Record<string, string>) {
  const origin = { origin: url }
  const { csrfToken } = await (await request.get(`${url}/api/auth/csrf`)).json()
  const form = { csrfToken, email: CAST.admin, password: GIVEN['the password of the administrator'], json: 'true' }
  const signedIn = await request.post(`${url}/api/auth/callback/credentials`, { form, headers: origin })
  expect(signedIn.status(), await signedIn.text()).toBe(200)
  const { cookies } = await request.storageState()
  const cookie = (name: string) => cookies.find((one) => one.name === name)?.value ?? ''
  const sessions = { 'a session': cookie('pl'), 'a device cookie': cookie('pushlens-device') }
  const bearer = { authorization: `Bearer ${secrets['an API token']}` }
  const lookUp = { taskId: 'canary_task', userId: USER }
  const pages = ['/', '/losses', '/campaigns', '/lookup', '/settings/system', '/nowhere', '/?range=forever']
  const answers = [
    signedIn,
    await request.post(`${url}${APP}/traces/lookup`, { data: lookUp, headers: origin }),
    await request.post(`${url}${APP}/users/lookup`, { data: { userId: USER }, headers: origin }),
    await request.get(`${url}${APP}/status`),
    await request.get(`${url}/api/v1/apps`, { headers: bearer }),
    await request.post(`${url}${APP}/traces/lookup`, { data: lookUp, headers: bearer }),
    await request.get(`${url}/metrics`, { headers: { authorization: `Bearer ${GIVEN['the metrics token']}` } }),
  ]
  for (const path of pages) {
    answers.push(await request.get(url + path), await request.get(url + path, { headers: { rsc: '1' } }))
  }
  expect(answers.filter((answer) => answer.status() >= 500)).toEqual([])
  return { sessions, answers: await Promise.all(answers.map((answer) => answer.text())) }
}

/** Runs a command as an administrator does. Returns what it prints, also where it fails. */
function commandLine(env: Record<string, string>, args: string[], input: string): string {
  try {
    return execFileSync(process.execPath, [...bundled('scripts/cli.ts'), ...args], {
      cwd: resolve(import.meta.dirname, '..'),
      env: { ...process.env, ...env },
      input,
      encoding: 'utf8',
      stdio: 'pipe',
    })
  } catch (error) {
    return error instanceof Error && 'stdout' in error ? String(error.stdout) : ''
  }
}

const lastLine = (text: string) => text.trim().split('\n').at(-1) ?? ''

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
}
