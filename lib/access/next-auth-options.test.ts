import { inspect } from 'node:util'
import NextAuth from 'next-auth'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Db } from '@/lib/store/engine/open'
import { describeStores } from '@/lib/store/testing/database'
import { deviceCookie, sessionCookie } from './cookies'
import { isAuthAction, nextAuthOptions } from './next-auth-options'
import { principalOf } from './principal'
import { accessEnv } from './testing/access-env'

const PASSWORD = 'violet anchor tundra'
const before = process.env.NEXTAUTH_URL

/** The front door sets this from PUBLIC_URL before Next is loaded. */
beforeAll(() => {
  process.env.NEXTAUTH_URL = 'https://push.example.com'
})
afterAll(() => {
  if (before === undefined) delete process.env.NEXTAUTH_URL
  else process.env.NEXTAUTH_URL = before
})

function fakeAnswer() {
  const answer = {
    code: 200,
    body: undefined as unknown,
    cookies: [] as string[],
    status(code: number) {
      answer.code = code
      return answer
    },
    getHeader: () => answer.cookies,
    setHeader(name: string, value: string[]) {
      if (name === 'Set-Cookie') answer.cookies = value
    },
    send(sent: unknown) {
      answer.body = sent
    },
    json: (sent: unknown) => answer.send(sent),
    end: () => undefined,
  }
  return answer
}

/** A browser in front of next-auth's handler. Keeps cookies and reads our two cookies by their exact names. */
async function browserOn(db: Db, publicUrl = new URL('https://push.example.com')) {
  const env = accessEnv(db)
  const jar = new Map<string, string>()
  const logged: string[] = []
  const lines: string[] = []

  async function ask(method: string, path: string, body: Record<string, unknown> = {}) {
    const visit = {
      address: '192.0.2.7',
      agent: 'Browser',
      session: jar.get(sessionCookie(publicUrl).name) ?? null,
      device: jar.get(deviceCookie(publicUrl).name) ?? null,
    }
    const deps = { ...env.deps, publicUrl, log: (code: string) => void logged.push(code) }
    const { options, outcome } = nextAuthOptions(deps, visit)
    const request = { query: { nextauth: path.split('/') }, body: { ...body, json: 'true' }, headers: {}, method }
    const answer = fakeAnswer()
    // Substitutes for the request and response of Next's pages, which next-auth's handler also accepts.
    await NextAuth({ ...request, cookies: Object.fromEntries(jar) } as never, answer as never, options)
    for (const line of [...answer.cookies, ...outcome.setCookies]) keep(line)
    return { status: answer.code, body: answer.body, outcome, options }
  }

  function keep(line: string) {
    lines.push(line)
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    if (value === '') jar.delete(name)
    else jar.set(name, decodeURIComponent(value))
  }

  async function post(path: string, body: Record<string, unknown> = {}) {
    const csrf = await ask('GET', 'csrf')
    return ask('POST', path, { ...body, ...(csrf.body as object) })
  }

  const session = () => jar.get(sessionCookie(publicUrl).name) ?? null
  return {
    ...env,
    ask,
    post,
    jar,
    logged,
    lines,
    session,
    signIn: (password = PASSWORD) => post('callback/credentials', { email: 'pm@example.com', password }),
    who: () => principalOf(env.deps, { session: session(), authorization: null }),
  }
}

