import { setTimeout as pause } from 'node:timers/promises'
import { dose, figure } from '../lib/testing/dose'
import { addPerson } from './testing/add-person'
import { codeOf } from './testing/authenticator'
import { CAST, PASSWORD } from './testing/cast'
import { expect, test } from './testing/fixtures'
import type { Server } from './testing/server'
import { type TestEnv, testEnv } from './testing/test-env'

/** Guesses against the built app, behind a trusted proxy, from 50 addresses that the attacker chose. */
test.describe.configure({ mode: 'serial' })

const GUESSES = dose(500, 10_000)
const ADDRESSES = 50
const AT_ONCE = 100
/** Free attempts of an account, and those that the growing delay lets through in an hour. */
const LET_THROUGH = 20 + dose(8, 15)
const WITHIN_MS = dose(Number.POSITIVE_INFINITY, 3_000)

let env: TestEnv
let server: Server
test.beforeAll(async () => {
  env = await testEnv(20)
  server = await env.start({ TRUST_PROXY: '1' })
  addPerson(env.env, 'support')
  addPerson(env.env, 'viewer')
})
test.afterAll(() => env.end())
test.beforeEach(() => test.setTimeout(dose(240_000, 3_600_000)))

interface Fields {
  email: string
  password: string
  code?: string
}

/** A browser at an address. It keeps its cookies, so that a second sign-in comes from a known device. */
async function browserAt(address: string) {
  const jar = new Map<string, string>()
  const send = async (path: string, init: RequestInit = {}) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { origin: server.url, 'x-forwarded-for': address, cookie, ...init.headers }
    const answer = await fetch(server.url + path, { redirect: 'manual', ...init, headers })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      jar.set(name, value)
    }
    return answer
  }
  const post = (path: string, body: unknown) =>
    send(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  const { csrfToken } = await (await send('/api/auth/csrf')).json()
  const signIn = async (fields: Fields) => {
    const began = performance.now()
    const answer = await post('/api/auth/callback/credentials', { csrfToken, json: 'true', ...fields })
    const reply = await answer.json()
    return { status: answer.status, code: reply.code as string | undefined, ms: performance.now() - began }
  }
  return { post, signIn }
}

const browsers = async () => Promise.all(Array.from({ length: ADDRESSES }, (_, i) => browserAt(`203.0.113.${i + 1}`)))

/** Sends all guesses, and counts the answers by status and code. `during` runs while they are on their way. */
async function attack(guess: (i: number) => Fields, during: () => Promise<void>) {
  const from = await browsers()
  const counts = new Map<string, number>()
  let next = 0
  let ended = false
  const worker = async () => {
    for (let i = next++; i < GUESSES; i = next++) {
      const { status, code } = (await from[i % ADDRESSES]?.signIn(guess(i))) ?? {}
      counts.set(`${status} ${code}`, (counts.get(`${status} ${code}`) ?? 0) + 1)
    }
  }
  const all = Promise.all(Array.from({ length: AT_ONCE }, worker)).finally(() => (ended = true))
  await expect.poll(() => counts.size).toBeGreaterThan(0)
  while (!ended) {
    await during()
    await pause(200)
  }
  await all
  return Object.fromEntries(counts)
}

test('passwords of one person: few are checked, and the person signs in meanwhile', async () => {
  const own = await browserAt('198.51.100.7')
  const credentials = { email: CAST.support, password: PASSWORD }
  expect((await own.signIn(credentials)).status).toBe(200)
  const times: number[] = []
  const counts = await attack(
    (i) => ({ email: CAST.support, password: `not the password ${i}` }),
    async () => {
      const { status, ms } = await own.signIn(credentials)
      expect(status).toBe(200)
      times.push(ms)
    },
  )
  expect(Object.keys(counts).sort()).toEqual(['401 bad_credentials', '429 too_many'])
  expect(counts['401 bad_credentials']).toBeLessThanOrEqual(LET_THROUGH)
  expect(Math.max(...times)).toBeLessThan(WITHIN_MS)
  figure(
    'passwords',
    `${GUESSES} passwords of one person from ${ADDRESSES} addresses: ${counts['401 bad_credentials']} were checked. ` +
      `Meanwhile the person signed in ${times.length} times, in at most ${Math.round(Math.max(...times))} ms`,
  )
})

test('passwords of unknown people: everybody else still signs in, also with a new browser', async () => {
  const times: number[] = []
  const counts = await attack(
    (i) => ({ email: `nobody${i}@example.com`, password: 'a password that many people use' }),
    async () => {
      const fresh = await browserAt('198.51.100.8')
      const { status, ms } = await fresh.signIn({ email: CAST.viewer, password: PASSWORD })
      expect(status).toBe(200)
      times.push(ms)
    },
  )
  const refused = GUESSES - (counts['401 bad_credentials'] ?? 0)
  expect(Math.max(...times)).toBeLessThan(WITHIN_MS)
  figure(
    'accounts',
    `${GUESSES} sign-ins of unknown people from ${ADDRESSES} addresses, ${AT_ONCE} at once: ${refused} were refused ` +
      `unchecked. Meanwhile a person with a new browser signed in ${times.length} times, in at most ` +
      `${Math.round(Math.max(...times))} ms`,
  )
})

test('codes of a person whose password is known: few are checked, none twice', async () => {
  const own = await browserAt('198.51.100.9')
  const credentials = { email: CAST.viewer, password: PASSWORD }
  expect((await own.signIn(credentials)).status).toBe(200)
  const begun = await own.post('/api/v1/profile/second-factor', { password: PASSWORD })
  const { secret } = await begun.json()
  const confirmed = await own.post('/api/v1/profile/second-factor/confirm', { code: codeOf(secret, -1) })
  const { recoveryCodes } = await confirmed.json()
  let used = 0
  const counts = await attack(
    (i) => ({ ...credentials, code: i % 2 ? String(i).padStart(6, '0') : `${i}`.padStart(16, '7') }),
    async () => {
      if (used === recoveryCodes.length) return
      const answers = [await own.signIn({ ...credentials, code: recoveryCodes[used] })]
      used += 1
      answers.push(await own.signIn({ ...credentials, code: recoveryCodes[used - 1] }))
      expect(answers.map(({ status, code }) => code ?? status)).toEqual([200, 'bad_code'])
    },
  )
  // The password is right each time, so it costs a check. The queue refuses what is too much.
  const refusals = ['401 bad_code', '429 too_many', '503 unavailable']
  expect(Object.keys(counts).filter((answer) => !refusals.includes(answer))).toEqual([])
  expect(counts['401 bad_code']).toBeLessThanOrEqual(LET_THROUGH)
  figure(
    'codes',
    `${GUESSES} codes of one person whose password is known, from ${ADDRESSES} addresses: ${counts['401 bad_code']} were ` +
      `checked. Meanwhile the person signed in with ${used} recovery codes, each accepted once`,
  )
})