describeStores('signing in by next-auth', ({ open }) => {
  test('sets a cookie that is the session id alone and opens the principal', async () => {
    const browser = await browserOn(await open())
    await browser.add('pm', PASSWORD)
    const { status, outcome } = await browser.signIn()
    expect([status, outcome.personId, outcome.error]).toEqual([200, 'id-pm', null])
    expect(browser.session()).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(await browser.who()).toMatchObject({ kind: 'person', id: 'id-pm' })
    const line = browser.lines.find((text) => text.startsWith('__Host-pl='))
    for (const part of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) expect(line).toContain(part)
    expect(line).not.toContain('Domain')
  })

  test('stores where the session came from', async () => {
    const browser = await browserOn(await open())
    await browser.add('pm', PASSWORD)
    await browser.signIn()
    const rows = await browser.db.selectFrom('sessions').select(['person_id', 'address', 'agent']).execute()
    expect(rows).toEqual([{ person_id: 'id-pm', address: '192.0.2.7', agent: 'Browser' }])
  })

  test('over plain http the cookies have plain names', async () => {
    process.env.NEXTAUTH_URL = 'http://localhost:3000'
    const browser = await browserOn(await open(), new URL('http://localhost:3000'))
    process.env.NEXTAUTH_URL = 'https://push.example.com'
    await browser.add('pm', PASSWORD)
    await browser.signIn()
    expect([...browser.jar.keys()].sort()).toEqual([
      'next-auth.callback-url',
      'next-auth.csrf-token',
      'pl',
      'pushlens-device',
    ])
  })

  test('a new sign-in creates a new id and ends the earlier session', async () => {
    const browser = await browserOn(await open())
    await browser.add('pm', PASSWORD)
    await browser.signIn()
    const first = browser.session()
    await browser.signIn()
    expect(browser.session()).not.toBe(first)
    expect(await principalOf(browser.deps, { session: first, authorization: null })).toEqual({ kind: 'anonymous' })
    expect(await browser.who()).toMatchObject({ kind: 'person' })
  })

  test('an id planted by an attacker is never adopted', async () => {
    const browser = await browserOn(await open())
    await browser.add('pm', PASSWORD)
    browser.jar.set('__Host-pl', 'x'.repeat(43))
    await browser.signIn()
    expect(browser.session()).not.toBe('x'.repeat(43))
  })

  test('signing out ends the session for every copy of the cookie, and is audited', async () => {
    const browser = await browserOn(await open())
    await browser.add('pm', PASSWORD)
    await browser.signIn()
    const copy = browser.session()
    await browser.post('signout')
    expect(browser.session()).toBeNull()
    expect(await principalOf(browser.deps, { session: copy, authorization: null })).toEqual({ kind: 'anonymous' })
    const notes = await browser.db.selectFrom('audit').select(['actor', 'action']).orderBy('id').execute()
    expect(notes.at(-1)).toEqual({ actor: 'person:id-pm', action: 'sign_out' })
  })

  test('a cookie of another program whose name begins like ours does not keep the session alive', async () => {
    const browser = await browserOn(await open())
    await browser.add('pm', PASSWORD)
    await browser.signIn()
    const copy = browser.session()
    browser.jar.set('__Host-plausible', 'of another program')
    await browser.post('signout')
    expect(await principalOf(browser.deps, { session: copy, authorization: null })).toEqual({ kind: 'anonymous' })
  })

  test('a wrong password gives our own error, no cookie, and no reason in the URL', async () => {
    const browser = await browserOn(await open())
    await browser.add('pm', PASSWORD)
    const { status, body, outcome } = await browser.signIn('canary-wrong-password')
    expect(status).toBe(401)
    expect(outcome).toMatchObject({ personId: null, error: { code: 'bad_credentials' }, setCookies: [] })
    expect(body).toEqual({ url: expect.stringMatching(/error\?error=bad_credentials$/) })
    expect(browser.session()).toBeNull()
  })

  test('a broken database is an internal error, and no detail reaches the URL', async () => {
    const browser = await browserOn(await open())
    browser.deps.people.byEmail = async () => {
      throw new Error('canary: connection string')
    }
    const { body, outcome } = await browser.signIn()
    expect(outcome.error).toMatchObject({ code: 'internal' })
    expect(JSON.stringify(body)).not.toContain('canary')
  })

  test('without the CSRF token nobody is signed in or out', async () => {
    const browser = await browserOn(await open())
    await browser.add('pm', PASSWORD)
    const { outcome } = await browser.ask('POST', 'callback/credentials', {
      email: 'pm@example.com',
      password: PASSWORD,
    })
    expect(outcome).toEqual({ personId: null, error: null, setCookies: [] })
    expect(browser.session()).toBeNull()
    await browser.signIn()
    await browser.ask('POST', 'signout', { csrfToken: 'x' })
    expect(await browser.who()).toMatchObject({ kind: 'person' })
  })

  test.each([undefined, 7, null, ['a'], { toString: 'x' }])(
    'a body that holds %s where text belongs is refused',
    async (junk) => {
      const browser = await browserOn(await open())
      const { outcome } = await browser.post('callback/credentials', { email: junk, password: junk })
      expect(outcome.error).toMatchObject({ code: 'bad_credentials' })
    },
  )

  test('never redirects to another site, and never repeats its input', async () => {
    const browser = await browserOn(await open())
    await browser.add('pm', PASSWORD)
    const credentials = { email: 'pm@example.com', password: PASSWORD }
    for (const callbackUrl of ['https://evil.example', '//evil.example', 'javascript:alert(1)', 'canary:x']) {
      const { body } = await browser.post('callback/credentials', { ...credentials, callbackUrl })
      expect(new URL((body as { url: string }).url).host).toBe('push.example.com')
    }
    expect(browser.lines.join() + browser.logged.join()).not.toMatch(/Location|canary/)
  })

  test("a known device sends its cookie and is not blocked with its person's account", async () => {
    const browser = await browserOn(await open())
    await browser.add('pm', PASSWORD)
    await browser.signIn()
    const device = browser.jar.get('__Host-pushlens-device')
    expect(device).toMatch(/^\d{10}\./)
    for (let i = 0; i < 4; i += 1) await browser.signIn('wrong wrong wrong')
    expect((await browser.signIn()).outcome.personId).toBe('id-pm')
  })

  test('options and outcome reveal no secret', async () => {
    const browser = await browserOn(await open())
    await browser.add('pm', PASSWORD)
    const { options, outcome } = await browser.signIn()
    const shown = inspect(options, { depth: 9, showHidden: true })
    expect(String(options.secret)).toHaveLength(43)
    for (const secret of [String(options.secret), browser.session() ?? '?', PASSWORD]) {
      expect(shown + inspect(outcome)).not.toContain(secret)
    }
  })
})

test('only three of its actions are allowed', () => {
  const open = [
    ['GET', ['csrf']],
    ['POST', ['callback', 'credentials']],
    ['POST', ['signout']],
  ] as const
  for (const [method, path] of open) expect(isAuthAction(method, [...path])).toBe(true)
  const closed = [
    ['POST', ['_log']],
    ['GET', ['signin']],
    ['GET', ['signout']],
    ['GET', ['session']],
    ['POST', ['session']],
    ['GET', ['providers']],
    ['GET', ['error']],
    ['GET', ['callback', 'credentials']],
    ['POST', ['callback', 'credentials', '']],
    ['POST', ['callback/credentials', '']],
    ['GET', []],
  ] as const
  for (const [method, path] of closed) expect(isAuthAction(method, [...path])).toBe(false)
})
